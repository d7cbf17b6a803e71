"""Which sections the settings have for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zgoda_desk.accounts.models import Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_ALL, _LEADS, _HEADS = "all", "lead", "head"
_SECTIONS: tuple[tuple[str, str, StrOrPromise], ...] = (
    ("start", _ALL, _("Overview")),
    ("me", _ALL, _("My settings")),
    ("people", _LEADS, _("People")),
    ("teams", _LEADS, _("Teams")),
    ("inboxes", _HEADS, _("Inboxes and mailboxes")),
    ("company", _HEADS, _("Company and hours")),
    ("law", _HEADS, _("Terms by law")),
    ("content", _HEADS, _("Own phrases and rules")),
)


def entries_for(person: Person, here: str) -> list[dict[str, Any]]:
    """The sections a person may open: `{key, name, href, here}`."""
    return [
        {"key": key, "name": name, "href": reverse(f"settings_{key}"), "here": key == here}
        for key, who, name in _SECTIONS
        if _may(person, who)
    ]


def _may(person: Person, who: str) -> bool:
    return who == _ALL or person.is_head or (who == _LEADS and person.is_lead)
