"""The company: its name, its hours, its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zgoda.clocks import load_book
from zgoda_desk.accounts import structure
from zgoda_desk.accounts.access import company, require_head
from zgoda_desk.accounts.models import LANGUAGES, Company
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.settings.answers import page, saved
from zgoda_desk.console.settings.fields import Days, PlainLine, WithNames, WithWeek, names_given, week_given
from zgoda_desk.console.settings.law_words import CALENDARS
from zgoda_desk.lib import clock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_TERMS: tuple[tuple[str, StrOrPromise, StrOrPromise, int, int], ...] = (
    ("acknowledge_minutes", gettext_lazy("Acknowledge within, in minutes"), gettext_lazy("of working time"), 5, 2880),
    ("answer_minutes", gettext_lazy("Answer within, in minutes"), gettext_lazy("480: eight hours"), 15, 14400),
    ("remind_minutes", gettext_lazy("Remind of a promise before, in minutes"), "", 5, 1440),
    ("undo_seconds", gettext_lazy("Time to take a reply back, in seconds"), "", 0, 120),
    (
        "abuse_minutes", gettext_lazy("Offer rest after abuse, in minutes a day"),
        gettext_lazy("What one person may take before the desk offers a break"), 5, 240,
    ),
)  # fmt: skip


class CompanyForm(WithNames, WithWeek):
    """Name, hours and terms."""

    name = PlainLine(label=gettext_lazy("Name of the company"), max_length=80)
    language = forms.ChoiceField(label=gettext_lazy("Language of most customers"), choices=LANGUAGES)
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    calendar = forms.ChoiceField(label=gettext_lazy("Public holidays of"))
    closed = Days(
        label=gettext_lazy("Further days off"), required=False,
        help_text=gettext_lazy("Days as 2026-12-24, one a line"), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = load_book().settings.calendars
        zones = _zones() | {self.initial.get("zone") or "UTC"}  # what is set stays, whatever it is
        self.fields["zone"].choices = [(zone, zone) for zone in sorted(zones)]  # type: ignore[attr-defined]
        self.fields["calendar"].choices = [  # type: ignore[attr-defined]
            (code, CALENDARS.get(code, code)) for code in known
        ]
        for name, label, help_text, least, most in _TERMS:
            self.fields[name] = forms.IntegerField(label=label, help_text=help_text, min_value=least, max_value=most)

    def term_fields(self) -> list[forms.BoundField]:
        """The fields of minutes and seconds."""
        return [self[name] for name, *_rest in _TERMS]

    def clean(self) -> dict[str, Any] | None:
        """Somebody must work on some day."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.week():
            self.add_error("day_mon", ValidationError(_("Write the hours of one day at least.")))
        return given


@require_http_methods(["GET", "HEAD", "POST"])
def house(request: Asked) -> HttpResponse:
    """Name, hours and terms of the company."""
    require_head(request.user)
    ours = company()
    form = CompanyForm(request.POST or None, initial=_initial(ours))
    if request.method != "POST" or not form.is_valid():
        return page(request, "company", "company", form=form)
    now, given = clock.now(), form.cleaned_data
    names = [name for name, *_rest in _TERMS]
    changed = structure.change_company(
        request.user, ours,
        {"name": given["name"], "names": form.names(), "language": given["language"]} | {n: given[n] for n in names},
        now,
    )  # fmt: skip
    hours = {name: given[name] for name in ("zone", "calendar", "closed")} | {"weekly": form.week()}
    changed += structure.change_hours(request.user, ours.hours, hours, now)
    return saved(request, "settings_company", changed=bool(changed))


def _zones() -> set[str]:
    return {zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/"))}


def _initial(ours: Company) -> dict[str, Any]:
    first = {name: getattr(ours, name) for name, *_rest in _TERMS}
    first |= {"name": ours.name, "language": ours.language} | names_given(ours.names)
    hours = ours.hours
    first |= {"zone": hours.zone, "calendar": hours.calendar, "closed": "\n".join(hours.closed)}
    return first | week_given(hours.weekly)
