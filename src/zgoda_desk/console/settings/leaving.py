"""Shutting somebody out, with what he leaves behind shown and handed over, and letting him in again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zgoda_desk.accounts import access, actions
from zgoda_desk.accounts.models import Person
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.settings.answers import page, saved
from zgoda_desk.lib import clock
from zgoda_desk.workflow import leaving


class HeirForm(forms.Form):
    """Who takes over."""

    heir: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=gettext_lazy("Who takes over"), queryset=None, required=False,
        empty_label=gettext_lazy("nobody yet: conversations go back to the queue"),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Person, leaver: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = access.staff_of(actor).filter(is_active=True).exclude(pk=leaver.pk)
        self.fields["heir"].queryset = others  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Asked, pk: int) -> HttpResponse:
    """What somebody leaves behind and who takes it over; with POST he is shut out."""
    access.require_head(request.user)
    one = access.access_staff(request.user, pk)
    if one.pk == request.user.pk or not one.is_active:
        raise Http404
    form = HeirForm(request.POST or None, actor=request.user, leaver=one)
    if request.method == "POST" and form.is_valid():
        try:
            left = leaving.leave(request.user, one, form.cleaned_data["heir"], clock.now())
        except leaving.NobodyThere as fault:
            form.add_error("heir", _("Somebody who answers in “%s” must take over.") % fault.inbox.name)
        except actions.LastHead:
            form.add_error(None, _("Somebody must head the company. Make another head first."))
        else:
            return saved(request, "settings_person", pk, said=_told(left))
    return page(request, "leave", "people", one=one, form=form, left=leaving.left_by(one))


@require_POST
def let_in(request: Asked, pk: int) -> HttpResponse:
    """Let somebody in again."""
    access.require_head(request.user)
    one = access.access_staff(request.user, pk)
    if one.pk == request.user.pk:
        raise Http404
    actions.let_in_again(request.user, one, clock.now())
    return saved(request, "settings_person", pk, said=_("They can log in again."))


def _told(left: leaving.Left) -> str:
    counts = {"conversations": len(left.conversations), "promises": len(left.promises)}
    return _("Shut out. Handed over: conversations %(conversations)s, promises %(promises)s.") % counts
