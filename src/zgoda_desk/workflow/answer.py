"""Sending a reply: the second answer nobody saw is stopped, the words are kept, the mail waits in the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from zgoda.values import Finding, Review
from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import Company, Person
from zgoda_desk.audit.actions import fingerprint, record
from zgoda_desk.commitments.actions import end_clocks
from zgoda_desk.conversations import engine, live
from zgoda_desk.conversations.actions import locked
from zgoda_desk.conversations.models import Conversation, Message, Overrule
from zgoda_desk.lib.plain import storable
from zgoda_desk.post.models import Attachment
from zgoda_desk.workflow import promises
from zgoda_desk.workflow.drafts import files_of, spend_draft
from zgoda_desk.workflow.ignoring import WORDS, ignored
from zgoda_desk.workflow.letters import CannotSend, Posting, key_of, post_letter
from zgoda_desk.workflow.rungs import check_rung, keep_rung, rung_of, tell_rung
from zgoda_desk.workflow.standing import colleague_free, refresh

Spans = Mapping[tuple[int, int], datetime | None]


class Unseen(CannotSend):
    """Somebody (a colleague, the customer) wrote since the person last looked; `messages` are what he has not seen."""

    def __init__(self, messages: Sequence[Message]) -> None:
        super().__init__(_("Something new was written while you were answering. Your text is kept."))
        self.messages = tuple(messages)


class FindingsOpen(CannotSend):
    """Errors stand in the text and no reason was given to send it all the same."""

    def __init__(self, review: Review) -> None:
        super().__init__(_("There are mistakes left in the text. Mend them, or send it anyway with a reason."))
        self.review = review


class Spent(CannotSend):
    """The key was used before: for other words, or for a reply that was taken back."""

    def __init__(self, message: Message) -> None:
        super().__init__(_("This page sent its reply already. Look at the conversation; your words are kept."))
        self.message = message


@dataclass(frozen=True)
class Reply:
    """What a person decided to send; `seen` is the revision he looked at, `key` names the decision once for ever.

    `promised` are the spans of the promises he left ticked, each with the time he set in the place of the one that was
    read (None: as read); None where he was not asked. `version` is that of the draft he sends.
    """

    text: str
    seen: int
    key: str
    reason: str = ""  # for sending over errors
    rung: str = ""  # the rung of the ladder he chose to take
    rung_reason: str = ""  # for taking a closed one
    promised: Spans | None = None
    version: int = 0
    acknowledges: bool = False  # says only that the message arrived and when the answer comes


@dataclass(frozen=True)
class _Judged:
    """What was found before the reply is written down: its review and the rung it takes, both for `seen`."""

    review: Review
    rung: str
    overruled: str


def send_reply(person: Person, conversation_id: int, reply: Reply, now: datetime) -> Message:
    """Send a reply of a person's: one transaction from the look at what is new to the mail in the outbox.

    Raises Unseen, Spent, FindingsOpen, RungClosed or CannotSend and changes nothing. The same `key` again answers with
    the same message. The review is made before the transaction, for the conversation as it stood at `seen`; that it
    still stands so is looked at within.
    """
    reply = replace(reply, text=storable(reply.text))
    conversation = Conversation.objects.select_related("inbox", "contact").get(pk=conversation_id)
    house = company()
    known = _check(person, conversation, reply)
    if known is not None:
        return known
    _look_ahead(reply.promised, now)
    judged = _judged(person, conversation, reply, house, now)
    with transaction.atomic():
        conversation = locked(conversation_id)
        known = _check(person, conversation, reply)
        return known or _sent(person, conversation, reply, judged, house, now)


def _sent(
    person: Person, conversation: Conversation, reply: Reply, judged: _Judged, house: Company, now: datetime
) -> Message:
    message = _message(person, conversation, reply, judged, house, now)
    _keep_reasons(person, message, reply, judged.review, now)
    found = promises.offered(judged.review, conversation, house)
    made = promises.keep_from_reply(message, confirmed(reply.promised, found), house, now)
    rung = keep_rung(person, message, judged.rung, judged.overruled, now)
    spend_draft(person, conversation, "reply", reply.text, reply.version, now)
    _ours_now(conversation, person, message, now)
    refresh(conversation, now)  # slow, so before anything is told: all writers wait for the one lock of what is told
    promises.tell_made(message, made, now)
    tell_rung(person, message, rung, now)
    record(
        "reply.sent", actor=person.pk, object_type="message", object_id=message.pk, now=now,
        conversation=conversation.pk, text=fingerprint(reply.text),
    )  # fmt: skip
    live.publish(
        "reply", conversation=conversation, now=now, message=message.pk, by=person.pk, revision=conversation.revision
    )
    return message


def confirmed(promised: Spans | None, found: Sequence[promises.Offered]) -> list[promises.Offered]:
    """What he left ticked, at the time he set; everything that is promised where the page could not ask."""
    if promised is None:
        return list(found)
    ticked = ((one, promised[one.start, one.end]) for one in found if (one.start, one.end) in promised)
    return [replace(one, due_at=due, whole_day=False) if due else one for one, due in ticked]


def _check(person: Person, conversation: Conversation, reply: Reply) -> Message | None:
    """The message that this decision made before, if any; raises where it must not be made now."""
    key = key_of(conversation, person, reply.key)
    known = conversation.messages.filter(person=person, data__key=key).first()
    if known is not None:
        if known.kind != Message.Kind.OURS or known.text != reply.text:
            raise Spent(known)
        return known
    if not reply.text.strip():
        raise CannotSend(_("There is nothing to send yet."))
    if conversation.merged_into_id:
        raise CannotSend(_("This conversation was merged into another one. Answer there."))
    if reply.seen != conversation.revision:
        raise Unseen(_newer(conversation, conversation.revision - reply.seen))
    return None


def _look_ahead(promised: Spans | None, now: datetime) -> None:
    """Raise CannotSend for a time set for a promise that is over: nobody could keep it."""
    if any(due is not None and due <= now for due in (promised or {}).values()):
        raise CannotSend(_("A time you set for a promise is over. Set one that lies ahead."))


def _newer(conversation: Conversation, number: int) -> list[Message]:
    """The last messages that raised the revision, a reply that was taken back among them; one at least."""
    said = conversation.messages.filter(kind__in=[Message.Kind.CUSTOMER, Message.Kind.OURS], automatic=False)
    gone = conversation.messages.filter(kind=Message.Kind.EVENT, event="taken_back")
    return list(reversed((said | gone).order_by("-at", "-id")[: max(number, 1)]))


def _judged(person: Person, conversation: Conversation, reply: Reply, house: Company, now: datetime) -> _Judged:
    context = engine.context_of(conversation, person=person, company=house, colleague=colleague_free(conversation))
    here = now.astimezone(ZoneInfo(promises.zone_of(conversation, house)))
    spoken = engine.turns(engine.recent(conversation))
    review = engine.review(reply.text, spoken, context, conversation.language, here)
    if not reply.reason.strip() and _errors(person, conversation, review):
        raise FindingsOpen(review)
    rung = rung_of(reply.rung, {span.kind for span in review.acts}, conversation)
    return _Judged(review, rung, check_rung(conversation, rung, reply.rung_reason, context))


def _errors(person: Person, conversation: Conversation, review: Review) -> list[Finding]:
    """Errors that he gave no reason to ignore before."""
    errors = [one for one in review.findings if one.severity == "error"]
    known = ignored(person, conversation) if errors else frozenset()
    return [one for one in errors if (one.rule, one.text[:WORDS]) not in known]


def _message(
    person: Person, conversation: Conversation, reply: Reply, judged: _Judged, house: Company, now: datetime
) -> Message:
    key = key_of(conversation, person, reply.key)
    files = files_of(person, conversation)
    posting = Posting(key, timedelta(seconds=house.undo_seconds), tuple(files))
    outgoing = post_letter(conversation, reply.text, posting, house, now)
    message = Message.objects.create(
        conversation=conversation, kind=Message.Kind.OURS, person=person, at=now, text=reply.text,
        newest_end=len(reply.text), language=judged.review.language, review=judged.review.as_dict(), outgoing=outgoing,
        mail_id=outgoing.message_id if outgoing else "", supervisor=_takes_over(person, conversation),
        data={"key": key, "before": _before(conversation), **({"acknowledges": True} if reply.acknowledges else {})},
    )  # fmt: skip
    Attachment.objects.filter(pk__in=[file.pk for file in files]).update(message=message.pk, draft=None)
    return message


def _takes_over(person: Person, conversation: Conversation) -> bool:
    """Whether the one speaks who took over from the ladder: by a hand-over, or a lead after another's rung."""
    others = conversation.rungs.exclude(person=person)
    return others.filter(rung="transfer").exists() or (person.is_lead and others.exists())


def _before(conversation: Conversation) -> dict[str, Any]:
    """What a reply changes of its conversation, as it was: for taking the reply back."""
    at = conversation.acknowledged_at
    return {
        "status": conversation.status,
        "assignee": conversation.assignee_id,
        "acknowledged_at": at.isoformat() if at else None,
    }


def _keep_reasons(person: Person, message: Message, reply: Reply, review: Review, now: datetime) -> None:
    """Errors sent over are kept with the reason."""
    if not reply.reason.strip():
        return
    for one in _errors(person, message.conversation, review):
        Overrule.objects.create(
            conversation=message.conversation, message=message, person=person, rule=one.rule[:80], kind=one.kind,
            severity=one.severity, words=one.text[:WORDS], reason=storable(reply.reason).strip()[:300], way="sent",
            at=now,
        )  # fmt: skip


def _ours_now(conversation: Conversation, person: Person, message: Message, now: datetime) -> None:
    """We wrote: he knows that it arrived; an answer also meets its clock, and the conversation waits for him."""
    conversation.revision += 1
    conversation.assignee = conversation.assignee or person
    conversation.acknowledged_at = conversation.acknowledged_at or now
    end_clocks(conversation, "acknowledge", state="met", now=now)
    if not message.data.get("acknowledges"):
        conversation.status = Conversation.Status.WAITING
        end_clocks(conversation, "answer", state="met", now=now)
