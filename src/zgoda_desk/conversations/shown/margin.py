"""What was read in a message, in short notes at its margin; beside a reply of ours, what it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from zgoda_desk.conversations.shown.folding import speakable
from zgoda_desk.conversations.shown.later import later, listed
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.conversations.shown.words import ABUSE, title, titles
from zgoda_desk.conversations.shown.words_of_replies import RUNGS, SAID

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_RISKS = ("legal", "regulator", "publicity", "churn")
_HOT = ("angry", "abusive")
_TERMS = ("date", "time", "money", "duration")
_MOST_WORDS = 3
_AIMS: dict[str, StrOrPromise] = {
    "person": gettext_lazy("aimed at you"),
    "firm": gettext_lazy("aimed at the firm"),
    "situation": gettext_lazy("aimed at the situation"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One note: `name` is the strong word it begins with (may be empty), `text` ours, `words` the customer's own.

    `kind` is `wants`, `dropped`, `risks`, `care`, `abuse`, `rung`, `facts`, `said`, `moved` or
    `unread`.
    """

    kind: str
    name: StrOrPromise = ""
    text: StrOrPromise = ""
    words: tuple[str, ...] = ()


def margin(
    reading: Mapping[str, Any] | None,
    *,
    ladder: str = "none",
    aim: str | None = None,
    earlier_demands: Sequence[str] = (),
) -> tuple[Note, ...]:
    """The notes beside a customer's message; one that says so where there is no reading yet.

    `ladder` is the rung that `guide` opened after it; `aim` whom its abuse aims at (`person`, `firm`, `situation`),
    None where that is not known; `earlier_demands` what the message before it asked for.
    """
    if reading is None:
        return (Note("unread", "", gettext_lazy("not read yet")),)
    return (
        *_wants(reading),
        *_dropped(reading, earlier_demands),
        *_signals(reading, "risks", pgettext_lazy("margin", "Risks"), _RISKS),
        *_care(reading),
        *_abuse(reading, ladder, aim),
        *_facts(reading),
    )


def margin_of_ours(
    acts: Sequence[str],
    *,
    moved: tuple[int, int] | None = None,
    rung: str | None = None,
) -> tuple[Note, ...]:
    """The notes beside a reply of ours: what it did, by the acts of its review in order, repeats and all.

    `moved` is the customer's temperature before and after it; `rung` the rung that was taken with it.
    """
    notes: list[Note] = []
    if rung in RUNGS and rung != "none":
        notes.append(Note("rung", RUNGS[rung]))
    said = [_said(act, acts.count(act)) for act in dict.fromkeys(acts) if act in SAID]
    if said:
        notes.append(Note("said", "", listed(said)))
    if moved is not None:
        notes.append(_moved(*moved))
    return tuple(notes)


def _wants(reading: Mapping[str, Any]) -> tuple[Note, ...]:
    """What is demanded, and the terms named in the sentences that demand it."""
    if not reading["demands"]:
        return ()
    return (Note("wants", pgettext_lazy("margin", "Wants"), titles("demands", reading["demands"]), _terms(reading)),)


def _terms(reading: Mapping[str, Any]) -> tuple[str, ...]:
    asked = [(s["start"], s["end"]) for s in reading["sentences"] if s["role"] == "demand"]
    named = [
        visible(fact["text"])
        for fact in reading["facts"]
        if fact["kind"] in _TERMS
        and _tells(fact)
        and any(start <= fact["start"] < end for start, end in asked)
        and speakable(fact, reading["abuse"])
    ]
    return tuple(dict.fromkeys(named))[:_MOST_WORDS]


def _tells(fact: Mapping[str, Any]) -> bool:
    """Whether the words tell a term by themselves: of `after ten` alone stands `ten`."""
    return fact["kind"] != "time" or bool(fact.get("value")) or any(map(str.isdigit, fact["text"]))


def _dropped(reading: Mapping[str, Any], earlier: Sequence[str]) -> tuple[Note, ...]:
    """Demands of the message before that this one names no longer, told only where it demands something else."""
    gone = [name for name in earlier if name not in reading["demands"]]
    if not gone or not reading["demands"]:
        return ()
    listing = titles("demands", gone)
    text = later(lambda: gettext("no longer named: %(demands)s") % {"demands": listing})
    return (Note("dropped", "", text),)


def _signals(reading: Mapping[str, Any], kind: str, name: StrOrPromise, kinds: Sequence[str]) -> tuple[Note, ...]:
    found = {span["kind"] for span in reading["signals"]}
    here = [name for name in kinds if name in found]
    return (Note(kind, name, titles("signals", here)),) if here else ()


def _care(reading: Mapping[str, Any]) -> tuple[Note, ...]:
    """Self-harm by its name, other need of care by the customer's own words."""
    notes = _signals(reading, "care", pgettext_lazy("margin", "Care"), ("self_harm",))
    told = [s for s in reading["signals"] if s["kind"] == "vulnerable" and speakable(s, reading["abuse"])]
    words = tuple(dict.fromkeys(visible(s["text"]) for s in told))[:_MOST_WORDS]
    return (*notes, Note("care", pgettext_lazy("margin", "Care"), "", words)) if words else notes


def _abuse(reading: Mapping[str, Any], ladder: str, aim: str | None) -> tuple[Note, ...]:
    """Which abuse, whom it aims at, and the rung it opened; that none did is told as well."""
    kinds = [kind for kind in ABUSE if any(span["kind"] == kind for span in reading["abuse"])]
    if not kinds:
        return ()
    aimed = [_AIMS[aim]] if aim in _AIMS else []
    notes = [Note("abuse", "", listed([*(title("abuse", kind) for kind in kinds), *aimed]))]
    notes.append(Note("rung", RUNGS.get(ladder, RUNGS["none"])))
    if "threat" not in kinds:
        notes.append(Note("abuse", "", gettext_lazy("no threat")))
    return tuple(notes)


def _facts(reading: Mapping[str, Any]) -> tuple[Note, ...]:
    """How many facts, told where they stand without heat; never beside talk of self-harm, which is no calm."""
    n = len(reading["facts"])
    in_need = any(span["kind"] == "self_harm" for span in reading["signals"])
    if reading["state"] in _HOT or in_need or not n:
        return ()
    return (Note("facts", "", later(lambda: ngettext("%(n)d fact, no heat", "%(n)d facts, no heat", n) % {"n": n})),)


def _said(act: str, n: int) -> StrOrPromise:
    if act == "apology" and n > 1:
        return later(lambda: ngettext("sorry %(n)d time", "sorry %(n)d times", n) % {"n": n})
    return SAID[act]


def _moved(before: int, after: int) -> Note:
    values = {"before": before, "after": after}
    return Note("moved", later(lambda: gettext("%(before)d to %(after)d") % values), gettext_lazy("after it"))
