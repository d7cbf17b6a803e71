"""The answer of `due`: plain frozen values that turn into JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from zgoda.clocks.row import Row

STATUSES = ("running", "warned", "over", "paused", "no_term")


@dataclass(frozen=True, slots=True)
class Reminder:
    """A moment to remind somebody: `kind` is a share such as `50%`, `safe_due`, `legal_due` or `due`."""

    kind: str
    at: datetime

    def as_dict(self) -> dict[str, Any]:
        """Wire form."""
        return {"kind": self.kind, "at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, and why; every time is in the zone of `zone`.

    A statutory, contractual or published term has `row`, `raw_end` (as counted), `legal_due` (the last day by the
    rule) and `safe_due` (a working day before the raw end: be delivered by then); all are None where the rule gives no
    number. Own clocks have `minutes` of working time. `due_at` is the moment at which the clock runs out in both
    cases; None with `paused` while the customer is asked. `passed` are the warnings behind `now`, if a `now` was given;
    `left` is what is left then, in days to `legal_due` or in minutes of working time. Not legal advice.
    """

    clock: str
    since: datetime | date
    zone: str
    calendar: str
    row: Row | None = None
    minutes: int | None = None
    raw_end: date | None = None
    legal_due: date | None = None
    safe_due: date | None = None
    due_at: datetime | None = None
    extended: bool = False
    provisional: bool = False
    paused: bool = False
    warnings: tuple[Reminder, ...] = ()
    status: str | None = None
    passed: tuple[str, ...] = ()
    left: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def certainty(self) -> str:
        """A, B, C, D or `own`."""
        return self.row.cert if self.row else "own"

    @property
    def as_of(self) -> str:
        """The date of the text that shows the rule, `mem` where it stands from memory; empty for own clocks."""
        return self.row.as_of if self.row else ""

    @property
    def source(self) -> str:
        """The act, article and where it was read."""
        return self.row.source if self.row else ""

    @property
    def consequence(self) -> str:
        """What happens when the term passes: the code of the row."""
        return self.row.consequence if self.row else "none"

    @property
    def enabled(self) -> bool:
        """Whether the row may be used without having been verified."""
        return self.row.enabled if self.row else True

    def as_dict(self) -> dict[str, Any]:
        """Wire form; `row` is the id, null for own clocks."""
        row = self.row
        return {
            "row": row.id if row else None,
            "clock": self.clock,
            "since": self.since.isoformat(),
            "legal_due": _iso(self.legal_due),
            "safe_due": _iso(self.safe_due),
            "raw_end": _iso(self.raw_end),
            "due_at": _iso(self.due_at),
            "minutes": self.minutes,
            "extended": self.extended,
            "zone": self.zone,
            "calendar": self.calendar,
            "provisional": self.provisional,
            "paused": self.paused,
            "jurisdiction": row.jurisdiction if row else None,
            "sector": row.sector if row else None,
            "consequence": self.consequence,
            "met_by": row.met_by if row else None,
            "form": row.form if row else None,
            "certainty": self.certainty,
            "as_of": self.as_of,
            "source": self.source,
            "enabled": self.enabled,
            "warnings": [one.as_dict() for one in self.warnings],
            "status": self.status,
            "passed": list(self.passed),
            "left": self.left,
            "notes": list(self.notes),
            "legal_advice": False,
        }


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def at_time(answer: Due, now: datetime, left: int) -> Due:
    """The answer with what has passed at `now`, and what is `left`."""
    now = now.astimezone(UTC)  # two times of one zone would be compared by their wall clocks
    passed = tuple(one.kind for one in answer.warnings if one.at.astimezone(UTC) <= now)
    over = answer.due_at is not None and now >= answer.due_at.astimezone(UTC)
    status = "over" if over else "paused" if answer.paused else "warned" if passed else "running"
    return replace(answer, status=status, passed=passed, left=left)
