"""Fields that several forms of the settings share: plain lines, names in three scripts, a week of shifts, days off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zgoda.clocks.hours import Hours as Worked
from zgoda.errors import ZgodaError
from zgoda_desk.accounts.models import LANGUAGES, Person
from zgoda_desk.lib.plain import one_line

GENDERS = Person.GENDERS
DAYS = (
    ("mon", gettext_lazy("Monday")),
    ("tue", gettext_lazy("Tuesday")),
    ("wed", gettext_lazy("Wednesday")),
    ("thu", gettext_lazy("Thursday")),
    ("fri", gettext_lazy("Friday")),
    ("sat", gettext_lazy("Saturday")),
    ("sun", gettext_lazy("Sunday")),
)
_IN = {
    "ru": pgettext_lazy("a name in", "In Russian"),
    "pl": pgettext_lazy("a name in", "In Polish"),
    "en": pgettext_lazy("a name in", "In English"),
}
_SHIFT = re.compile(r"([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\s*[-–—]\s*([01]?\d|2[0-4])(?:[:.]([0-5]\d))?")


class PlainLine(forms.CharField):
    """Text on one line without anything a database or a mail head does not take."""

    def to_python(self, value: Any) -> str:
        """The line, cleaned."""
        text = super().to_python(value)
        return one_line(text, len(text)) if text else ""


class WithNames(forms.Form):
    """A name in the spelling of each language; what is empty is written as the name itself."""

    names_ru = PlainLine(label=_IN["ru"], max_length=80, required=False)
    names_pl = PlainLine(label=_IN["pl"], max_length=80, required=False)
    names_en = PlainLine(label=_IN["en"], max_length=80, required=False)

    def names(self) -> dict[str, str]:
        """`{"ru": ...}` of those that were given."""
        given = {code: self.cleaned_data.get(f"names_{code}", "") for code, _name in LANGUAGES}
        return {code: name for code, name in given.items() if name}


def names_given(names: Mapping[str, str]) -> dict[str, str]:
    """First values of the fields of `WithNames`."""
    return {f"names_{code}": names.get(code, "") for code, _name in LANGUAGES}


class WithWeek(forms.Form):
    """Seven lines of shifts, such as `09:00-13:00, 14:00-18:00`; an empty day is a day off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, name in DAYS:
            self.fields[f"day_{day}"] = PlainLine(label=name, max_length=80, required=False)

    def week_fields(self) -> list[forms.BoundField]:
        """The seven fields, Monday first."""
        return [self[f"day_{day}"] for day, _name in DAYS]

    def clean(self) -> dict[str, Any] | None:
        """Each day must be shifts that follow each other."""
        given = super().clean() or self.cleaned_data
        for day, _name in DAYS:
            try:
                given[f"day_{day}"] = shifts_of(given.get(f"day_{day}") or "")
            except ValidationError as fault:
                self.add_error(f"day_{day}", fault)
        return given

    def week(self) -> dict[str, list[str]]:
        """`{"mon": ["09:00-17:00"], ...}` of the days that are worked."""
        return {day: self.cleaned_data[f"day_{day}"] for day, _name in DAYS if self.cleaned_data.get(f"day_{day}")}


def week_given(weekly: Mapping[str, list[str]]) -> dict[str, str]:
    """First values of the fields of `WithWeek`."""
    return {f"day_{day}": ", ".join(weekly.get(day) or ()) for day, _name in DAYS}


def shifts_of(text: str) -> list[str]:
    """Shifts as the engine takes them; ValidationError says what is wrong with the line."""
    shifts = []
    for piece in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        found = _SHIFT.fullmatch(piece)
        if not found:
            raise ValidationError(_("Write shifts as 09:00-17:00, several with a comma between them."))
        start_hour, start, end_hour, end = found.groups()
        shifts.append(f"{int(start_hour):02}:{start or '00'}-{int(end_hour):02}:{end or '00'}")
    if shifts:
        try:
            Worked.parse({"mon": shifts})
        except ZgodaError:
            raise ValidationError(_("There is no such time of day. Write shifts as 09:00-17:00.")) from None
    return shifts


class Days(forms.CharField):
    """Days as ISO dates, one a line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        """The days in order, each once."""
        lines = re.split(r"[\s,;]+", str(value or "").strip()) if value else []
        if len(lines) > 400:
            raise ValidationError(_("At most 400 days."))
        return sorted({_day(line) for line in lines if line})


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10] if len(text) == 10 else "").isoformat()
    except ValueError:
        raise ValidationError(_("Write days as 2026-12-24, one a line; this is none: %s") % text[:40]) from None
