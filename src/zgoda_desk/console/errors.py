"""Pages for what went wrong: each says what, what is safe and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - the name is Django's
    """A form that came from elsewhere or from a session that ended (T22)."""
    return render(request, "zgoda/errors/forged.html", status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """No such page, or none for this person: the answer does not tell which."""
    return render(request, "zgoda/errors/missing.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that cannot be taken."""
    return render(request, "zgoda/errors/refused.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault."""
    return render(request, "zgoda/errors/broken.html", status=500)
