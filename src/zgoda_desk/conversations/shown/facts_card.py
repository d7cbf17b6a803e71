"""The facts of a conversation on one card: the claim, the wishes, what we promised, and what is not known yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import pgettext_lazy

from zgoda_desk.conversations.shown.folding import speakable
from zgoda_desk.conversations.shown.not_known import questions
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.conversations.shown.words import title

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_ABOUT = ("product", "order", "money", "quantity", "date", "duration", "place", "person")
_MOST = 4  # facts of one kind: what is said later than that is found in the messages
_NAMES: dict[str, StrOrPromise] = {
    "claim": pgettext_lazy("facts card", "Claim"),
    "what": pgettext_lazy("facts card", "What"),
    "wants": pgettext_lazy("facts card", "Wants"),
    "before": pgettext_lazy("facts card", "Before"),
    "promised": pgettext_lazy("facts card", "We promised"),
    "unknown": pgettext_lazy("facts card", "Not known"),
}
_PROMISES: dict[str, StrOrPromise] = {
    "open": pgettext_lazy("promise", "open"),
    "kept": pgettext_lazy("promise", "kept"),
    "broken": pgettext_lazy("promise", "broken"),
    "withdrawn": pgettext_lazy("promise", "withdrawn"),
}


class Said(NamedTuple):
    """A message of the customer: its text, its reading as_dict (None: not read) and when it came."""

    text: str
    reading: Mapping[str, Any] | None
    at: datetime


class Promised(NamedTuple):
    """A promise of ours: what, by when in words, and its state (`open`, `kept`, `broken`, `withdrawn`)."""

    what: str
    due: StrOrPromise
    state: str


class Source(NamedTuple):
    """Where something was said: the number of the message (from 0) and `[start, end)` in its text."""

    message: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: `text` in our words or, where `own`, the customer's; `kind` its wire name; `value` the normal form.

    `when` is the time of a promise and `note` how it stands.
    """

    kind: str
    text: StrOrPromise
    own: bool = False
    value: str | None = None
    when: StrOrPromise = ""
    note: StrOrPromise = ""
    source: Source | None = None

    @property
    def meant(self) -> date | None:
        """The day that `yesterday` or `on Monday` meant when it was written; None where the words tell the day."""
        if self.kind != "date" or not self.value or any(map(str.isdigit, str(self.text))):
            return None
        try:
            return date.fromisoformat(self.value)
        except ValueError:  # a month alone
            return None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the card: `kind` is `claim`, `what`, `wants`, `before`, `promised` or `unknown`."""

    kind: str
    items: tuple[Item, ...]

    @property
    def name(self) -> StrOrPromise:
        """What the row is called."""
        return _NAMES[self.kind]


def facts_card(messages: Sequence[Said], promises: Sequence[Promised] = ()) -> tuple[Row, ...]:
    """The rows that have something to show, in the order of the drawing.

    `messages` are all of the customer's in order, `promises` all of ours. The claim and the wishes are the last ones
    told, earlier wishes stand under `before`; a fact said twice is one, with the place where it was said first.
    """
    read = [(number, said.reading) for number, said in enumerate(messages) if said.reading is not None]
    wants, before = _wishes(read)
    rows = (
        Row("claim", tuple(_claim(read))),
        Row("what", tuple(_about(read))),
        Row("wants", wants),
        Row("before", before),
        Row("promised", tuple(_promised(promises))),
        Row("unknown", tuple(_unknown(read))),
    )
    return tuple(row for row in rows if row.items)


_Read = Sequence[tuple[int, Mapping[str, Any]]]


def _claim(read: _Read) -> Iterator[Item]:
    """The causes, those of the last message that names any first; `other` only where there is nothing better."""
    found: dict[str, Source | None] = {}
    for number, reading in reversed(read):
        for cause in reading["causes"]:
            found.setdefault(cause, _reason(reading, number, f"causes:{cause}"))
    if len(found) > 1:
        found.pop("other", None)
    for cause, source in found.items():
        yield Item(cause, title("causes", cause), source=source)


def _about(read: _Read) -> Iterator[Item]:
    """Facts by kind, each once, in the order in which they were first said."""
    kept: dict[str, dict[str, Item]] = {kind: {} for kind in _ABOUT}
    for number, reading in read:
        for fact in reading["facts"]:
            known = kept.get(fact["kind"])
            same = str(fact.get("value") or fact["text"].casefold())
            if known is None or same in known or len(known) >= _MOST:
                continue
            if speakable(fact, reading["abuse"]):
                known[same] = _fact(fact, number)
    for kind in _ABOUT:
        yield from kept[kind].values()


def _fact(fact: Mapping[str, Any], number: int) -> Item:
    source = Source(number, fact["start"], fact["end"])
    return Item(fact["kind"], visible(fact["text"]), own=True, value=fact.get("value"), source=source)


def _wishes(read: _Read) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """What the last message asks for that asks for anything, and what was asked for before and is no longer."""
    asking = [(number, reading) for number, reading in read if reading["demands"]]
    if not asking:
        return (), ()
    latest = asking[-1][1]["demands"]
    earlier: dict[str, Item] = {}
    for number, reading in reversed(asking[:-1]):
        for name in reading["demands"]:
            if name not in latest:
                earlier.setdefault(name, _wish(reading, number, name))
    return tuple(_wish(asking[-1][1], asking[-1][0], name) for name in latest), tuple(earlier.values())


def _wish(reading: Mapping[str, Any], number: int, name: str) -> Item:
    return Item(name, title("demands", name), source=_reason(reading, number, f"demands:{name}"))


def _reason(reading: Mapping[str, Any], number: int, label: str) -> Source | None:
    """The words on which a label rests."""
    for reason in reading.get("reasons", ()):
        if reason["label"] == label:
            return Source(number, reason["start"], reason["end"])
    return None


def _promised(promises: Sequence[Promised]) -> Iterator[Item]:
    """Our promises, the last first, each with how it stands."""
    for promise in reversed(promises):
        note = _PROMISES.get(promise.state, promise.state)
        yield Item(promise.state, visible(promise.what), when=promise.due, note=note)


def _unknown(read: _Read) -> Iterator[Item]:
    """What the causes need and no message has told."""
    causes = [cause for _, reading in reversed(read) for cause in reading["causes"]]
    told = {fact["kind"] for _, reading in read for fact in reading["facts"]}
    for kind, question in questions(causes, told):
        yield Item(kind, question)
