"""The page behind a link: somebody comes in for the first time, or sets a new password."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zgoda_desk.accounts import joining
from zgoda_desk.accounts.models import LANGUAGES, Invitation, Person
from zgoda_desk.console.middleware import open_to_all
from zgoda_desk.console.settings.fields import GENDERS, PlainLine
from zgoda_desk.console.settings.passwords import PasswordForm
from zgoda_desk.lib import clock


class JoinForm(PasswordForm):
    """What a new person says of himself."""

    name = PlainLine(label=gettext_lazy("Your name, as customers see it"), max_length=80)
    gender = forms.ChoiceField(
        label=gettext_lazy("How phrases speak of you"), choices=GENDERS, required=False,
        help_text=gettext_lazy("Russian and Polish differ: «я проверил» or «я проверила». You can leave it open."),
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language of the desk"), choices=LANGUAGES)
    field_order = ("name", "gender", "language", "password", "again")


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form of a link that holds, take it; every other link gets the same page (T24)."""
    now = clock.now()
    invitation = joining.invitation_of(token, now)
    if invitation is None:
        return _nothing(request)
    with translation.override(_language(request, invitation)):
        form = _form(request, invitation)
        if request.method != "POST" or not form.is_valid():
            status = 422 if request.method == "POST" else 200
            return render(request, "zgoda/settings/join.html", {"form": form, "invitation": invitation}, status=status)
        return _come_in(request, invitation, form)


@open_to_all
@never_cache
def no_token(request: HttpRequest) -> HttpResponse:
    """A link that is unknown, used, too old or cut short: the page does not tell which."""
    return _nothing(request)


def _nothing(request: HttpRequest) -> HttpResponse:
    return render(request, "zgoda/settings/no_link.html", status=404)


def _come_in(request: HttpRequest, invitation: Invitation, form: PasswordForm) -> HttpResponse:
    given = form.cleaned_data
    joiner = joining.Joiner(
        name=given.get("name", invitation.name), gender=given.get("gender", ""),
        language=given.get("language", invitation.language), password=given["password"],
    )  # fmt: skip
    try:
        joining.join(invitation, joiner, clock.now())
    except joining.LinkUsed:
        return _nothing(request)
    messages.success(request, _("Your password is set. Log in with it."))
    return redirect("account_login")


def _form(request: HttpRequest, invitation: Invitation) -> PasswordForm:
    data = request.POST if request.method == "POST" else None
    person = invitation.person or Person(email=invitation.email, name=request.POST.get("name", invitation.name)[:80])
    if invitation.person is not None:
        return PasswordForm(data, person=person)
    return JoinForm(data, person=person, initial={"name": invitation.name, "language": invitation.language})


def _language(request: HttpRequest, invitation: Invitation) -> str:
    """The one chosen in the form, else that of the invitation."""
    chosen = request.POST.get("language")
    return chosen if chosen in dict(LANGUAGES) else invitation.language
