"""What every page of the desk needs: the person's language, and a door that is shut unless a page says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from zgoda_desk.accounts.models import Company

_Next = Callable[[HttpRequest], HttpResponseBase]
_OFFERED = dict(settings.LANGUAGES)


class PersonLanguage:
    """Shows the desk in its person's language and the company's zone; before log-in, in his browser's language."""

    def __init__(self, get_response: _Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set the language for this request and say so in the answer."""
        chosen = request.session.get("language") if hasattr(request, "session") else None
        language = chosen if chosen in _OFFERED else translation.get_language_from_request(request)
        with translation.override(language), timezone.override(_zone()):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


def _zone() -> ZoneInfo | None:
    """The company's zone, in which templates tell every time; None (UTC) before there is a company."""
    name = Company.objects.values_list("hours__zone", flat=True).first()
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


class Guarded:
    """Lets nobody in without log-in, except to views marked with `open_to_all`: a forgotten mark shuts a page."""

    def __init__(self, get_response: _Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the check needs the view, so it is made in `process_view`."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Send strangers to the log-in, scripts of strangers a plain 403."""
        if request.user.is_authenticated or getattr(view, "open_to_all", False) or _is_of_login(view):
            return None
        if request.headers.get("Accept", "").startswith("application/json"):
            return HttpResponse(status=403)
        return redirect_to_login(request.get_full_path())


def open_to_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that strangers may call; it checks its own links."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def _is_of_login(view: Callable[..., Any]) -> bool:
    """The log-in's own views guard themselves."""
    return view.__module__.startswith("allauth.")
