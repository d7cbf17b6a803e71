"""The list of the queue: a page of rows in their groups, or what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.access import promises_of
from zgoda_desk.console import times
from zgoda_desk.console.queue import order
from zgoda_desk.console.queue.rows import Row, rows_of
from zgoda_desk.console.queue.views_of import BURNS, CHANNELS, VIEWS, held, in_language
from zgoda_desk.console.queue.wishes import Wish
from zgoda_desk.conversations.access import conversations_of
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.conversations.searched import found
from zgoda_desk.conversations.shown.burning import GROUPS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SIZE = 50

_GROUPS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "safety": (gettext_lazy("Safety first"), gettext_lazy("a person may be in danger")),
    "now": (gettext_lazy("Now"), gettext_lazy("a clock is over or runs out within 15 minutes")),
    "today": (gettext_lazy("Today"), gettext_lazy("promises first, then heat")),
    "week": (gettext_lazy("This week"), gettext_lazy("legal terms and checks that all is well")),
    "later": (gettext_lazy("Later"), gettext_lazy("nothing is due for a week")),
}


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    key: str
    name: StrOrPromise
    note: StrOrPromise
    rows: Sequence[Row]


@dataclass(frozen=True)
class List:
    """What the list shows; `more` and `back` are query strings of the next rows and of the first, or empty."""

    heading: StrOrPromise
    groups: tuple[Group, ...]
    more: str
    back: str
    empty: str
    empty_note: str

    @property
    def count(self) -> int:
        """Rows on this page."""
        return sum(len(group.rows) for group in self.groups)


def wanted(person: Person, wish: Wish, now: datetime) -> QuerySet[Conversation]:
    """The conversations that a wish asks for among those the person may see; a search looks through all of them."""
    rows = conversations_of(person)
    rows = found(rows, wish.q).filter(merged_into=None) if wish.q else held(rows, wish.view, person, now)
    if wish.channel:
        rows = rows.filter(channel__in=CHANNELS[wish.channel].holds)
    if wish.language:
        rows = rows.filter(in_language(wish.language))
    if wish.inbox:
        rows = rows.filter(inbox=wish.inbox)
    return rows.filter(tags=wish.tag) if wish.tag else rows


def list_of(person: Person, wish: Wish, now: datetime) -> List:
    """A page of what is wished for at `now`, in the company's zone."""
    keys, cursor, moment = order.page(wanted(person, wish, now), wish.after, now, SIZE)
    top = wish.view == BURNS and not (wish.after or wish.q)
    rows = rows_of([(number, GROUPS[group]) for number, group in keys], person, (moment, now), first=top)
    empty, note = ("", "") if rows else _nothing(person, wish, now)
    return List(
        heading=_("Found") if wish.q else VIEWS[wish.view].heading,
        groups=tuple(_grouped(rows)),
        more=wish.but(after=cursor) if cursor else "",
        back=wish.but() or "view=burns" if wish.after else "",
        empty=empty,
        empty_note=note,
    )


def _grouped(rows: Sequence[Row]) -> list[Group]:
    return [Group(key, *_GROUPS[key], rows=list(some)) for key, some in groupby(rows, key=lambda row: row.group)]


def _nothing(person: Person, wish: Wish, now: datetime) -> tuple[str, str]:
    """One sentence of fact, and the promise that is due next."""
    if wish.q:
        return _("Nothing found"), _("No conversation holds all of these words. A beginning of a word is enough.")
    if wish.view != BURNS or wish.narrowed:
        return _("Nothing here"), _("No conversation stands in this view now.")
    return _("Nothing burns"), " ".join(
        [_("Every message is answered and every promise is in hand."), _next(person, now)]
    )


def _next(person: Person, now: datetime) -> str:
    due = promises_of(person).filter(state="open").order_by("due_at").values_list("due_at", flat=True).first()
    if due is None:
        return _("No promise is open.")
    return _("The next one is due %(when)s.") % {"when": times.whole(due.astimezone(now.tzinfo), now)}
