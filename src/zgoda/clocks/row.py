"""One row: a term by law, by contract or by the company's own word, as content tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

DAY_KINDS = ("calendar", "business", "weeks", "months")
COUNTS_FROM = ("next_day", "same_day")
END_SHIFTS = ("none", "next_working_day")
MET_BY = ("sent", "delivered", "resolved", "paid")
KINDS = ("statutory", "contractual", "own_promise")
TERM_OF = ("company", "customer", "authority")
VALID_BY = ("since", "contract")
CERTAINTIES = ("A", "B", "C", "D", "own")
CONSEQUENCES = (
    "deemed_accepted", "deemed_accepted_rebuttable", "penalty_per_day", "escalation_right", "regulator", "interest",
    "fixed_payment", "liability", "other_remedies", "none",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extension:
    """The longer term, counted from the same start as the first one, and the notice without which it is not had."""

    days: int
    day_kind: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A term; `days` is None where the rule gives no number, and `no_term` tells what it says instead.

    `valid_from` and `valid_to` bound the day of the trigger, or the day of the contract where `valid_by` is `contract`.
    `as_of` is the date of the text that shows the rule, `mem` where it stands from memory; `cert` runs from A (primary
    text read) to D (to be verified, shipped disabled), `own` for a company's own rows.
    """

    id: str
    jurisdiction: str
    sector: str
    trigger: str
    days: int | None = None
    day_kind: str = "calendar"
    count_from: str = "next_day"
    end_shift: str = "none"
    met_by: str = "delivered"
    extension: Extension | None = None
    consequence: str = "none"
    consequence_note: str = ""
    form: str = ""
    applies_to: tuple[str, ...] = ("consumer",)
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    as_of: str = ""
    cert: str = "D"
    enabled: bool = True
    kind: str = "statutory"
    term_of: str = "company"
    valid_by: str = "since"
    no_term: str = ""
    demands: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    calendar: str = ""
    zone: str = ""
    notes: tuple[str, ...] = ()

    def valid(self, since: date, contract: date | None = None) -> bool:
        """Whether the row is in force for a trigger on `since`; a row bound to contracts fits while none is named."""
        day = contract if self.valid_by == "contract" else since
        if day is None:
            return True
        return not ((self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to))

    def as_dict(self) -> dict[str, Any]:
        """Wire form: every field, dates as ISO 8601, null where the rule has none."""
        answer: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        for name, value in answer.items():
            if isinstance(value, tuple):
                answer[name] = list(value)
            elif isinstance(value, date):
                answer[name] = value.isoformat()
        if self.extension is not None:
            answer["extension"] = {name: getattr(self.extension, name) for name in Extension.__slots__}
        return answer
