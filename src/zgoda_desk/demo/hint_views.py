"""The hint as a part that renews itself, and the buttons on it; only where the demo runs."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from zgoda_desk.console.asked import Asked
from zgoda_desk.demo import hints
from zgoda_desk.demo.door import only_demo
from zgoda_desk.portal.links import link_for


@require_GET
def hint(request: Asked) -> HttpResponse:
    """The inner part of the hint."""
    only_demo()
    return render(request, "zgoda/parts/hint_now.html", {"hint": hints.hint_of(request)})


@require_POST
def do(request: Asked) -> HttpResponse:
    """Tick a step that only the visitor can tell, close the hints, or begin them anew."""
    only_demo()
    deed = request.POST.get("do", "")
    if deed in ("close", "again"):
        hints.close(request, off=deed == "close")
    else:
        hints.note(request, deed)
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else reverse("queue"))


@require_GET
def promise_page(request: Asked) -> HttpResponse:
    """To the customer's page of the conversation the hints are about."""
    only_demo()
    conversation = hints.leading(request.user)
    if conversation is None:
        raise Http404
    hints.note(request, "page")
    return redirect(link_for(conversation))
