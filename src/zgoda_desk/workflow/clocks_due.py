"""What happens to clocks by time alone: over, and the warnings of a statutory term; each once (C07)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from zgoda_desk.audit.actions import record
from zgoda_desk.commitments import actions
from zgoda_desk.commitments.models import Clock
from zgoda_desk.conversations import live
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.workflow.standing import save_due

LEVELS = ("", "50%", "80%", "safe", "legal")
_SHARES = (("50%", 0.5), ("80%", 0.8))


def to_pass(now: datetime) -> QuerySet[Clock]:
    """Running clocks whose time is over."""
    return Clock.objects.filter(state="running", due_at__lte=now)


def pass_one(clock: Clock, conversation: Conversation, now: datetime) -> bool:
    """A clock is over: everybody who may see the conversation hears of it, leads too."""
    if not actions.pass_clock(clock, now):
        return False
    save_due(conversation)
    record(
        "clock.over", actor=None, object_type="clock", object_id=clock.pk, now=now, conversation=conversation.pk,
        clock=clock.kind, row=clock.row,
    )  # fmt: skip
    live.publish("clock", conversation=conversation, now=now, clock=clock.pk, what="over")
    return True


def to_warn(_now: datetime) -> QuerySet[Clock]:
    """Statutory clocks that have a warning left to give; `is_to_warn` tells."""
    return Clock.objects.filter(kind="statute", state__in=actions.RUNNING).exclude(warned=LEVELS[-1])


def is_to_warn(clock: Clock, now: datetime) -> bool:
    """Whether a warning is due that was not given; after an outage only the last of several is."""
    return LEVELS.index(level(clock, now)) > LEVELS.index(clock.warned)


def warn_one(clock: Clock, conversation: Conversation, now: datetime) -> bool:
    """Warn of a statutory term: at half, at four fifths, on the safe day, on the last of the law."""
    told = level(clock, now)
    if not actions.warn_clock(clock, told):
        return False
    live.publish("clock", conversation=conversation, now=now, clock=clock.pk, what="warning", level=told)
    return True


def level(clock: Clock, now: datetime) -> str:
    """The warning that stands at `now`: of the time to the end of the law a half and four fifths, then the safe day."""
    end = clock.legal_due or clock.due_at
    if now >= end:
        return "legal"
    if now >= clock.due_at:
        return "safe"
    passed = [name for name, share in _SHARES if now >= clock.since + (end - clock.since) * share]
    return passed[-1] if passed else ""
