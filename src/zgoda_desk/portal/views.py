"""The customer's page and what he may say on it; GET changes nothing however often robots fetch it (T22)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from zgoda.clocks.zones import first_moment
from zgoda.errors import ZgodaError
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.lib import clock, tokens
from zgoda_desk.portal.links import access_by_token
from zgoda_desk.portal.page import Page, page_of
from zgoda_desk.workflow import page_said
from zgoda_desk.workflow.page_said import NotSaid, TooOften

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_SAID = ("fixed", "time", "writing")


@dataclass(frozen=True)
class Visit:
    """Somebody at the page of a conversation, by its link."""

    request: HttpRequest
    conversation: Conversation
    token: str

    @property
    def language(self) -> str:
        """The language he chose; empty for that of his message."""
        return (self.request.POST.get("lang") or self.request.GET.get("lang") or "")[:2]


def by_link(view: Callable[[Visit], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to whoever has the link, with headers that keep it to himself.

    No cookie is read or set, so there is none that a foreign page could misuse: the link is the proof a form needs.
    """

    def answered(request: HttpRequest, token: str) -> HttpResponse:
        response = view(Visit(request, access_by_token(token), token))
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response

    guarded: Any = csrf_exempt(cast("Callable[..., HttpResponse]", wraps(view)(answered)))
    guarded.open_to_all = True
    opened: Callable[..., HttpResponse] = guarded
    return opened


@require_GET
@by_link
def page(visit: Visit) -> HttpResponse:
    """The page, in the customer's language or the one he chose."""
    done = visit.request.GET.get("done", "")
    return _answer(visit, said=done if done in _SAID else "")


@require_POST
@by_link
def fix(visit: Visit) -> HttpResponse:
    """What we understood wrongly, in his words: a message of his."""
    sent = visit.request.POST
    text, key = sent.get("text", ""), sent.get("key", "")[:100] or tokens.fresh()
    return _try(visit, "fixed", "empty", lambda now: page_said.correct_us(visit.conversation, text, key, now))


@require_POST
@by_link
def other_time(visit: Visit) -> HttpResponse:
    """Another time for a call."""
    shown = page_of(visit.conversation, "", clock.now())
    at = _moment(visit.request, shown)
    wrong = "no_time" if shown.owed else "over"
    return _try(visit, "time", wrong, lambda now: page_said.wish(visit.conversation, "time", at, now))


@require_POST
@by_link
def only_writing(visit: Visit) -> HttpResponse:
    """No calls: in writing only."""
    return _try(visit, "writing", "over", lambda now: page_said.wish(visit.conversation, "writing", None, now))


def _try(visit: Visit, done: str, wrong: str, deed: Callable[[datetime], object]) -> HttpResponse:
    """Do it and show the page anew; what is wrong is said on the page, with what he wrote."""
    try:
        deed(clock.now())
    except NotSaid:
        return _answer(visit, wrong=wrong, status=422)
    except TooOften:
        return _answer(visit, wrong="too_often", status=429)
    return HttpResponseRedirect(f"{reverse('portal', args=[visit.token])}?lang={quote(visit.language)}&done={done}")


def _answer(visit: Visit, *, said: str = "", wrong: str = "", status: int = 200) -> HttpResponse:
    now = clock.now()
    shown = page_of(visit.conversation, visit.language, now)
    sent, say = visit.request.POST, shown.words.say
    context = {
        "page": shown, "words": shown.words.tables, "language": shown.words.language, "token": visit.token,
        "said": say(f"said.{said}") if said else "", "wrong": say(f"said.{wrong}") if wrong else "", "which": wrong,
        "text": sent.get("text", "")[: page_said.LONGEST], "longest": page_said.LONGEST, "key": tokens.fresh(16),
        "day": sent.get("day", "")[:10], "hour": sent.get("hour", "")[:5],
        "today": now.astimezone(ZoneInfo(shown.zone)).date().isoformat(),
        "zone_line": say("ask.time_zone", zone=shown.zone),
        "can_write": bool(page_said.address_of(visit.conversation)),
    }  # fmt: skip
    response = HttpResponse(render_to_string("portal/page.html", context), status=status)
    response.headers["Content-Language"] = shown.words.language
    return response


def _moment(request: HttpRequest, shown: Page) -> datetime | None:
    """Day and hour of the form in the customer's zone; an hour that clocks skip is the first one after it (C01)."""
    try:
        wall = datetime.fromisoformat(f"{request.POST.get('day', '')}T{request.POST.get('hour', '')}")
        if wall.tzinfo is not None or not 2000 < wall.year < 2100:
            return None
        zone = shown.owed.zone if shown.owed else shown.zone
        return first_moment(wall.date(), wall.hour * 60 + wall.minute, ZoneInfo(zone))
    except (ValueError, ZgodaError):
        return None
