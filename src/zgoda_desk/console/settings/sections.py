"""Which sections the settings have for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zgoda_desk.accounts.models import Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_ALL, _LEADS, _HEADS = "all", "lead", "head"
_SECTIONS: tuple[tuple[str, str, StrOrPromise, StrOrPromise], ...] = (
    ("start", _ALL, _("Overview"), ""),
    ("me", _ALL, _("My settings"), _("Name, language, notices, hours, password")),
    ("people", _LEADS, _("People"), _("Who is here, who is invited, what each may do")),
    ("teams", _LEADS, _("Teams"), _("Who answers which inboxes together")),
    ("inboxes", _HEADS, _("Inboxes and mailboxes"), _("Where mail comes in and how it is acknowledged")),
    ("company", _HEADS, _("Company and hours"), _("Name, working time, holidays, terms you set yourselves")),
    ("law", _HEADS, _("Terms by law"), _("Which run, each with its source")),
    ("content", _HEADS, _("Own phrases and rules"), _("Words of your trade, with examples that prove them")),
)


def entries_for(person: Person, here: str) -> list[dict[str, Any]]:
    """The sections a person may open: `{key, name, about, href, here}`."""
    return [
        {"key": key, "name": name, "about": about, "href": reverse(f"settings_{key}"), "here": key == here}
        for key, who, name, about in _SECTIONS
        if _may(person, who)
    ]


def _may(person: Person, who: str) -> bool:
    return who == _ALL or person.is_head or (who == _LEADS and person.is_lead)
