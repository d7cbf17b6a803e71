"""The queue page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from zgoda_desk.console.asked import Asked
from zgoda_desk.conversations.access import conversations_of


def queue(request: Asked) -> HttpResponse:
    """What burns most, first."""
    rows = conversations_of(request.user).select_related("contact", "assignee", "inbox")
    return render(request, "zgoda/queue/page.html", {"rows": rows.order_by("-rank_safety", "next_due")[:50]})
