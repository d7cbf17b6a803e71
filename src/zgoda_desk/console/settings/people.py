"""People: who is here, who is invited, what each may do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zgoda_desk.accounts import access, actions, joining
from zgoda_desk.accounts.models import LANGUAGES, Invitation, Person, Role, Team
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.settings.answers import page, saved
from zgoda_desk.console.settings.fields import PlainLine
from zgoda_desk.lib import clock


class InviteForm(forms.Form):
    """Whom to invite, into which teams; only the head chooses a role."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    name = PlainLine(label=gettext_lazy("Name"), max_length=80, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the desk"), choices=LANGUAGES)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    teams: forms.ModelMultipleChoiceField[Team] = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams"), queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = access.teams_of(actor)  # type: ignore[attr-defined]
        if not actor.is_head:
            del self.fields["role"]
            self.fields["teams"].required = True

    def clean_email(self) -> str:
        """An address that nobody here has."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if access.address_taken(email):
            raise forms.ValidationError(_("Somebody with this address is here already, or was and can come back."))
        return email

    def guest(self) -> joining.Guest:
        """The guest that was described."""
        given = self.cleaned_data
        return joining.Guest(
            email=given["email"], name=given["name"], role=given.get("role", Role.AGENT), language=given["language"],
            teams=tuple(given["teams"]),
        )  # fmt: skip


class PersonForm(forms.Form):
    """What the head decides of somebody."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    specialist = forms.BooleanField(
        label=gettext_lazy("May take over hard conversations"), required=False,
        help_text=gettext_lazy("Conversations handed over from the ladder are offered to specialists first."),
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: Asked) -> HttpResponse:
    """Who is here and who is invited; with POST a new invitation, whose link is shown this once."""
    access.require_lead(request.user)
    form = InviteForm(request.POST or None, actor=request.user, initial={"language": request.user.language})
    link = ""
    if request.method == "POST" and form.is_valid():
        try:
            _made, token = joining.invite(request.user, form.guest(), clock.now())
        except joining.NotYours:
            raise Http404 from None
        link, guest = _link(request, token), form.guest().email
        return _with_link(request, link, guest, "settings_people", "people")
    staff = access.staff_of(request.user).prefetch_related("teams").order_by("-is_active", "name", "pk")
    now = clock.now()
    return page(
        request, "people", "people", form=form, staff=staff,
        invitations=_with_state(access.invitations_of(request.user).prefetch_related("teams"), now),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Asked, pk: int) -> HttpResponse:
    """One person: the head changes what he may do, a lead sees it."""
    access.require_lead(request.user)
    one = access.access_staff(request.user, pk)
    mine = request.user.is_head and one.pk != request.user.pk
    form = PersonForm(request.POST or None, initial={"role": one.role, "specialist": one.specialist}) if mine else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                changed = actions.change_other(request.user, one, form.cleaned_data, clock.now())
            except actions.LastHead:
                form.add_error("role", _("Somebody must head the company. Make another head first."))
            else:
                return saved(request, "settings_person", pk, changed=bool(changed))
    return page(
        request, "person", "people", one=one, form=form, teams=one.teams.all(),
        may_reset=joining.may_reset(request.user, one), may_head=mine, has_factor=access.has_factor(one),
    )  # fmt: skip


@never_cache
@require_POST
def reset_link(request: Asked, pk: int) -> HttpResponse:
    """A link by which somebody sets a new password, shown this once."""
    access.require_lead(request.user)
    one = access.access_staff(request.user, pk)
    try:
        token = joining.reset_link(request.user, one, clock.now())
    except joining.NotYours:
        raise Http404 from None
    return _with_link(request, _link(request, token), one.name, "settings_person", "people", pk)


@require_POST
def take_back(request: Asked, pk: int) -> HttpResponse:
    """An invitation opens nothing any more."""
    access.require_lead(request.user)
    joining.take_back(request.user, access.access_invitation(request.user, pk), clock.now())
    return saved(request, "settings_people", said=_("The invitation is taken back; its link opens nothing."))


@require_POST
def drop_factor(request: Asked, pk: int) -> HttpResponse:
    """Switch the second factor of somebody off who lost his telephone and his codes."""
    access.require_head(request.user)
    one = access.access_staff(request.user, pk)
    if one.pk == request.user.pk:
        raise Http404
    actions.drop_factor(request.user, one, clock.now())
    return saved(request, "settings_person", pk, said=_("The second factor is switched off."))


def _link(request: Asked, token: str) -> str:
    return request.build_absolute_uri(reverse("join", args=[token]))


def _with_link(request: Asked, link: str, whom: str, back: str, section: str, *args: int) -> HttpResponse:
    response = page(request, "link", section, link=link, whom=whom, back=reverse(back, args=args))
    response["Referrer-Policy"] = "no-referrer"
    return response


def _with_state(invitations: Iterable[Invitation], now: Any) -> list[dict[str, Any]]:
    return [{"row": one, "over": one.expires_at <= now} for one in invitations]
