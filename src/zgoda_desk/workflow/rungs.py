"""Taking a rung with a reply: the protocol says which is open, a closed one takes a reason (S1.5-S1.29)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from zgoda.errors import ForbiddenStep
from zgoda.values import Context
from zgoda.values import Conversation as Spoken
from zgoda.values.labels import RUNGS
from zgoda_desk.accounts.access import leads_of
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations import engine, live
from zgoda_desk.conversations.models import Conversation, Message, RungTaken
from zgoda_desk.lib.plain import one_line
from zgoda_desk.workflow.letters import CannotSend

STEPS = RUNGS[1:]
_COUNTED = {"boundaries": "boundary", "transfers": "transfer"}  # the protocol's counters and the rungs they count


class RungClosed(CannotSend):
    """The rung that was chosen is not open, and no reason was given; `rung` is its name."""

    def __init__(self, rung: str) -> None:
        super().__init__(_("This rung is not open yet. Say why it is taken all the same."))
        self.rung = rung


def rung_of(wished: str, acts: Collection[str], conversation: Conversation) -> str:
    """The rung that a reply takes: the one a person chose, else the open one where his words do it; empty for none."""
    if wished in STEPS:
        return wished
    return conversation.ladder if conversation.ladder in STEPS and conversation.ladder in acts else ""


def is_open(conversation: Conversation, rung: str, spoken: Spoken) -> bool:
    """Whether the protocol allows the rung now; what was taken by hand counts too (two boundaries, one hand-over)."""
    taken = list(conversation.rungs.values_list("rung", flat=True))
    counts = {counter: taken.count(name) for counter, name in _COUNTED.items()}
    try:
        engine.command(spoken, rung, counts)
    except ForbiddenStep:
        return False
    return True


def spoken_of(conversation: Conversation, context: Context) -> Spoken:
    """The conversation as the engine takes it."""
    hint = conversation.language if conversation.language in ("ru", "pl", "en") else None
    return Spoken(engine.turns(engine.recent(conversation)), hint, context)


def check_rung(conversation: Conversation, rung: str, reason: str, context: Context) -> str:
    """The reason by which a closed rung is taken, empty for an open one. Raises RungClosed where one is missing."""
    if not rung or is_open(conversation, rung, spoken_of(conversation, context)):
        return ""
    if not one_line(reason, 300):
        raise RungClosed(rung)
    return one_line(reason, 300)


def keep_rung(person: Person, message: Message, rung: str, overruled: str, now: datetime) -> RungTaken | None:
    """Keep the rung with its words for whoever opens the conversation next; `tell_rung` tells of it."""
    if not rung:
        return None
    return RungTaken.objects.create(
        conversation=message.conversation, rung=rung, person=person, message=message, at=now, words=message.text,
        overruled=overruled,
    )  # fmt: skip


def tell_rung(person: Person, message: Message, taken: RungTaken | None, now: datetime) -> None:
    """Audit the rung and let open pages know, after everything slow; of a closed one every lead hears."""
    if taken is None:
        return
    conversation, rung, overruled = message.conversation, taken.rung, taken.overruled
    record(
        "rung.overruled" if overruled else "rung.taken", actor=person.pk, object_type="conversation",
        object_id=conversation.pk, now=now, rung=rung, message=message.pk,
    )  # fmt: skip
    live.publish("rung", conversation=conversation, now=now, rung=rung, by=person.pk, overruled=bool(overruled))
    for lead in leads_of(conversation.inbox).exclude(pk=person.pk) if overruled else ():
        live.publish(
            "overruled", conversation=conversation, person=lead, now=now, rung=rung, by=person.pk, name=person.name
        )
