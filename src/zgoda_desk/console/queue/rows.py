"""The rows of the queue as they are shown, fetched in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.console.queue.clocks import Dial, dial_of
from zgoda_desk.console.queue.lines import about, place_line
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.conversations.shown.burning import place
from zgoda_desk.conversations.shown.fever import SPARK_BOX, Spark, spark, trend
from zgoda_desk.conversations.shown.masked import Preview, preview_of
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.conversations.shown.words import title
from zgoda_desk.workflow.standing import burning_of, dangers_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

RUNGS = ("personalise", "boundary", "transfer", "release")
_FIELDS = (
    "inbox", "contact__name", "channel", "language", "status", "assignee__name", "snoozed_until", "ladder", "safety",
    "tension", "state", "temperature", "fever", "preview", "preview_ours", "causes", "signals", "demands", "reference",
    "contacts", "rank_safety", "waiting_since", "last_ours_at", "revision", "spam",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row: how hot and which way, who, the last words with abuse masked, about what, what is due, whose, why."""

    conversation: Conversation
    group: str
    name: str
    place_line: str
    state_name: StrOrPromise
    spark: Spark | None
    trend: StrOrPromise
    preview: Preview
    about: str
    dial: Dial
    owner: str
    mine: bool
    rung: int
    rung_name: str
    why: StrOrPromise
    tags: tuple[str, ...]
    href: str
    take: str
    acknowledge: str
    box: str = SPARK_BOX


def rows_of(
    found: Sequence[tuple[int, str]], person: Person, at: tuple[datetime, datetime], *, first: bool
) -> list[Row]:
    """Rows of ids with their groups, in that order; `first` where the first of them is the first of all.

    `at`: the moment the groups were reckoned at, which says why too, and that of now.
    """
    moment, now = at
    ids = [number for number, _group in found]
    kept = _conversations(ids)
    promises, clocks = _promises(ids), _clocks(ids)
    dangers = dangers_of(one for one in kept.values() if one.rank_safety)  # the stored rank says that there is one
    act = reverse("queue_do")
    rows: list[Row] = []
    for number, group in found:
        conversation = kept.get(number)
        if conversation is None:  # gone since the order was asked for
            continue
        burning = burning_of(conversation, promises[number], clocks[number], dangers.get(number, frozenset()))
        stands = place(burning, moment)
        rows.append(
            Row(
                conversation=conversation,
                group=group,
                name=visible(str(conversation.contact)),
                place_line=place_line(conversation),
                state_name=title("state", conversation.state) if conversation.state else _("Not read yet"),
                spark=spark(conversation.fever),
                trend=title("trend", _trend(conversation)),
                preview=preview_of(conversation.preview),
                about=about(conversation),
                dial=dial_of(conversation, promises[number], clocks[number], now),
                owner=_owner(conversation, person),
                mine=conversation.assignee_id == person.pk,
                rung=RUNGS.index(conversation.ladder) + 1 if conversation.ladder in RUNGS else 0,
                rung_name=_rung(conversation.ladder),
                why=stands.why_first if first and not rows else stands.why,
                tags=tuple(tag.name for tag in conversation.tags.all()),
                href=reverse("case", args=[number]),
                take=f"{act}?one={number}",
                acknowledge=_acknowledge(clocks[number]),
            )
        )
    return rows


def _conversations(ids: Sequence[int]) -> Mapping[int, Conversation]:
    rows = Conversation.objects.filter(pk__in=ids).select_related("contact", "assignee").only(*_FIELDS)
    return {one.pk: one for one in rows.prefetch_related("tags")}


def _promises(ids: Sequence[int]) -> dict[int, list[Promise]]:
    held: dict[int, list[Promise]] = defaultdict(list)
    for one in Promise.objects.filter(conversation__in=ids, state__in=["open", "broken"]).order_by():
        held[one.conversation_id].append(one)
    return held


def _clocks(ids: Sequence[int]) -> dict[int, list[Clock]]:
    held: dict[int, list[Clock]] = defaultdict(list)
    for one in Clock.objects.filter(conversation__in=ids, state__in=["running", "over"]).order_by():
        held[one.conversation_id].append(one)
    return held


def _acknowledge(clocks: Sequence[Clock]) -> str:
    """Where an acknowledgement is prepared; empty where none is due."""
    due = next((one for one in clocks if one.kind == "acknowledge"), None)
    return reverse("case_acknowledge", args=[due.conversation_id]) if due else ""


def _trend(one: Conversation) -> str:
    """By the states that the temperatures stand for; only whether one was calm counts."""
    states = ["angry" if temperature > 25 else "calm" for temperature in one.fever[:-1]]
    return trend([*states, one.state or "calm"], one.tension)


def _owner(one: Conversation, person: Person) -> str:
    if one.assignee is None:
        return _("nobody yet")
    return _("You") if one.assignee_id == person.pk else one.assignee.name


def _rung(ladder: str) -> str:
    if ladder not in RUNGS:
        return ""
    return _("Rung %(number)d of %(all)d") % {"number": RUNGS.index(ladder) + 1, "all": len(RUNGS)}
