"""The clocks of a conversation as dials: promises and terms, the one that is due first to the front."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.console import times
from zgoda_desk.console.case.gathered import Gathered
from zgoda_desk.console.settings.law_words import CERTAIN

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_CLOCKS: dict[str, StrOrPromise] = {
    "acknowledge": gettext_lazy("say that it arrived"),
    "answer": gettext_lazy("our answer"),
    "statute": gettext_lazy("statutory reply"),
}


@dataclass(frozen=True)
class Dial:
    """A clock as drawn: how full it is (0..100), when, what; `source` for a term of law."""

    when: str
    what: StrOrPromise
    filled: int
    late: bool = False
    source: str = ""
    certainty: StrOrPromise = ""


def dials(found: Gathered) -> list[Dial]:
    """Promises first, then clocks, the one that is due first to the front."""
    zone = times.zone_of(found.company)
    now = found.now.astimezone(zone)
    owed = [one for one in found.promises if one.state in ("open", "broken")]
    made = [(one.due_at, _promise_dial(one, found, zone, now)) for one in owed]
    made += [(one.due_at, _clock_dial(one, zone, now)) for one in found.clocks]
    return [dial for _due, dial in sorted(made, key=lambda pair: pair[0])]


def _promise_dial(one: Promise, found: Gathered, zone: tzinfo, now: datetime) -> Dial:
    if one.owner_id == found.person.pk:
        owner = _("yours")
    else:
        owner = _("owner: %(name)s") % {"name": one.owner} if one.owner else _("nobody owns it")
    when = times.by_when(one.due_at.astimezone(zone), now, whole_day=one.whole_day)
    return Dial(when, f"{one.what}, {owner}", _filled(one.made_at, one.due_at, now), one.due_at <= now)


def _clock_dial(one: Clock, zone: tzinfo, now: datetime) -> Dial:
    when = times.by_when(one.due_at.astimezone(zone), now, whole_day=one.kind == "statute")
    late = one.due_at <= now
    return Dial(
        when,
        _CLOCKS.get(one.kind, one.kind),
        _filled(one.since, one.due_at, now),
        late,
        one.source,
        CERTAIN.get(one.certainty, one.certainty),
    )


def _filled(since: datetime, due: datetime, now: datetime) -> int:
    """How much of the time is over, in per cent."""
    whole = (due - since).total_seconds()
    return 100 if whole <= 0 else min(100, max(0, round((now - since).total_seconds() / whole * 100)))
