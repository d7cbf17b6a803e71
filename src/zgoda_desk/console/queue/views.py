"""The queue's page and the two parts of it that renew themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zgoda_desk.accounts.access import colleagues, company
from zgoda_desk.console import times
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.queue.listed import list_of
from zgoda_desk.console.queue.side import side_of
from zgoda_desk.console.queue.undoing import undo_of
from zgoda_desk.console.queue.wishes import wish_of
from zgoda_desk.lib import clock


@require_GET
def queue(request: Asked) -> HttpResponse:
    """What burns most, first; or another view, filtered, or what was looked for."""
    context = _list(request) | _side(request)
    context |= {"nav": "queue", "queue_count": context["side"].burning, "colleagues": colleagues(request.user)}
    return render(request, "zgoda/queue/page.html", context)


@require_GET
def list_part(request: Asked) -> HttpResponse:
    """The list alone."""
    return render(request, "zgoda/queue/list.html", _list(request))


@require_GET
def side_part(request: Asked) -> HttpResponse:
    """The side alone, with its counts."""
    return render(request, "zgoda/queue/side.html", _side(request))


def here_and_now() -> datetime:
    """The time in the company's zone, in which days begin and end."""
    return clock.now().astimezone(times.zone_of(company()))


def _list(request: Asked) -> dict[str, Any]:
    wish, now = wish_of(request.GET), here_and_now()
    return {"wish": wish, "list": list_of(request.user, wish, now), "undo": undo_of(request, now)}


def _side(request: Asked) -> dict[str, Any]:
    wish = wish_of(request.GET)
    return {"wish": wish, "side": side_of(request.user, wish, here_and_now())}
