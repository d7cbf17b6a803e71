"""What the events of a conversation are called in its timeline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from zgoda_desk.console import times
from zgoda_desk.conversations.models import Message
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.conversations.shown.words import title

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Told(NamedTuple):
    """An event in words: what it is, in strong, and the rest of the sentence."""

    name: StrOrPromise
    rest: str = ""


EVENTS: dict[str, StrOrPromise] = {
    "acknowledged": pgettext_lazy("event", "Acknowledged"),
    "promise_made": pgettext_lazy("event", "Promise made"),
    "promise_kept": pgettext_lazy("event", "Promise kept"),
    "promise_broken": pgettext_lazy("event", "Promise broken"),
    "promise_withdrawn": pgettext_lazy("event", "Promise withdrawn"),
    "promise_reopened": pgettext_lazy("event", "Promise open again"),
    "promise_given": pgettext_lazy("event", "Promise given to another"),
    "promise_changed": pgettext_lazy("event", "Promise changed"),
    "wish_time": pgettext_lazy("event", "The customer asks for another time"),
    "wish_writing": pgettext_lazy("event", "The customer wants it in writing only"),
    "clock_met": pgettext_lazy("event", "A term of law was met"),
    "clock_stopped": pgettext_lazy("event", "A term of law does not apply"),
    "owner_asked": pgettext_lazy("event", "A new owner is asked for"),
    "mail_failed": pgettext_lazy("event", "Not delivered"),
    "mail_unknown": pgettext_lazy("event", "Perhaps not delivered"),
    "mail_sent": pgettext_lazy("event", "Sent"),
    "mail_again": pgettext_lazy("event", "Sent again"),
    "taken_back": pgettext_lazy("event", "Taken back before it left"),
    "put_down": pgettext_lazy("event", "Put down"),
    "snoozed": pgettext_lazy("event", "Snoozed"),
    "woken": pgettext_lazy("event", "Back in the queue"),
    "spam": pgettext_lazy("event", "Marked as spam"),
    "bounced": pgettext_lazy("event", "Came back"),
    "assigned": pgettext_lazy("event", "Given to a colleague"),
    "taken": pgettext_lazy("event", "Taken"),
    "handed_over": pgettext_lazy("event", "Handed over"),
    "merged": pgettext_lazy("event", "Merged"),
    "unmerged": pgettext_lazy("event", "Parted again"),
    "split": pgettext_lazy("event", "Split off"),
    "closed": pgettext_lazy("event", "Closed"),
    "reopened": pgettext_lazy("event", "Opened again"),
    "not_spam": pgettext_lazy("event", "Not spam"),
    "corrected": pgettext_lazy("event", "Reading corrected"),
}
_BOUNCED = gettext_lazy("our reply did not reach the customer; check the address, then send it again")


def told(message: Message, zone: tzinfo | None, now: datetime) -> Told:
    """An event in words; one without words keeps its own name, so that nothing that happened is hidden."""
    data = message.data
    name = EVENTS.get(message.event, message.event.replace("_", " ").capitalize())
    parts = [_by(message), *_details(message.event, data, zone, now)]
    return Told(name, ", ".join(part for part in parts if part))


def _by(message: Message) -> str:
    return _("by %(name)s") % {"name": message.person} if message.person_id else ""


def _details(event: str, data: Mapping[str, Any], zone: tzinfo | None, now: datetime) -> list[str]:
    found = [visible(str(data[key])) for key in ("what", "note", "reason") if data.get(key)]
    if data.get("to_name"):
        found.append(_("to %(name)s") % {"name": visible(str(data["to_name"]))})
    found += _promised(data)
    for key, words in (("due_at", _("due %(time)s")), ("until", _("until %(time)s"))):
        at = _time(data.get(key))
        found += [words % {"time": times.whole(at.astimezone(zone), now)}] if at else []
    if data.get("state"):
        found.append(str(title("state", str(data["state"]))).lower())
    if isinstance(data.get("other"), int):
        found.append(_("conversation %(number)d") % {"number": data["other"]})
    return [*found, *([str(_BOUNCED)] if event == "bounced" else [])]


def _promised(data: Mapping[str, Any]) -> list[str]:
    """The promises that went with a conversation to its new owner."""
    owed = [visible(str(one)) for one in data.get("promised") or ()]
    if not owed:
        return []
    words = ngettext("with the promise to keep: %(what)s", "with the promises to keep: %(what)s", len(owed))
    return [words % {"what": "; ".join(owed)}]


def _time(value: Any) -> datetime | None:
    """An ISO time with its zone; None for anything else."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return None if at is None else at if at.tzinfo else at.replace(tzinfo=UTC)
