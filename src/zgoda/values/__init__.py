"""Frozen values shared by every room: what a reading is made of (the wire names are a contract)."""

from zgoda.values.labels import ABUSE, CAUSES, CHANNELS, DEMANDS, FACTS, LANGUAGES, ROLES, SIGNALS, STATES
from zgoda.values.reading import Fact, Reading, Reason, Sentence, Span

__all__ = [
    "ABUSE",
    "CAUSES",
    "CHANNELS",
    "DEMANDS",
    "FACTS",
    "LANGUAGES",
    "ROLES",
    "SIGNALS",
    "STATES",
    "Fact",
    "Reading",
    "Reason",
    "Sentence",
    "Span",
]
