"""Teams and who is in them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from zgoda_desk.accounts import access, actions, structure
from zgoda_desk.accounts.models import Person, Team
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.settings.answers import page, saved
from zgoda_desk.console.settings.fields import PlainLine
from zgoda_desk.lib import clock


class NewTeamForm(forms.Form):
    """A team by its name."""

    name = PlainLine(label=gettext_lazy("Name of a new team"), max_length=80)


class TeamForm(forms.Form):
    """The name of a team and its people."""

    name = PlainLine(label=pgettext_lazy("of a team", "Name"), max_length=80)
    members: forms.ModelMultipleChoiceField[Person] = forms.ModelMultipleChoiceField(
        label=gettext_lazy("People"), queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = access.staff_of(actor).filter(is_active=True)  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: Asked) -> HttpResponse:
    """The teams one looks after; with POST the head makes another."""
    access.require_lead(request.user)
    form = NewTeamForm(request.POST or None) if request.user.is_head else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                with transaction.atomic():
                    made = structure.make_team(request.user, form.cleaned_data["name"], clock.now())
            except IntegrityError:
                form.add_error("name", _("There is a team of this name."))
            else:
                return saved(request, "settings_team", made.pk)
    rows = access.teams_of(request.user).prefetch_related("members", "inboxes")
    return page(request, "teams", "teams", form=form, teams=rows)


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: Asked, pk: int) -> HttpResponse:
    """One team; the head changes it."""
    access.require_lead(request.user)
    one = access.access_team(request.user, pk)
    present = one.members.filter(is_active=True)
    form = TeamForm(request.POST or None, actor=request.user, initial={"name": one.name, "members": present})
    if request.method == "POST":
        access.require_head(request.user)
        if form.is_valid():
            try:
                _change(request, one, form)
            except IntegrityError:
                form.add_error("name", _("There is a team of this name."))
            else:
                return saved(request, "settings_team", pk)
    return page(
        request, "team", "teams", one=one, form=form if request.user.is_head else None, members=present,
        inboxes=one.inboxes.all(),
    )  # fmt: skip


def _change(request: Asked, one: Team, form: TeamForm) -> None:
    now = clock.now()
    with transaction.atomic():
        structure.rename_team(request.user, one, form.cleaned_data["name"], now)
        gone = one.members.filter(is_active=False)  # not on the form; they stay, for the day they come back
        actions.set_members(request.user, one, [*form.cleaned_data["members"], *gone], now)
