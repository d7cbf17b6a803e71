"""What is due next in a row: the dial, when and what; and since when it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.console import times
from zgoda_desk.conversations.models import Conversation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_CLOCKS: dict[str, StrOrPromise] = {
    "acknowledge": gettext_lazy("acknowledge"),
    "answer": gettext_lazy("our answer"),
    "statute": gettext_lazy("statutory reply"),
}
_PROMISED: dict[str, StrOrPromise] = {
    "phone": gettext_lazy("promised call"),
    "": gettext_lazy("promised answer"),
}
_LATE: dict[str, StrOrPromise] = {
    "phone": gettext_lazy("Call, %(late)s"),
    "": gettext_lazy("Promise, %(late)s"),
}
_AT_REST: dict[str, StrOrPromise] = {
    "waiting": gettext_lazy("waits for the customer"),
    "agreed": gettext_lazy("agreed, to check"),
    "closed": gettext_lazy("closed"),
}


@dataclass(frozen=True)
class Dial:
    """The next thing due: how full its dial is (0..100), when, and what; without `when` nothing is due."""

    when: str
    what: StrOrPromise
    filled: int = 0
    late: bool = False


def dial_of(conversation: Conversation, promises: Sequence[Promise], clocks: Sequence[Clock], now: datetime) -> Dial:
    """The earliest promise or clock of a conversation; a promise before a clock of the same moment."""
    zone = now.tzinfo
    if conversation.snoozed_until and conversation.snoozed_until > now:
        until = times.whole(conversation.snoozed_until.astimezone(zone), now)
        return Dial(_("until %(time)s") % {"time": until}, _("snoozed"))
    owed: list[Promise | Clock] = [*promises, *clocks]
    first = min(owed, key=lambda one: one.due_at, default=None)
    if first is None:
        return Dial("", _AT_REST.get(conversation.status, ""))
    return _promised(first, now, zone) if isinstance(first, Promise) else _running(first, now, zone)


def _promised(one: Promise, now: datetime, zone: tzinfo | None) -> Dial:
    due = one.due_at.astimezone(zone)
    when = times.by_when(due, now, whole_day=one.whole_day)
    filled = times.filled(one.made_at, one.due_at, now)
    channel = one.channel if one.channel in _LATE else ""
    if due > now:
        return Dial(when, _("needs a new owner") if one.owner_asked_at else _PROMISED[channel], filled)
    day = times.inside(times.day(due, now))
    told = day if one.whole_day else f"{day} {times.clock_time(due)}"
    return Dial(_LATE[channel] % {"late": when}, _("promised %(time)s") % {"time": told}, filled, late=True)


def _running(one: Clock, now: datetime, zone: tzinfo | None) -> Dial:
    when = times.by_when(one.due_at.astimezone(zone), now, whole_day=one.kind == "statute")
    filled = times.filled(one.since, one.due_at, now)
    return Dial(when, _CLOCKS.get(one.kind, one.kind), filled, one.due_at <= now)
