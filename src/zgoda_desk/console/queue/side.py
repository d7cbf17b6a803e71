"""The side of the queue: views and filters with their counts, what waits elsewhere, and the person's own day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zgoda_desk.accounts.access import inboxes_of
from zgoda_desk.accounts.models import Person
from zgoda_desk.console.queue.counts import Facets, facets, view_counts
from zgoda_desk.console.queue.views_of import CHANNELS, LANGUAGES, SNOOZED, SPAM, VIEWS
from zgoda_desk.console.queue.wishes import Wish
from zgoda_desk.conversations.access import conversations_of, outgoing_of, raw_messages_of
from zgoda_desk.protection.models import Exposure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_RARE = (SNOOZED, SPAM)  # shown only where there is something in them


@dataclass(frozen=True)
class Entry:
    """A line at the side: where it leads, its name, how many, and whether it is where one stands."""

    href: str
    name: StrOrPromise
    count: int
    here: bool = False


@dataclass(frozen=True)
class Side:
    """All of the side; `day` is what the person himself went through today, told to nobody else."""

    views: tuple[Entry, ...]
    elsewhere: tuple[Entry, ...]
    filters: tuple[tuple[StrOrPromise, tuple[Entry, ...]], ...]
    day: str
    summary: str
    burning: int
    chosen: str


def side_of(person: Person, wish: Wish, now: datetime) -> Side:
    """The side for a wish at `now`, in the company's zone."""
    rows = conversations_of(person)
    counts = view_counts(rows, person, now)
    told = facets(rows, wish.view, person, now)
    filters = tuple((name, entries) for name, entries in _filters(person, wish, told) if entries)
    return Side(
        views=tuple(_views(wish, counts)),
        elsewhere=tuple(_elsewhere(person)),
        filters=filters,
        day=_day(person, now),
        summary=_summary(counts),
        burning=counts["burns"],
        chosen=", ".join(_chosen(wish, filters)),
    )


def _views(wish: Wish, counts: dict[str, int]) -> Iterator[Entry]:
    for name, view in VIEWS.items():
        here = name == wish.view and not wish.q
        if here or counts[name] or name not in _RARE:
            yield Entry(_to(wish.but(view=name, q="")), view.name, counts[name], here)


def _filters(person: Person, wish: Wish, told: Facets) -> Iterator[tuple[StrOrPromise, tuple[Entry, ...]]]:
    channels = ((name, one.name, told.channels.get(name, 0)) for name, one in CHANNELS.items())
    yield _("Channel"), _entries(wish, "channel", "", channels)
    languages = ((name, words, told.languages.get(name, 0)) for name, words in LANGUAGES.items())
    yield _("Language"), _entries(wish, "language", "", languages)
    inboxes = [(one.pk, one.name, told.inboxes.get(one.pk, 0)) for one in inboxes_of(person)]
    yield _("Inbox"), _entries(wish, "inbox", 0, inboxes if len(inboxes) > 1 else ())
    yield _("Tag"), _entries(wish, "tag", 0, told.tags)


def _entries(
    wish: Wish, field: str, none: str | int, told: Iterable[tuple[str | int, StrOrPromise, int]]
) -> tuple[Entry, ...]:
    """One line for each that holds something; a line that is chosen leads back to all."""
    chosen = getattr(wish, field)
    made = []
    for value, name, count in told:
        here = value == chosen
        if count or here:
            made.append(Entry(_to(wish.but(**{field: none if here else value})), name, count, here))
    return tuple(made)


def _elsewhere(person: Person) -> Iterator[Entry]:
    """What could not be read or sent waits on pages of its own."""
    unread = raw_messages_of(person).filter(state="unreadable").count()
    outgoing = outgoing_of(person)
    for name, words, count in (
        ("unread", _("Could not read"), unread),
        ("outbox", _("Outbox: uncertain"), outgoing.filter(state="unknown").count()),
        ("outbox", _("Outbox: not sent"), outgoing.filter(state="failed").count()),
    ):
        href = _page(name)
        if count and href:
            yield Entry(href, words, count)


def _page(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _day(person: Person, now: datetime) -> str:
    """Time with angry and abusive customers today; empty below a minute."""
    spent = Exposure.objects.filter(person=person, day=now.date()).first()
    if spent is None or max(spent.angry, spent.abusive) < 60:
        return ""
    parts = []
    if spent.angry >= 60:
        parts.append(_("%(time)s with angry people") % {"time": _span(spent.angry)})
    if spent.abusive >= 60:
        parts.append(_("%(time)s of abuse") % {"time": _span(spent.abusive)})
    return ", ".join(parts) + "."


def _span(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": minutes}
    return _("%(n)d min") % {"n": minutes}


def _summary(counts: dict[str, int]) -> str:
    """`2 to acknowledge, 1 promise overdue`; empty where there is neither."""
    n, late = counts["acknowledge"], counts["overdue"]
    parts = []
    if n:
        parts.append(ngettext("%(n)d to acknowledge", "%(n)d to acknowledge", n) % {"n": n})
    if late:
        parts.append(ngettext("%(n)d promise overdue", "%(n)d promises overdue", late) % {"n": late})
    return ", ".join(parts)


def _chosen(wish: Wish, filters: tuple[tuple[StrOrPromise, tuple[Entry, ...]], ...]) -> Iterator[str]:
    yield str(VIEWS[wish.view].name)
    set_ones = [str(entry.name) for _title, entries in filters for entry in entries if entry.here]
    yield from set_ones or [_("all channels")]


def _to(query: str) -> str:
    return f"{reverse('queue')}?{query}" if query else reverse("queue")
