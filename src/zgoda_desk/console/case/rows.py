"""The rows of a timeline; what costs time is worked out only when a row is drawn anew."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zgoda.values.labels import RUNGS
from zgoda_desk.console import times
from zgoda_desk.console.case.events import Told, told
from zgoda_desk.console.case.gathered import Gathered, newest_of, shown_reading
from zgoda_desk.console.case.sending import Sent, sent
from zgoda_desk.conversations.models import Message
from zgoda_desk.conversations.shown.fever import Fever
from zgoda_desk.conversations.shown.long import long_form
from zgoda_desk.conversations.shown.margin import Note, margin, margin_of_ours
from zgoda_desk.conversations.shown.oddities import oddities
from zgoda_desk.conversations.shown.pieces import Piece, pieces
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.conversations.shown.words import title
from zgoda_desk.post.models import Attachment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_NO_FEVER = Fever()


@dataclass
class Row:
    """A message or an event at `at` in the zone of whoever reads; `day` is empty where it is that of the row before."""

    found: Gathered
    message: Message
    at: datetime
    day: str
    fever: Fever = _NO_FEVER

    template = ""
    state = ""
    temperature: int | None = None

    @property
    def by(self) -> str:
        """Who wrote or did it."""
        if self.message.person_id is None:
            return _("the desk") if self.message.kind == Message.Kind.EVENT else self.found.company.name
        return _("You") if self.message.person_id == self.found.person.pk else str(self.message.person)

    @property
    def text(self) -> str:
        """The words as written, with everything hidden in them made visible."""
        return visible(self.message.text)

    @property
    def files(self) -> list[Attachment]:
        """What can be downloaded; pictures that only stand inside the page come with the page."""
        mine = self.found.files.get(self.message.pk, ())
        return [file for file in mine if not (file.inline and file.content_id)]

    def key(self) -> Hashable:
        """What its drawing depends on, beside the language; None for a row that is drawn anew each time."""
        return None


@dataclass
class Theirs(Row):
    """A message of the customer; `earlier` is what he asked for before."""

    earlier: Sequence[str] = ()

    template = "zgoda/case/theirs.html"

    def __post_init__(self) -> None:
        self.state = self.message.state
        self.temperature = self.message.temperature if self.message.state else None

    @property
    def name(self) -> str:
        """The name the mail came under."""
        return visible(self.message.sender_name or str(self.found.conversation.contact))

    @property
    def state_title(self) -> StrOrPromise:
        """The state in words."""
        return title("state", self.state)

    @cached_property
    def reading(self) -> dict[str, Any] | None:
        """The reading with what was set right."""
        return shown_reading(self.message)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The words taken apart."""
        return pieces(self.message.text, self.reading, newest_of(self.message))

    @cached_property
    def short(self) -> tuple[Piece, ...]:
        """The short form of a long message; empty for another."""
        return long_form(self.message.text, self.reading, newest_of(self.message)) or ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was read in it; nothing of a rung where it is not known which it opened."""
        rung = self.message.data.get("ladder")
        found = margin(self.reading, ladder=str(rung or "none"), earlier_demands=self.earlier)
        return found if rung else tuple(note for note in found if note.kind != "rung")

    @property
    def odd(self) -> list[StrOrPromise]:
        """What is odd about the mail."""
        return list(oddities(self.message.problems))

    def key(self) -> Hashable:
        """A message never changes, but what was set right, its marks and its place in the line do."""
        one = self.message
        return (
            *("theirs", one.pk, self.day, self.at.isoformat(), self.fever, one.state, one.temperature),
            str(one.correction),
            *(str(one.data), str(one.problems), tuple(self.earlier), one.reading is None, self.name),
            *(hash(one.text), len(self.files)),
        )


@dataclass
class Ours(Row):
    """A reply of ours; `moved` is the customer's temperature before and after it."""

    moved: tuple[int, int] | None = None

    template = "zgoda/case/ours.html"

    @property
    def rung(self) -> str:
        """The rung that was taken with it, in words; empty for none."""
        taken = next((one.rung for one in self.found.rungs if one.message_id == self.message.pk), "")
        if taken not in RUNGS[1:]:
            return ""
        return _("Rung %(n)d: %(name)s") % {"n": RUNGS.index(taken), "name": title("ladder", taken)}

    @property
    def notes(self) -> tuple[Note, ...]:
        """What it did."""
        acts = [span["kind"] for span in (self.message.review or {}).get("acts", ())]
        return margin_of_ours(acts, moved=self.moved)

    @property
    def sent(self) -> Sent | None:
        """How it stands with its mail; None where it has gone."""
        return sent(self.message, self.found.now)

    @property
    def overrules(self) -> list[tuple[StrOrPromise, str]]:
        """The findings it was sent over, with the reasons."""
        return [(title("findings", one.kind), one.reason) for one in self.found.overrules.get(self.message.pk, ())]

    @property
    def promised(self) -> list[tuple[str, str]]:
        """What it promised, and by when."""
        now = self.found.now.astimezone(self.at.tzinfo)
        made = [one for one in self.found.promises if one.message_id == self.message.pk]
        return [
            (visible(one.what), times.promised_by(one.due_at.astimezone(self.at.tzinfo), now, one.whole_day))
            for one in made
        ]

    def key(self) -> Hashable:
        """None while its mail is on the way."""
        if self.sent is not None:
            return None
        one = self.message
        return (
            *("ours", one.pk, self.day, self.at.isoformat(), self.fever, self.moved, self.rung, self.by),
            len(self.files),
            *(len(self.overrules), one.automatic, hash(one.text), tuple(self.promised)),
        )


@dataclass
class Noted(Row):
    """A note among ourselves, with labels on persons pointed out."""

    template = "zgoda/case/note.html"

    @property
    def labels(self) -> list[str]:
        """What the review says of it."""
        return [one["message"] for one in (self.message.review or {}).get("findings", ())]


@dataclass
class Happened(Row):
    """An event."""

    template = "zgoda/case/event.html"

    @cached_property
    def event(self) -> Told:
        """The event in words."""
        return told(self.message, self.at.tzinfo, self.found.now.astimezone(self.at.tzinfo))

    @property
    def undoable(self) -> bool:
        """Whether it is a merge that can be undone."""
        return self.message.event == "merged" and not self.message.data.get("undone")
