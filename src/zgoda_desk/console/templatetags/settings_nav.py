"""The sections of the settings at the side of its pages, those of the log-in's own pages among them."""

from __future__ import annotations

from typing import Any

from django import template

from zgoda_desk.console.settings.sections import entries_for

register = template.Library()


@register.inclusion_tag("zgoda/settings/nav.html", takes_context=True)
def settings_nav(context: dict[str, Any]) -> dict[str, Any]:
    """The entries a person has, with the one he is at."""
    person = context.get("person")
    return {"entries": entries_for(person, str(context.get("section", "me"))) if person else []}
