"""Inboxes: who answers, in what language, how an automatic acknowledgement sounds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from zgoda_desk.accounts import structure
from zgoda_desk.accounts.access import access_inbox, company, inboxes_of, require_head, teams_of
from zgoda_desk.accounts.models import LANGUAGES, Inbox, Person, Team
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.settings.answers import page, saved
from zgoda_desk.console.settings.fields import PlainLine, WithWeek, week_given
from zgoda_desk.lib import clock
from zgoda_desk.lib.plain import storable
from zgoda_desk.post.access import accounts_of
from zgoda_desk.workflow.acknowledge_words import sample


class NewInboxForm(forms.Form):
    """An inbox by name, team and language."""

    name = PlainLine(label=pgettext_lazy("of an inbox", "Name"), max_length=80)
    team: forms.ModelChoiceField[Team] = forms.ModelChoiceField(
        label=gettext_lazy("Team that answers"), queryset=None, empty_label=gettext_lazy("no team")
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=LANGUAGES,
        help_text=gettext_lazy("Of the replies, where a customer's own language is not clear"),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = teams_of(actor)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        if len(teams) == 1:
            self.fields["team"].initial = teams[0]


class InboxForm(NewInboxForm, WithWeek):
    """All that is set of an inbox."""

    signature = forms.CharField(
        label=gettext_lazy("Signature under replies"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    auto_acknowledge = forms.BooleanField(
        label=gettext_lazy("Tell new customers by itself that their mail arrived"), required=False,
        help_text=gettext_lazy("At most one such mail a day to an address, with none of the customer's text in it."),
    )  # fmt: skip
    acknowledge_minutes = forms.IntegerField(
        label=gettext_lazy("Acknowledge within, in minutes"), required=False, min_value=5, max_value=2880,
        help_text=gettext_lazy("Empty: as the company does"),
    )  # fmt: skip
    answer_minutes = forms.IntegerField(
        label=gettext_lazy("Answer within, in minutes"), required=False, min_value=15, max_value=14400,
        help_text=gettext_lazy("Empty: as the company does"),
    )  # fmt: skip
    own_hours = forms.BooleanField(label=gettext_lazy("Other hours than the company's"), required=False)

    def clean_signature(self) -> str:
        """Without what a database does not take."""
        return storable(self.cleaned_data["signature"]).strip()

    def clean(self) -> dict[str, Any] | None:
        """Own hours have a day at least."""
        given = super().clean() or self.cleaned_data
        if given.get("own_hours") and not self.errors and not self.week():
            self.add_error("day_mon", ValidationError(_("Write the hours of one day at least.")))
        return given


_FIELDS = (
    "name", "team", "language", "signature", "auto_acknowledge", "acknowledge_minutes", "answer_minutes",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def inboxes(request: Asked) -> HttpResponse:
    """All inboxes with their mailboxes; with POST another one."""
    require_head(request.user)
    form = NewInboxForm(request.POST or None, actor=request.user, initial={"language": company().language})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                made = structure.make_inbox(request.user, given["name"], given["team"], given["language"], clock.now())
        except IntegrityError:
            form.add_error("name", _("There is an inbox of this name."))
        else:
            return saved(request, "settings_inbox", made.pk)
    rows = inboxes_of(request.user).select_related("team").prefetch_related("accounts")
    return page(request, "inboxes", "inboxes", form=form, inboxes=rows)


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: Asked, pk: int) -> HttpResponse:
    """One inbox."""
    require_head(request.user)
    one, now = access_inbox(request.user, pk), clock.now()
    form = InboxForm(request.POST or None, actor=request.user, initial=_initial(one))
    if request.method == "POST" and form.is_valid():
        try:
            changed = _save(request, one, form, now)
        except IntegrityError:
            form.add_error("name", _("There is an inbox of this name."))
        else:
            return saved(request, "settings_inbox", pk, changed=changed)
    return page(
        request, "inbox", "inboxes", one=one, form=form, accounts=accounts_of(request.user).filter(inbox=one),
        preview=sample(access_inbox(request.user, pk), company(), now), zone=company().hours.zone,
    )  # fmt: skip


def _save(request: Asked, one: Inbox, form: InboxForm, now: datetime) -> bool:
    given = form.cleaned_data
    with transaction.atomic():
        changed = structure.change_inbox(request.user, one, {name: given[name] for name in _FIELDS}, now)
        structure.set_inbox_hours(request.user, one, form.week() if given["own_hours"] else None, company(), now)
    return bool(changed) or "own_hours" in form.changed_data or any(n.startswith("day_") for n in form.changed_data)


def _initial(one: Inbox) -> dict[str, Any]:
    first = {name: getattr(one, name) for name in _FIELDS}
    weekly = one.hours.weekly if one.hours else {}
    return first | week_given(weekly) | {"own_hours": one.hours_id is not None}
