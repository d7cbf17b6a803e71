"""How heat moves over the customer's turns, with the words that made it so (labels-4, E17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from zgoda.guidance.turns import CustomerTurn
from zgoda.values.labels import STATES

_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Trend:
    """`falling`, `steady` or `rising`; `rises_again` where the turn before had risen too."""

    tension: str = "steady"
    words: tuple[str, ...] = ()
    rises_again: bool = False


STEADY = Trend()


class Thermometer:
    """Compares turns by the settings of [tension]."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._step: int = settings["step"]
        self.rises: int = settings["rises"]

    def trend(self, turns: Sequence[CustomerTurn]) -> Trend:
        """Of the last customer's turn against those before it; one turn is steady."""
        if len(turns) < 2:
            return STEADY
        tension = self._between(turns[-2], turns[-1])
        words = () if tension == "steady" else _words(turns[-1], rising=tension == "rising")
        recent = turns[-self.rises - 1 :]
        again = len(recent) > self.rises and all(self._between(a, b) == "rising" for a, b in pairwise(recent))
        return Trend(tension, words, again)

    def _between(self, before: CustomerTurn, after: CustomerTurn) -> str:
        degrees = after.reading.temperature - before.reading.temperature
        states = STATES.index(after.reading.state) - STATES.index(before.reading.state)
        if abs(degrees) < self._step and not states:
            return "steady"
        return "rising" if (states or degrees) > 0 else "falling"


def _words(turn: CustomerTurn, *, rising: bool) -> tuple[str, ...]:
    """The words that a rise rests on (abuse, risks, what the state rests on), or a fall (thanks, regret, a yes)."""
    reading, text = turn.reading, turn.text
    if not rising:
        return turn.cues.cooling[:_MOST_WORDS]
    spans = [(s.start, s.end, s.text) for s in (*reading.abuse, *reading.signals)]
    for reason in reading.reasons:
        if reason.label.startswith("state:") and reason.end - reason.start < len(text):
            spans.append((reason.start, reason.end, text[reason.start : reason.end]))
    kept, covered = list[str](), -1
    for _, end, words in sorted(spans, key=lambda s: (s[0], -s[1])):
        if end > covered and words.strip():
            kept.append(words)
            covered = end
    return tuple(dict.fromkeys(kept))[:_MOST_WORDS]
