"""The hint for the frame of every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from zgoda_desk.demo import hints as demo


def hints(request: HttpRequest) -> dict[str, Any]:
    """`hint` for people who are logged in, `hints_closed` where they put the hints away."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {"hints": True, "hint": demo.hint_of(request), "hints_closed": demo.is_closed(request)}
