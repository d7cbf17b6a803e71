"""Which conversations, messages, contacts, files and raw mails a person may see; all else is Http404 (T06-T08)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from zgoda_desk.accounts.access import inbox_ids
from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.models import Contact, Conversation, Correction, Draft, LiveEvent, Message
from zgoda_desk.post.models import Attachment, Outgoing, RawMessage


def conversations_of(person: Person) -> QuerySet[Conversation]:
    """The conversations a person may see: those of his inboxes."""
    return Conversation.objects.filter(inbox_id__in=inbox_ids(person))


def access_conversation(person: Person, pk: int) -> Conversation:
    """A conversation the person may see and work in."""
    found = conversations_of(person).select_related("inbox", "contact", "assignee").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def goes_on_in(person: Person, pk: int) -> Conversation:
    """The conversation as it is now or, where it was merged meanwhile, the one in which it goes on."""
    found = access_conversation(person, pk)
    while found.merged_into_id is not None:
        found = access_conversation(person, found.merged_into_id)
    return found


def access_message(person: Person, pk: int) -> Message:
    """A message of a conversation the person may see."""
    found = (
        Message.objects.select_related("conversation", "conversation__inbox")
        .filter(pk=pk, conversation__inbox_id__in=inbox_ids(person))
        .first()
    )
    if found is None:
        raise Http404
    return found


def contacts_of(person: Person) -> QuerySet[Contact]:
    """The contacts of whom a person may see a conversation at least."""
    return Contact.objects.filter(conversations__inbox_id__in=inbox_ids(person)).distinct()


def access_contact(person: Person, pk: int) -> Contact:
    """A contact the person may see."""
    found = contacts_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def raw_messages_of(person: Person) -> QuerySet[RawMessage]:
    """The incoming things of a person's inboxes, without their bytes."""
    return RawMessage.objects.filter(inbox_id__in=inbox_ids(person)).defer("body")


def access_raw(person: Person, pk: int) -> RawMessage:
    """An incoming thing of an inbox of the person's."""
    found = RawMessage.objects.filter(inbox_id__in=inbox_ids(person), pk=pk).first()
    if found is None:
        raise Http404
    return found


def access_attachment(person: Person, key: str) -> Attachment:
    """A file of a message, of an incoming thing or of his own draft; its key alone opens nothing (T08)."""
    found = Attachment.objects.select_related("raw").filter(key=key).first()
    if found is None or not _may_open(person, found):
        raise Http404
    return found


def files_of(message: Message) -> QuerySet[Attachment]:
    """The files of a message that somebody may see, without their bytes."""
    return Attachment.objects.filter(message=message.pk).defer("body")


def _may_open(person: Person, file: Attachment) -> bool:
    inboxes = inbox_ids(person)
    if file.draft is not None:
        return Draft.objects.filter(pk=file.draft, person=person, conversation__inbox_id__in=inboxes).exists()
    if file.message is not None:
        return Message.objects.filter(pk=file.message, conversation__inbox_id__in=inboxes).exists()
    return file.raw is not None and file.raw.inbox_id in inboxes


def outgoing_of(person: Person) -> QuerySet[Outgoing]:
    """The mails that leave by a person's inboxes, without their bytes."""
    return Outgoing.objects.filter(account__inbox_id__in=inbox_ids(person)).defer("body")


def access_outgoing(person: Person, pk: int) -> Outgoing:
    """A mail that leaves by an inbox of the person's."""
    found = outgoing_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def events_of(person: Person) -> QuerySet[LiveEvent]:
    """The live events a person may hear: his own and those of his inboxes."""
    seen = Q(person=person) | Q(person=None, inbox_id__in=inbox_ids(person))
    return LiveEvent.objects.filter(seen)


def corrections_of(person: Person) -> QuerySet[Correction]:
    """The corrections of readings in conversations a person may see."""
    return Correction.objects.filter(message__conversation__inbox_id__in=inbox_ids(person))
