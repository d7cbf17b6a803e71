"""The page of promises, its list, its days, and one promise."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from zgoda.clocks.zones import zone_named
from zgoda_desk.accounts.access import colleagues, company
from zgoda_desk.commitments.access import access_promise, promises_of
from zgoda_desk.commitments.actions import OWED
from zgoda_desk.commitments.models import Promise
from zgoda_desk.console import times
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.middleware import open_to_all
from zgoda_desk.console.promises.feed import feed
from zgoda_desk.console.promises.listed import LAW, VIEWS, by_day, counts, entries, entry, listed, terms
from zgoda_desk.console.promises.undoing import undo_of
from zgoda_desk.lib import clock
from zgoda_desk.workflow.feed import person_of

_WEEK = timedelta(days=7)
_FEED = timedelta(days=30)


@require_GET
def promises(request: Asked) -> HttpResponse:
    """What we promised: one choice of it."""
    return render(request, "zgoda/promises/page.html", _list(request) | _side(request))


@require_GET
def list_part(request: Asked) -> HttpResponse:
    """The list alone."""
    return render(request, "zgoda/promises/list.html", _list(request))


@require_GET
def days(request: Asked) -> HttpResponse:
    """A week of promises, day by day; those of the team or, with `of=mine`, one's own."""
    now = here_and_now()
    first = _monday(request.GET.get("from", ""), now)
    week = [first + timedelta(days=n) for n in range(7)]
    start, end = (datetime.combine(day, time(0), now.tzinfo) for day in (first, first + _WEEK))
    found = promises_of(request.user).filter(due_at__gte=start, due_at__lt=end)
    mine = request.GET.get("of") == "mine"
    found = (found.filter(owner=request.user) if mine else found).exclude(state="withdrawn").order_by("due_at", "id")
    context = {
        "days": by_day(entries(found, request.user, now), week, now.tzinfo), "today": now.date(), "of_mine": mine,
        "earlier": (first - _WEEK).isoformat(), "later": (first + _WEEK).isoformat(), "view": "days",
        "first": week[0], "last": week[-1],
    }  # fmt: skip
    return render(request, "zgoda/promises/days.html", context | _side(request))


@require_GET
def promise(request: Asked, pk: int) -> HttpResponse:
    """One promise, with all that can be done with it."""
    return page_of(request, access_promise(request.user, pk))


@open_to_all
@require_GET
def calendar(_request: HttpRequest, key: str) -> HttpResponse:
    """A person's promises for his calendar program; the key in the address is his proof."""
    person, now = person_of(key), clock.now()
    if person is None:
        raise Http404
    found = promises_of(person).filter(owner=person, state__in=[*OWED, "kept"], due_at__gt=now - _FEED)
    with translation.override(person.language):
        body = feed(found.select_related("conversation").order_by("due_at")[:500], company(), now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="promises.ics"'
    response["Cache-Control"], response["Referrer-Policy"] = "private, no-store", "no-referrer"
    return response


def page_of(request: Asked, one: Promise, status: int = 200, **more: Any) -> HttpResponse:
    """The page of one promise; `more` are what was sent and what is wrong with it."""
    now, due = here_and_now(), one.due_at.astimezone(zone_named(one.zone))
    context = {
        "entry": entry(one, request.user, now), "owed": one.state in OWED, "colleagues": colleagues(request.user),
        "day": f"{due:%Y-%m-%d}", "hour": "" if one.whole_day else f"{due:%H:%M}", "nav": "promises",
        "wrong": {}, "sent": {}, "undo": undo_of(request, now),
    }  # fmt: skip
    return render(request, "zgoda/promises/promise.html", context | more, status=status)


def here_and_now() -> datetime:
    """The time in the company's zone, in which days begin and end."""
    return clock.now().astimezone(times.zone_of(company()))


def _list(request: Asked) -> dict[str, Any]:
    now, view = here_and_now(), request.GET.get("view", "mine")
    view = view if view in VIEWS or view == "law" else "mine"
    heading = LAW if view == "law" else VIEWS[view].name
    found = {"terms": terms(request.user, now)} if view == "law" else {"entries": listed(request.user, view, now)}
    return {"view": view, "heading": heading, "undo": undo_of(request, now), **found}


def _side(request: Asked) -> dict[str, Any]:
    numbers = counts(request.user, here_and_now())
    views = [(name, view.name, numbers[name]) for name, view in VIEWS.items()]
    return {"views": [*views, ("law", LAW, numbers["law"])], "nav": "promises"}


def _monday(text: str, now: datetime) -> date:
    """The Monday of the week of an ISO day; of this week for anything else."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        day = now.date()
    day = day if 2000 < day.year < 2100 else now.date()
    return day - timedelta(days=day.weekday())
