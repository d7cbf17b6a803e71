"""What goes into the slots of a phrase: values in the right form, or word that the form is not certain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zgoda.naming import Name, NameBook, address, case_of, parse_name
from zgoda.naming.cases import first_in
from zgoda.values.guidance import Context

_SPACE = re.compile(r"\s++")
# slots for somebody's own words
FREE = frozenset(("clause", "clause2", "option", "option2", "question", "result", "cause", "lesson", "reason"))
_FORMAL = "letter"


class Unfit(Exception):
    """The phrase cannot be said to this customer: a gender or a form that it needs is not certain."""


@dataclass(frozen=True, slots=True)
class Saying:
    """To whom, where and with what values a phrase is said; `calendar` and `defaults` are tables of the language."""

    language: str
    channel: str | None
    gender: str | None
    agent_gender: str | None
    values: Mapping[str, str]
    name: Name | None
    names: NameBook
    calendar: Mapping[str, Any]
    defaults: Mapping[str, str]

    def value(self, slot: str, form: str | None) -> str | None:
        """What stands in a slot, None where nobody knows it yet. Raises Unfit."""
        if slot == "salutation":
            return self._salutation()
        given = self.values.get(slot, self.defaults.get(slot))
        if slot.startswith("date"):
            return self._date(given, form, slot)
        if given is None:
            return None
        if slot == "name":
            return self._name(form)
        if slot == "manager" and form is not None:
            return self._manager(given, form)
        return given

    def _name(self, form: str | None) -> str:
        if self.name is None:
            raise Unfit
        said = first_in(self.name, self.language, form, self.names) if form else None
        if form is None:
            said = address(self.name, self.language, "plain" if self.language == "pl" else "vocative", self.names)
        if said is None or (form is not None and self.gender != self.name.gender):
            raise Unfit
        return said

    def _manager(self, given: str, form: str) -> str:
        name = parse_name(given, self.language, self.names)
        said = None if name is None else case_of(name, self.language, form, self.names)
        if said is None:
            raise Unfit
        return said

    def _salutation(self) -> str:
        style = "salutation_formal" if self.channel == _FORMAL else "salutation_neutral"
        name = self.name
        if name is not None and self.gender != name.gender:
            name = None
        if name is None and self.gender is not None:
            name = Name(gender=self.gender)
        said = address(name, self.language, style, self.names)
        if said is None:
            raise Unfit
        return said

    def _date(self, given: str | None, form: str | None, slot: str) -> str | None:
        """A date with its weekday in the form of the language; words that are no ISO date stay as they are given."""
        day = iso_day(given)
        if day is not None:
            return str(self.calendar[form or "plain"]).format(
                on=self.calendar["weekdays_on"][day.weekday()],
                by=self.calendar["weekdays_by"][day.weekday()],
                day=day.day,
                month=self.calendar["months"][day.month - 1],
            )
        if form is None:
            return given
        words = given or f"{{{slot}}}"
        sure = given is None or given[:1].isdigit() or (given[:1].isupper() and not self.calendar["weekdays_bend"])
        if not sure:
            raise Unfit  # `czwartek`, «завтра», `tomorrow`: in which form it must stand is not ours to guess
        return str(self.calendar[f"{form}_words"]).format(words)


def iso_day(given: str | None) -> date | None:
    """The day of `2026-11-26` or of an ISO time, None for any other words."""
    try:
        return date.fromisoformat(given[:10]) if given and len(given) in (10, 16, 19, 22, 25) else None
    except ValueError:
        return None


def saying(
    language: str,
    channel: str | None,
    context: Context,
    slots: Mapping[str, str],
    names: NameBook,
    table: Mapping[str, Any],
) -> Saying:
    """All that is known: the context, and over it the slots given; the defaults of the language stand behind them."""
    known: dict[str, str | None] = {
        "name": context.customer_name,
        "agent": context.agent_name,
        "company": context.company,
        "customer_company": context.customer_company,
        "manager": context.manager,
    }
    known |= dict(context.slots) | dict(slots)
    values = {slot: clean(slot, value) for slot, value in known.items() if value and clean(slot, value)}
    name = parse_name(values.get("name", ""), language, names)
    gender = context.customer_gender or (name.gender if name else None)
    return Saying(
        language,
        channel,
        gender,
        context.agent_gender,
        values,
        name,
        names,
        table["calendar"],
        table.get("defaults", {}),
    )


def clean(slot: str, value: str) -> str:
    """A value on one line, without braces; words that go into a sentence without the stop of their own."""
    value = _SPACE.sub(" ", value.replace("{", "").replace("}", "")).strip()
    return value.rstrip(" .,;:!?…") if slot in FREE else value
