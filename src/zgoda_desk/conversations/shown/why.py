"""The sentence that says why a conversation stands where it does in the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, ngettext

from zgoda_desk.conversations.shown.later import later

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_MOST = 3
_DUE: dict[str, dict[str, StrOrPromise]] = {
    "late": {
        "promise": gettext_lazy("our promise is broken"),
        "acknowledge": gettext_lazy("the acknowledgement is late"),
        "answer": gettext_lazy("our answer is late"),
        "statute": gettext_lazy("a legal term has passed"),
        "": gettext_lazy("a term has passed"),
    },
    "soon": {
        "promise": gettext_lazy("a promise is due within 15 minutes"),
        "acknowledge": gettext_lazy("the acknowledgement is due within 15 minutes"),
        "answer": gettext_lazy("our answer is due within 15 minutes"),
        "statute": gettext_lazy("a legal term ends within 15 minutes"),
        "": gettext_lazy("a term ends within 15 minutes"),
    },
    "today": {
        "promise": gettext_lazy("a promise is due today"),
        "acknowledge": gettext_lazy("the acknowledgement is due today"),
        "answer": gettext_lazy("our answer is due today"),
        "statute": gettext_lazy("a legal term ends today"),
        "": gettext_lazy("a term ends today"),
    },
    "week": {
        "promise": gettext_lazy("a promise is due this week"),
        "acknowledge": gettext_lazy("the acknowledgement is due this week"),
        "answer": gettext_lazy("our answer is due this week"),
        "statute": gettext_lazy("a legal term ends this week"),
        "": gettext_lazy("a term ends this week"),
    },
}
_HEAT: dict[str, StrOrPromise] = {
    "angry": gettext_lazy("the last message is angry"),
    "abusive": gettext_lazy("the last message is abusive"),
}
_MESSAGES: dict[int, StrOrPromise] = {
    2: gettext_lazy("it is the second message"),
    3: gettext_lazy("it is the third message"),
    4: gettext_lazy("it is the fourth message"),
    5: gettext_lazy("it is the fifth message"),
}
_BY_DAY: tuple[StrOrPromise, ...] = (
    gettext_lazy("it is needed by Monday"),
    gettext_lazy("it is needed by Tuesday"),
    gettext_lazy("it is needed by Wednesday"),
    gettext_lazy("it is needed by Thursday"),
    gettext_lazy("it is needed by Friday"),
    gettext_lazy("it is needed by Saturday"),
    gettext_lazy("it is needed by Sunday"),
)


class Grounds(NamedTuple):
    """What bears on a place: danger, our word and clocks, heat, care, contacts, the day it is needed by.

    `due_when` is `late`, `soon`, `today`, `week` or empty, for the next thing due, of kind `due_kind`.
    """

    threat: bool = False
    self_harm: bool = False
    broken: bool = False
    due_kind: str = ""
    due_when: str = ""
    state: str = ""
    care: bool = False
    contacts: int = 0
    repeat: bool = False
    days_left: int | None = None
    needed_by: date | None = None
    unanswered: bool = False


def why(grounds: Grounds, *, first: bool) -> StrOrPromise:
    """One plain sentence of at most three clauses, the weightiest first; `first` for the row at the top."""
    return later(lambda: _sentence([str(clause) for clause in _clauses(grounds)][:_MOST], first=first))


def _sentence(clauses: list[str], *, first: bool) -> str:
    if not clauses:
        return gettext("Nothing is due here.")
    values = dict(zip("abc", clauses, strict=False))
    frames: tuple[Callable[[], str], ...] = (
        (
            lambda: gettext("First because %(a)s."),
            lambda: gettext("First because %(a)s and %(b)s."),
            lambda: gettext("First because %(a)s, %(b)s and %(c)s."),
        )
        if first
        else (
            lambda: gettext("Here because %(a)s."),
            lambda: gettext("Here because %(a)s and %(b)s."),
            lambda: gettext("Here because %(a)s, %(b)s and %(c)s."),
        )
    )
    return frames[len(clauses) - 1]() % values


def _clauses(grounds: Grounds) -> Iterator[StrOrPromise]:
    """Whole clauses, the weightiest first; heat comes last unless nothing weightier stands before it."""
    pressing = [*_danger(grounds), *_due(grounds)]
    yield from pressing
    heat = _HEAT.get(grounds.state)
    if heat and not pressing:
        yield heat
    yield from _contacts(grounds)
    yield from _needed(grounds)
    if grounds.care:
        yield gettext_lazy("care is needed")
    if heat and pressing:
        yield heat
    if grounds.unanswered and not pressing:
        yield gettext_lazy("nobody has answered yet")


def _danger(grounds: Grounds) -> Iterator[StrOrPromise]:
    if grounds.threat:
        yield gettext_lazy("a person is threatened")
    if grounds.self_harm:
        yield gettext_lazy("there is talk of self-harm")


def _due(grounds: Grounds) -> Iterator[StrOrPromise]:
    """A broken promise says it all; else the next thing that is due."""
    if grounds.broken:
        yield _DUE["late"]["promise"]
    elif grounds.due_when:
        by_kind = _DUE[grounds.due_when]
        yield by_kind.get(grounds.due_kind, by_kind[""])


def _contacts(grounds: Grounds) -> Iterator[StrOrPromise]:
    n = grounds.contacts
    if n in _MESSAGES:
        yield _MESSAGES[n]
    elif n > max(_MESSAGES):
        yield ngettext("there is %(n)d message already", "there are %(n)d messages already", n) % {"n": n}
    elif grounds.repeat:
        yield gettext_lazy("the customer has written before")


def _needed(grounds: Grounds) -> Iterator[StrOrPromise]:
    """The customer's own day, while it lies ahead."""
    left, day = grounds.days_left, grounds.needed_by
    if left is None or day is None or left < 0:
        return
    if left == 0:
        yield gettext_lazy("it is needed today")
    elif left == 1:
        yield gettext_lazy("it is needed by tomorrow")
    elif left < 7:
        yield _BY_DAY[day.weekday()]
    else:
        yield gettext("it is needed by %(date)s") % {"date": date_format(day, "MONTH_DAY_FORMAT")}
