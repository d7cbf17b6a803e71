"""What each person sets for himself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zgoda_desk.accounts import actions, structure
from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import LANGUAGES, Person
from zgoda_desk.console import times
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.settings.answers import page, saved
from zgoda_desk.console.settings.fields import GENDERS, PlainLine, WithNames, WithWeek, names_given, week_given
from zgoda_desk.lib import clock

_THEMES = [("", gettext_lazy("as the device has it")), ("light", gettext_lazy("light")), ("dark", gettext_lazy("dark"))]


class MeForm(WithNames, WithWeek):
    """Name, form of address, language, looks, quiet and working hours of the person himself."""

    name = PlainLine(label=gettext_lazy("Name, as customers see it"), max_length=80)
    gender = forms.ChoiceField(label=gettext_lazy("How phrases speak of you"), choices=GENDERS, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the desk"), choices=LANGUAGES)
    theme = forms.ChoiceField(label=gettext_lazy("Light or dark"), choices=_THEMES, required=False)
    single_keys = forms.BooleanField(
        label=gettext_lazy("Single letters are keys"), required=False,
        help_text=gettext_lazy("R to reply, J and K to move. Never while you write."),
    )  # fmt: skip
    quiet_from = forms.TimeField(label=gettext_lazy("Quiet from"), required=False)
    quiet_until = forms.TimeField(label=gettext_lazy("Quiet until"), required=False)
    available = forms.BooleanField(
        label=gettext_lazy("I am available"), required=False,
        help_text=gettext_lazy("Colleagues see it before they hand a conversation over to you."),
    )  # fmt: skip
    absent_until = forms.DateTimeField(
        label=gettext_lazy("Absent until"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("For a promise that falls due before, a new owner is asked for in time."),
    )  # fmt: skip
    own_shift = forms.BooleanField(label=gettext_lazy("I work at other hours than the company"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def clean(self) -> dict[str, Any] | None:
        """Quiet hours have both ends, own hours a day at least."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("quiet_from")) != bool(given.get("quiet_until")):
            self.add_error("quiet_until", ValidationError(_("Quiet hours need a beginning and an end.")))
        if given.get("own_shift") and not self.errors and not self.week():
            self.add_error("day_mon", ValidationError(_("Write the hours of one day at least.")))
        return given


_FIELDS = (
    "name", "gender", "language", "theme", "single_keys", "quiet_from", "quiet_until", "available", "absent_until",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: Asked) -> HttpResponse:
    """The person's own settings."""
    house = company()
    with timezone.override(times.zone_of(house)):  # an hour is written in the company's zone
        form = MeForm(request.POST or None, initial=_initial(request.user))
        if request.method != "POST" or not form.is_valid():
            return page(request, "me", "me", form=form, zone=house.hours.zone, samples=_samples(request.user))
        _save(request, form, clock.now())
    return saved(request, "settings_me")


@require_POST
def end_sessions(request: Asked) -> HttpResponse:
    """End the person's sessions on every other device; this one stays."""
    actions.end_sessions(request.user, request.user, clock.now())
    update_session_auth_hash(request, request.user)
    return saved(request, "settings_me", said=_("You are logged out everywhere else."))


def _save(request: Asked, form: MeForm, now: datetime) -> None:
    person, given = request.user, form.cleaned_data
    actions.change_own(person, {name: given[name] for name in _FIELDS} | {"names": form.names()}, now)
    structure.set_shift(person, form.week() if given["own_shift"] else None, company(), now)
    request.session["language"] = person.language


def _initial(person: Person) -> dict[str, Any]:
    first = {name: getattr(person, name) for name in _FIELDS} | names_given(person.names)
    weekly = person.shift.weekly if person.shift else {}
    return first | week_given(weekly) | {"own_shift": person.shift_id is not None}


def _samples(person: Person) -> list[dict[str, str]]:
    """How a sentence sounds in each form, for the page to show the chosen one as it is chosen."""
    said = {
        "f": "Я проверила Ваш заказ. · Sprawdziłam Pana zamówienie.",
        "m": "Я проверил Ваш заказ. · Sprawdziłem Pana zamówienie.",
        "": "Ваш заказ проверен. · Zamówienie zostało sprawdzone.",
    }
    return [
        {"value": value, "text": text, "on": "yes" if value == person.gender else ""} for value, text in said.items()
    ]
