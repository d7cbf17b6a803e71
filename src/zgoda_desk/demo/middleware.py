"""Notices that a visitor opened the conversation the hints lead to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zgoda_desk.demo import hints


class Seen:
    """Ticks the step `open` when its conversation is on the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the name of the page is known in `process_view`."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, kwargs: dict[str, Any]) -> None:
        """Look before the page is made, so that its hint is the next one already."""
        match = request.resolver_match
        if match is None or match.url_name != "case" or not request.user.is_authenticated:
            return
        leading = hints.leading(request.user)
        if leading is not None and leading.pk == kwargs.get("pk"):
            hints.note(request, "open")
