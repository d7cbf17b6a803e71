"""The small lines of a row: where it came from, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from zgoda_desk.conversations.models import Conversation
from zgoda_desk.conversations.shown.masked import preview_of
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.conversations.shown.words import title, titles

_MOST = 3  # names of one kind


def place_line(conversation: Conversation) -> str:
    """Channel and reference; a subject is the customer's own words and not shown unmasked."""
    parts = [str(title("channel", conversation.channel)), visible(conversation.reference)]
    return " · ".join(part for part in parts if part)


def about(conversation: Conversation) -> str:
    """Causes, signals, masks and demands in one line."""
    parts = [
        _listed("causes", conversation.causes),
        *(str(title("signals", one)) for one in conversation.signals[:_MOST] if one != "repeat_contact"),
        _("words masked") if preview_of(conversation.preview).masks else "",
        _("wants %(what)s") % {"what": _listed("demands", conversation.demands)} if conversation.demands else "",
        _("spam") if conversation.spam else "",
    ]
    line = " · ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def _listed(field: str, names: Iterable[str]) -> str:
    return str(titles(field, list(names)[:_MOST]))
