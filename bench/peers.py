"""What a user would take instead; imported when asked for, and left out with a note where it is absent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Score = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Peer:
    """A library that reads English: how hot it takes a text to be, its own mark of heat, and what it claims to find."""

    name: str
    score: Score
    mark: float
    finds: str


def _vader() -> Score:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    scores = SentimentIntensityAnalyzer().polarity_scores
    return lambda text: -float(scores(text)["compound"])


def _profanity_check() -> Score:
    from profanity_check import predict_prob

    return lambda text: float(predict_prob([text])[0])


def _better_profanity() -> Score:
    from better_profanity import profanity

    profanity.load_censor_words()
    return lambda text: float(profanity.contains_profanity(text))


_KNOWN: tuple[tuple[str, Callable[[], Score], float, str], ...] = (
    ("VADER", _vader, 0.05, "angry or worse"),
    ("alt-profanity-check", _profanity_check, 0.5, "abusive"),
    ("better-profanity", _better_profanity, 0.5, "abusive"),
)


def peers() -> tuple[list[Peer], list[str]]:
    """The peers that are installed, and a note on each that is not."""
    found: list[Peer] = []
    notes: list[str] = []
    for name, load, mark, finds in _KNOWN:
        try:
            found.append(Peer(name, load(), mark, finds))
        except ImportError as missing:
            notes.append(f"{name} left out: {missing}.")
    return found, notes
