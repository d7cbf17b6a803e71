"""How a page of the settings answers: the form with 422 where something is wrong, a redirect with a word where not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _


def page(request: HttpRequest, name: str, section: str, **context: Any) -> HttpResponse:
    """A page of a section; the status is 422 where a form in the context was sent and is wrong."""
    forms = [value for value in context.values() if hasattr(value, "is_bound")]
    wrong = request.method == "POST" and any(form.is_bound and form.errors for form in forms)
    told = {"section": section, "nav": "settings", **context}
    return render(request, f"zgoda/settings/{name}.html", told, status=422 if wrong else 200)


def saved(request: HttpRequest, to: str, *args: Any, said: str = "", changed: bool = True) -> HttpResponse:
    """Back to a page, which says that it was kept."""
    messages.success(request, said or (_("Saved.") if changed else _("Nothing was different.")))
    return redirect(to, *args)
