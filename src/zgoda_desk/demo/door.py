"""The door of the demo: its people in a list, one tap lets you in as one of them; only where the demo runs."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zgoda_desk.accounts.models import Person, Role
from zgoda_desk.console.middleware import open_to_all
from zgoda_desk.lib import tokens

_PURPOSE = "demo"
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_LANGUAGES = dict(settings.LANGUAGES)


@open_to_all
@require_GET
def door(request: HttpRequest) -> HttpResponse:
    """The people to come in as, in the language that was chosen here or that the browser asks for."""
    only_demo()
    language = request.GET.get("language", "")
    if language in _LANGUAGES:
        request.session["language"] = language
        return redirect("demo_door")
    people = [
        {"person": one, "ticket": tokens.sign(_PURPOSE, str(one.pk)), "about": _about(one)}
        for one in Person.objects.filter(is_active=True).order_by("pk")
    ]
    return render(request, "zgoda/demo/door.html", {"people": people, "languages": settings.LANGUAGES})


@open_to_all
@require_POST
def come_in(request: HttpRequest) -> HttpResponse:
    """Log in as the person whose signed ticket the button carried; he reads the desk in the language of the door."""
    only_demo()
    number = tokens.unsign(_PURPOSE, request.POST.get("ticket", ""))
    if number is None:
        raise Http404
    person = get_object_or_404(Person, pk=number, is_active=True)
    person.language = translation.get_language() or person.language
    person.save(update_fields=["language"])
    login(request, person, backend=_BACKEND)
    request.session["language"] = person.language
    return redirect("queue")


def only_demo() -> None:
    """Http404 wherever this is not the demo, whatever addresses are served."""
    if not settings.ZGODA_DEMO:
        raise Http404


def _about(person: Person) -> str:
    if person.specialist:
        return _("Agent, takes over the hard ones")
    told = {
        Role.AGENT: _("Agent, answers customers"),
        Role.LEAD: _("Team lead, takes over from the ladder"),
        Role.HEAD: _("Head of the company, sees everything"),
    }
    return told[Role(person.role)]
