"""Finding conversations by any word of them: messages, notes, names, addresses, references, subjects, tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.lib import search


def index(conversation: Conversation, messages: Sequence[Message] | None = None) -> None:
    """Write a conversation's words into the index, in the transaction of what changed them."""
    if messages is None:
        messages = list(conversation.messages.only("text", "subject", "address", "sender_name", "conversation_id"))
    search.keep(conversation.pk, _texts(conversation, messages))


def index_contact(contact_id: int) -> int:
    """Write all conversations of a contact anew, after his name or addresses changed; how many they are.

    They are held meanwhile, in one order: whoever writes the words of one holds it too. Before anything is audited.
    """
    rows = Conversation.objects.select_for_update(of=("self",), no_key=True).select_related("contact")
    found = rows.filter(contact=contact_id).order_by("pk")
    for conversation in found:
        index(conversation)
    return len(found)


def index_all() -> int:
    """Write every conversation anew; for an index that was lost or is of an older desk."""
    count = 0
    for conversation in Conversation.objects.select_related("contact").iterator(chunk_size=200):
        index(conversation)
        count += 1
    return count


def found(rows: QuerySet[Conversation], typed: str) -> QuerySet[Conversation]:
    """Those of the rows that hold every word typed; none where nothing was typed that is a word."""
    matching = search.matches(typed)
    return rows.none() if matching is None else rows.filter(pk__in=matching)


def _texts(conversation: Conversation, messages: Sequence[Message]) -> Iterator[str]:
    """The short things first, then the newest message to the oldest: what is cut off at the end is old."""
    contact = conversation.contact
    yield from (contact.name, contact.form, conversation.reference, conversation.subject, f"#{conversation.pk}")
    yield from contact.addresses.values_list("value", flat=True)
    yield from conversation.tags.values_list("name", flat=True)
    for message in reversed(messages):
        yield from (message.sender_name, message.address, message.subject, message.text)
