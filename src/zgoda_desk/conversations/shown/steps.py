"""The next step in words, and the ten stops of the stage line that the fifteen stages make."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Step(NamedTuple):
    """What is due at a stage: a title and one paragraph that says how and what to leave out."""

    title: StrOrPromise
    text: StrOrPromise


class _Stop(NamedTuple):
    """A stop: its name, the stages it stands for, and the acts of which any shows that it was passed by doing."""

    name: StrOrPromise
    stages: tuple[str, ...]
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop as drawn: `state` is `done`, `skipped`, `now` or empty for what is to come."""

    name: StrOrPromise
    state: str


STEPS: dict[str, Step] = {
    "acknowledge": Step(
        gettext_lazy("Next: say that it has arrived"),
        gettext_lazy(
            "Say that you have read it, who you are, and by what hour the answer comes. "
            "Nothing about causes yet, and no excuse."
        ),
    ),
    "listen": Step(
        gettext_lazy("Next: listen"),
        gettext_lazy(
            "Invite the customer to tell it, with one question at most. Offer nothing yet: the whole of it is not told."
        ),
    ),
    "reflect": Step(
        gettext_lazy("Next: say it back"),
        gettext_lazy(
            "Repeat the key facts in your own words and ask whether that is right. Do not argue with any of them."
        ),
    ),
    "soothe": Step(
        gettext_lazy("Next: the feeling, then sorry, once"),
        gettext_lazy(
            "One clause on what it means to the customer, one sorry for what happened. "
            "Sorry for the feeling is not sorry, and twice is too often."
        ),
    ),
    "facts": Step(
        gettext_lazy("Next: the facts"),
        gettext_lazy("Ask one neutral question about what can be checked. Answer no insult, take up the matter."),
    ),
    "defer": Step(
        gettext_lazy("Next: a date, not a verdict"),
        gettext_lazy(
            "Do not say yet who is to blame or what is due. Say what you check, by what hour, and how you will tell."
        ),
    ),
    "investigate": Step(
        gettext_lazy("Next: check, and keep the hour"),
        gettext_lazy(
            "Look into it until the promised time. If it takes longer, say so before the hour is over "
            "and name a new one."
        ),
    ),
    "decide": Step(
        gettext_lazy("Next: a decision"),
        gettext_lazy("Decide on the facts, or take it to whoever may decide. Until then nothing is promised."),
    ),
    "findings": Step(
        gettext_lazy("Next: what was found"),
        gettext_lazy(
            "Tell what the check has shown, how it happened and what was changed. Names of colleagues stay with us."
        ),
    ),
    "offer": Step(
        gettext_lazy("Next: a way out"),
        gettext_lazy(
            "Offer something concrete, with a choice where there is one, and ask whether it suits. "
            "A rule alone is no answer."
        ),
    ),
    "agreed": Step(
        gettext_lazy("Next: thank, and sum up"),
        gettext_lazy(
            "The customer has agreed. Thank, and repeat in one sentence what happens by when. "
            "No look back at who was right."
        ),
    ),
    "confirm": Step(
        gettext_lazy("Next: make sure it is agreed"),
        gettext_lazy("Put what was agreed in writing and ask for a yes. Add nothing new."),
    ),
    "close": Step(
        gettext_lazy("Next: thank, then stop"),
        gettext_lazy("One word of thanks and an end. The last sentence stays in memory, so it holds no lesson."),
    ),
    "follow_up": Step(
        gettext_lazy("Next: check that all is well"),
        gettext_lazy("Ask after a while whether what was agreed has happened. Most of what comes back is found here."),
    ),
    "learn": Step(
        gettext_lazy("Next: what we learn"),
        gettext_lazy("The case is over. Write down the cause, and what would have prevented it."),
    ),
}
_UNKNOWN = Step(
    gettext_lazy("Next: read it yourself"),
    gettext_lazy("The message is not read yet, so no step is proposed. The desk works as a plain inbox meanwhile."),
)
_STOPS: tuple[_Stop, ...] = (
    _Stop(pgettext_lazy("stage", "Acknowledge"), ("acknowledge",), ("acknowledge",)),
    _Stop(pgettext_lazy("stage", "Listen"), ("listen",), ("invite",)),
    _Stop(pgettext_lazy("stage", "Say back"), ("reflect",), ("paraphrase",)),
    _Stop(pgettext_lazy("stage", "Feeling, sorry"), ("soothe",), ("empathy", "apology")),
    _Stop(pgettext_lazy("stage", "Facts"), ("facts",), ("invite",)),
    _Stop(pgettext_lazy("stage", "Date, not verdict"), ("defer",), ("commit",)),
    _Stop(pgettext_lazy("stage", "Check"), ("investigate", "decide", "findings"), ("findings",)),
    _Stop(pgettext_lazy("stage", "Offer"), ("offer",), ("solution", "compensation")),
    _Stop(pgettext_lazy("stage", "Agree"), ("agreed", "confirm"), ("confirm",)),
    _Stop(pgettext_lazy("stage", "Thank, close"), ("close", "follow_up", "learn"), ("thanks",)),
)


def next_step(stage: str) -> Step:
    """The words for a stage; for none, that nothing is proposed."""
    return STEPS.get(stage, _UNKNOWN)


def stops(stage: str, done: Collection[str]) -> tuple[Stop, ...]:
    """The ten stops at a stage; `done` are the acts done so far, an earlier stop that nobody did is skipped."""
    here = next((number for number, stop in enumerate(_STOPS) if stage in stop.stages), -1)
    return tuple(Stop(stop.name, _state(number, here, stop, done)) for number, stop in enumerate(_STOPS))


def _state(number: int, here: int, stop: _Stop, done: Collection[str]) -> str:
    if number == here:
        return "now"
    if number > here:
        return ""
    return "done" if any(act in done for act in stop.acts) else "skipped"
