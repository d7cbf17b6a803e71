"""The customer's page and what he may say on it; GET changes nothing however often robots fetch it (T22)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from csp.decorators import csp_replace
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

_CSP = {
    "default-src": ["'none'"], "style-src": ["'self'"], "img-src": ["'self'"], "form-action": ["'self'"],
    "base-uri": ["'none'"], "frame-ancestors": ["'none'"],
}  # fmt: skip
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_SAID = ("fixed", "time", "writing")
_View = Callable[..., HttpResponse]


def by_link(view: _View) -> _View:
    """Open to whoever has the link, with headers that keep it to himself.

    No cookie is read or set, so there is none that a foreign page could misuse: the link is the proof a form needs.
    """

    def answered(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, access_by_token(token), token)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response

    guarded: Any = csrf_exempt(csp_replace(_CSP)(wraps(view)(answered)))
    guarded.open_to_all = True
    opened: _View = guarded
    return opened


@require_GET
@by_link
def page(request: HttpRequest, conversation: Conversation, token: str) -> HttpResponse:
    """The page, in the customer's language or the one he chose."""
    done = request.GET.get("done", "")
    return _answer(request, conversation, token, said=done if done in _SAID else "")


@require_POST
@by_link
def fix(request: HttpRequest, conversation: Conversation, token: str) -> HttpResponse:
    """What we understood wrongly, in his words: a message of his."""
    text, key = request.POST.get("text", ""), request.POST.get("key", "")[:100] or tokens.fresh()
    return _try(
        request, conversation, token, "fixed", "empty", lambda now: page_said.correct_us(conversation, text, key, now)
    )


@require_POST
@by_link
def other_time(request: HttpRequest, conversation: Conversation, token: str) -> HttpResponse:
    """Another time for a call."""
    at = _moment(request, page_of(conversation, "", clock.now()))
    return _try(
        request,
        conversation,
        token,
        "time",
        "no_time",
        lambda now: page_said.wish(conversation, "time", at, now),
        _is_over,
    )


@require_POST
@by_link
def only_writing(request: HttpRequest, conversation: Conversation, token: str) -> HttpResponse:
    """No calls: in writing only."""
    return _try(
        request, conversation, "writing", "over", lambda now: page_said.wish(conversation, "writing", None, now)
    )


def _is_over(conversation: Conversation) -> bool:
    return page_of(conversation, "", clock.now()).owed is None


def _try(
    request: HttpRequest,
    conversation: Conversation,
    token: str,
    done: str,
    wrong: str,
    deed: Callable[[datetime], Any],
    over: Callable[[Conversation], bool] = lambda _conversation: False,
) -> HttpResponse:
    """Do it and show the page anew; what is wrong is said on the page, with what he wrote."""
    try:
        deed(clock.now())
    except NotSaid:
        return _answer(request, conversation, token, wrong="over" if over(conversation) else wrong, status=422)
    except TooOften:
        return _answer(request, conversation, token, wrong="too_often", status=429)
    return HttpResponseRedirect(f"{reverse('portal', args=[token])}?lang={_language(request)}&done={done}")


def _answer(
    request: HttpRequest, conversation: Conversation, token: str, *, said: str = "", wrong: str = "", status: int = 200
) -> HttpResponse:
    now = clock.now()
    shown = page_of(conversation, _language(request), now)
    here = now.astimezone(ZoneInfo(shown.zone))
    context = {
        "page": shown, "words": shown.words.tables, "language": shown.words.language, "key": tokens.fresh(16),
        "token": token, "said": shown.words.say(f"said.{said}") if said else "",
        "wrong": shown.words.say(f"said.{wrong}") if wrong else "", "today": here.date().isoformat(),
        "text": request.POST.get("text", "")[: page_said.LONGEST], "day": request.POST.get("day", "")[:10],
        "hour": request.POST.get("hour", "")[:5], "longest": page_said.LONGEST, "which": wrong,
        "can_write": bool(page_said.address_of(conversation)),
        "zone_line": shown.words.say("ask.time_zone", zone=shown.zone),
    }  # fmt: skip
    return HttpResponse(render_to_string("portal/page.html", context), status=status, headers=dict(_language_of(shown)))


def _language_of(shown: Page) -> dict[str, str]:
    return {"Content-Language": shown.words.language}


def _language(request: HttpRequest) -> str:
    """The language he chose; empty for that of his message."""
    return (request.POST.get("lang") or request.GET.get("lang") or "")[:2]


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
