"""The turns of a conversation as observed: what was read in a customer's words, what an agent's words do."""

from __future__ import annotations

from dataclasses import dataclass

from zgoda.guidance.cues import NO_CUES, Cues
from zgoda.values import Reading


@dataclass(frozen=True, slots=True)
class CustomerTurn:
    """A customer's turn: its reading, its cues, and the text that their spans index (for the words of tension)."""

    reading: Reading
    cues: Cues = NO_CUES
    text: str = ""


@dataclass(frozen=True, slots=True)
class AgentTurn:
    """An agent's turn: acts of labels-2.1, whether a promise with a time stands in it, the role of who speaks."""

    acts: frozenset[str] = frozenset()
    dated: bool = False
    role: str | None = None


Observed = CustomerTurn | AgentTurn
