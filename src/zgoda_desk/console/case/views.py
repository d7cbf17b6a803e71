"""The conversation's page and the parts of it that renew themselves."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from zgoda_desk.console.asked import Asked
from zgoda_desk.console.case.gathered import Gathered, gather
from zgoda_desk.console.case.head import head_of
from zgoda_desk.console.case.ladder import helpers, ladder_of
from zgoda_desk.console.case.panel import dials, facts_of, next_of
from zgoda_desk.console.case.timeline import timeline
from zgoda_desk.conversations.access import access_conversation
from zgoda_desk.lib import clock


def case(request: Asked, pk: int) -> HttpResponse:
    """The whole page; of a merged conversation, the one it was merged into."""
    conversation = access_conversation(request.user, pk)
    if conversation.merged_into_id:
        return redirect("case", pk=conversation.merged_into_id)
    found = gather(conversation, request.user, clock.now())
    return render(request, "zgoda/case/page.html", page_of(found))


def case_part(request: Asked, pk: int, name: str) -> HttpResponse:
    """One part alone: `head`, `timeline` or `panel`, for a page that renews it."""
    if name not in _PARTS:
        raise Http404
    found = gather(access_conversation(request.user, pk), request.user, clock.now())
    context = {"found": found, "conversation": found.conversation, **_PARTS[name](found)}
    return render(request, f"zgoda/case/{name}.html", context)


def page_of(found: Gathered) -> dict[str, Any]:
    """What the template of the whole page names."""
    context: dict[str, Any] = {"found": found, "conversation": found.conversation, "nav": "queue"}
    for part in _PARTS.values():
        context |= part(found)
    return context


def _head(found: Gathered) -> dict[str, Any]:
    return {"head": head_of(found)}


def _timeline(found: Gathered) -> dict[str, Any]:
    return {"rows": timeline(found)}


def _panel(found: Gathered) -> dict[str, Any]:
    ladder = ladder_of(found)
    return {
        "head": head_of(found),
        "next": next_of(found),
        "ladder": ladder,
        "helpers": helpers(found) if ladder else [],
        "facts": facts_of(found),
        "dials": dials(found),
    }


_PARTS = {"head": _head, "timeline": _timeline, "panel": _panel}
