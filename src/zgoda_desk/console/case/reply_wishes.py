"""What the reply's form and its scripts ask for, read from anything that may come (I21)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from zgoda_desk.post import actions as post
from zgoda_desk.workflow.answer import Reply, Spans
from zgoda_desk.workflow.drafts import KINDS, MOST

_PROMISES = 50  # of one reply
_LONGEST_KEY = 80


def wish_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of a request; an empty one for anything else, however it is broken."""
    try:
        wish = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return wish if isinstance(wish, dict) else {}


def text_of(given: Any) -> str:
    """A text with the line breaks of the page; forms send others, and spans would point beside the words."""
    return str(given or "").replace("\r\n", "\n").replace("\r", "\n")[:MOST]


def kind_of(wish: Any) -> str:
    """`reply` or `note`."""
    kind = wish.get("kind")
    return kind if isinstance(kind, str) and kind in KINDS else "reply"


def number_of(wish: Any, name: str) -> int:
    """A number from 0; 0 for what is none."""
    given = str(wish.get(name, "") or "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def reply_of_form(request: HttpRequest, zone: str) -> Reply:
    """The decision that a posted form is; times of promises are told in `zone`."""
    form = request.POST
    return Reply(
        text=text_of(form.get("text")),
        seen=number_of(form, "seen"),
        key=form.get("key", "")[:_LONGEST_KEY] or post.new_key(),
        reason=form.get("overrule", "") if form.get("do") == "overrule" else "",
        rung=form.get("rung", ""),
        rung_reason=form.get("rung_reason", ""),
        promised=_ticked(request, zone),
        version=number_of(form, "version"),
    )


def _ticked(request: HttpRequest, zone: str) -> Spans | None:
    """The promises left ticked, as spans with the time set for each; None where the page could not show them."""
    if request.POST.get("promises_shown") != "1":
        return None
    given = request.POST.getlist("promises")[:_PROMISES]
    spans = {name: _span(name) for name in given}
    return {span: _time(request.POST.get(f"due-{name}", ""), zone) for name, span in spans.items() if span}


def _span(name: str) -> tuple[int, int] | None:
    start, _, end = name.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in (start, end)):
        return None
    return int(start), int(end)


def _time(given: str, zone: str) -> datetime | None:
    """A local time such as `2026-11-27T15:00`; None where none was set."""
    try:
        told = datetime.fromisoformat(given)
    except ValueError:
        return None
    return told.astimezone(ZoneInfo(zone)) if told.tzinfo else told.replace(tzinfo=ZoneInfo(zone))
