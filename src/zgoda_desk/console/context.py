"""What every template of the desk may name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import translation

from zgoda_desk.conversations.models import LiveEvent


def desk(request: HttpRequest) -> dict[str, Any]:
    """The person, the language and the theme; the count of the queue comes from the pages themselves."""
    person = getattr(request, "user", None)
    signed_in = bool(person and person.is_authenticated)
    return {
        "person": person if signed_in else None,
        "interface": translation.get_language() or "en",
        "newest_event": LiveEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0 if signed_in else 0,
        "theme": getattr(person, "theme", "") if signed_in else "",
    }
