"""All rows and settings of one content, found by id and by what a case is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from zgoda.clocks.calendar import Calendar
from zgoda.clocks.counting import term
from zgoda.clocks.parse import parse_row
from zgoda.clocks.row import Row
from zgoda.clocks.settings import Settings, parse_settings
from zgoda.clocks.tables import Tables, all_tables, joined
from zgoda.errors import ContentError, InputError

GENERAL = ("consumer_general", "any")  # sectors whose rows stand beside those of every other sector
_NEAR = 5


def near_names(name: str, names: Iterable[str]) -> str:
    """A hint with names that look like the one given, empty where none does."""
    from difflib import get_close_matches

    known = list(dict.fromkeys(names))
    within = [one for one in known if name and name.lower() in one.lower()]
    found = list(dict.fromkeys([*get_close_matches(name, known, _NEAR), *within]))[:_NEAR]
    found.sort(key=lambda one: one.split("-")[0] != name.split("-", maxsplit=1)[0])
    return f" Near: {', '.join(found)}." if found else ""


@dataclass(frozen=True, slots=True)
class Book:
    """Rows by id, calendars and defaults."""

    rows: Mapping[str, Row]
    settings: Settings

    @classmethod
    def of(cls, tables: Mapping[str, Any]) -> Book:
        """A book from joined tables; raises ContentError with every fault of every row."""
        faults: list[str] = []
        settings = parse_settings(tables, faults)
        rows: dict[str, Row] = {}
        for identity, raw in tables.get("rows", {}).items():
            row, wrong = parse_row(identity, raw)
            if row is not None:
                rows[identity] = row
                wrong = _homeless(row, settings)
            faults += [f"clocks: rows.{identity}: {fault}" for fault in wrong]
        if faults:
            raise ContentError(faults)
        return cls(rows, settings)

    def row(self, identity: str) -> Row:
        """The row; raises InputError with near ids where there is none."""
        found = self.rows.get(identity)
        if found is None:
            own = self.settings.own
            raise InputError(f"no clock has the id {identity[:80]!r}.{near_names(identity, [*self.rows, *own])}")
        return found

    def calendar(self, wanted: str | Calendar) -> Calendar:
        """A calendar by name, or the one given; raises InputError with near names where there is none."""
        if isinstance(wanted, Calendar):
            return wanted
        known = self.settings.calendars
        if wanted not in known:
            hint = near_names(wanted, known) or f" There are: {', '.join(known)}."
            raise InputError(f"no calendar has the name {wanted[:80]!r}.{hint}")
        return known[wanted]

    def calendar_of(self, row: Row) -> Calendar:
        """The default calendar of a row."""
        return self.calendar(row.calendar or self.settings.jurisdictions[row.jurisdiction].calendar)

    def zone_of(self, row: Row) -> str:
        """The default zone of a row."""
        return row.zone or self.settings.jurisdictions[row.jurisdiction].zone

    def jurisdictions_for(self, code: str) -> list[str]:
        """The jurisdiction itself and the unions whose rows reach it; raises InputError for an unknown code."""
        code = code.upper()
        known = self.settings.jurisdictions
        found = [one.code for one in known.values() if code in (one.code.upper(), *one.members)]
        if not found:
            raise InputError(f"no clocks for the jurisdiction {code[:20]!r}; there are {', '.join(known)}")
        return found

    def sectors(self, jurisdiction: str) -> list[str]:
        """Sectors of the rows that reach a jurisdiction."""
        codes = self.jurisdictions_for(jurisdiction)
        return sorted({row.sector for row in self.rows.values() if row.jurisdiction in codes})

    def matching(
        self,
        jurisdiction: str,
        sector: str | None = None,
        customer_type: str | None = None,
        on: date | None = None,
        *,
        demand: str | None = None,
        channel: str | None = None,
        contract: date | None = None,
        disabled: bool = True,
    ) -> list[Row]:
        """Every row that may bind a case, the earliest end first, those without a fixed term last.

        Rows for consumers in general stand beside those of the sector asked for: which law is special is for people to
        say. `on` is the day of the trigger; `disabled` leaves unverified rows in, they say so themselves.
        """
        codes = self.jurisdictions_for(jurisdiction)
        here = [row for row in self.rows.values() if row.jurisdiction in codes]
        sectors = self.sectors(jurisdiction)
        if sector is not None and sector not in sectors:
            hint = near_names(sector, sectors) or f" There are: {', '.join(sectors)}."
            raise InputError(f"no clocks of the sector {sector[:60]!r} in {jurisdiction.upper()}.{hint}")
        found = [
            row
            for row in here
            if (sector is None or row.sector in (sector, *GENERAL))
            and (customer_type is None or customer_type in row.applies_to)
            and (on is None or row.valid(on, contract))
            and (demand is None or not row.demands or demand in row.demands)
            and (channel is None or not row.channels or channel in row.channels)
            and (disabled or row.enabled)
        ]
        return sorted(found, key=lambda row: (self._end(row, on), row.id))

    def _end(self, row: Row, on: date | None) -> date:
        """The legal end for ordering, counted from a plain Monday where no day is named."""
        counted = term(row, on or date(2026, 6, 1), self.calendar_of(row))
        return date.max if counted is None else counted.legal_due


def _homeless(row: Row, settings: Settings) -> list[str]:
    faults = []
    if row.jurisdiction not in settings.jurisdictions:
        faults.append(f"jurisdiction: {row.jurisdiction!r} is not among {', '.join(settings.jurisdictions)}")
    if row.calendar and row.calendar not in settings.calendars:
        faults.append(f"calendar: no calendar {row.calendar!r}")
    return faults


def book_of(tables: Tables) -> Book:
    """The book of loaded content: `Content.tables["common"]`."""
    return Book.of(joined(tables))


@lru_cache(maxsize=4)
def load_book(overlays: tuple[Path | str, ...] = ()) -> Book:
    """The shipped book with the content folders of a company laid over it; kept for the life of the process."""
    return Book.of(all_tables(overlays))
