"""The views of the queue and what each holds; filters by channel and language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.conversations.shown.burning import bounds

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BURNS, SNOOZED, SPAM = "burns", "snoozed", "spam"
_OWED, _RUNS = ("open", "broken"), ("running", "over")


class View(NamedTuple):
    """A view: its name at the side, the heading above its rows, and which conversations it holds."""

    name: StrOrPromise
    heading: StrOrPromise
    holds: Callable[[Person, datetime], Q]


def _awake(now: datetime) -> Q:
    """Not put off; what falls due is not put off any more, whether it was woken yet or not."""
    return Q(snoozed_until=None) | Q(snoozed_until__lte=now) | Q(next_due__lte=now) | Q(rank_safety__gt=0)


def _wanted() -> Q:
    """No spam; but a danger to a person is shown whatever the mail looks like."""
    return Q(spam=False) | Q(rank_safety__gt=0)


def _alive(now: datetime) -> Q:
    return Q(status__in=["open", "agreed", "waiting"]) & _awake(now) & _wanted()


def _burns(_person: Person, now: datetime) -> Q:
    """What we owe, and what we promised even where all else is at rest (S2.30)."""
    owed = Q(status__in=["open", "agreed"]) | Q(next_due__isnull=False) | Q(rank_safety__gt=0)
    return owed & _awake(now) & _wanted()


def _with_clock(kind: str) -> Q:
    running = Clock.objects.filter(kind=kind, state__in=_RUNS)
    return Q(pk__in=running.values("conversation_id"))


def _promised(now: datetime) -> Q:
    owed = Promise.objects.filter(state__in=_OWED, due_at__lt=bounds(now).tonight)
    return Q(pk__in=owed.values("conversation_id"))


def overdue(now: datetime) -> Q:
    """Conversations with a promise whose time has passed."""
    return Q(pk__in=Promise.objects.filter(state__in=_OWED, due_at__lte=now).values("conversation_id"))


VIEWS: dict[str, View] = {
    BURNS: View(_("What burns"), _("What burns most"), _burns),
    "mine": View(
        pgettext_lazy("conversations", "Mine"), _("My conversations"), lambda one, now: Q(assignee=one) & _alive(now)
    ),
    "acknowledge": View(
        _("To acknowledge"), _("To acknowledge"), lambda _one, now: _with_clock("acknowledge") & _alive(now)
    ),
    "promises": View(_("Promises today"), _("Promises today"), lambda _one, now: _promised(now)),
    "ladder": View(_("On the ladder"), _("On the ladder"), lambda _one, now: ~Q(ladder="none") & _alive(now)),
    "statute": View(_("Statutory replies"), _("Statutory replies"), lambda _one, _now: _with_clock("statute")),
    "waiting": View(
        _("Waiting for the customer"),
        _("Waiting for the customer"),
        lambda _one, now: Q(status="waiting") & _awake(now) & _wanted(),
    ),
    "agreed": View(
        _("Agreed, to check"), _("Agreed, to check"), lambda _one, now: Q(status="agreed") & _awake(now) & _wanted()
    ),
    SNOOZED: View(pgettext_lazy("conversations", "Snoozed"), _("Snoozed"), lambda _one, now: ~_awake(now)),
    SPAM: View(_("Spam"), _("Spam"), lambda _one, _now: Q(spam=True) & ~Q(status="closed")),
}


class Channel(NamedTuple):
    """A filter over several channels that are worked alike."""

    name: StrOrPromise
    holds: tuple[str, ...]


CHANNELS: dict[str, Channel] = {
    "chat": Channel(_("Chat and messengers"), ("chat", "messenger", "sms")),
    "email": Channel(_("E-mail and letters"), ("email", "web_form", "letter")),
    "phone": Channel(_("Phone and front desk"), ("phone", "face_to_face")),
    "review": Channel(_("Public reviews"), ("review",)),
}
LANGUAGES: dict[str, StrOrPromise] = {
    "ru": "Русский",
    "pl": "Polski",
    "en": "English",
    "und": pgettext_lazy("language", "Unknown"),
}
_KNOWN = ("ru", "pl", "en")


def held(rows: QuerySet[Conversation], view: str, person: Person, now: datetime) -> QuerySet[Conversation]:
    """The conversations of a view; a merged one lives on in the other."""
    return rows.filter(VIEWS[view].holds(person, now), merged_into=None)


def in_language(name: str) -> Q:
    """Conversations in a language; `und` for all that are in none of ours."""
    return Q(language=name) if name in _KNOWN else ~Q(language__in=_KNOWN)


def channel_of(name: str) -> str:
    """The filter a channel belongs to."""
    return next((key for key, one in CHANNELS.items() if name in one.holds), "email")
