"""A conversation, and where it stands: plain frozen values of `guide`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: `author` is `customer` or `agent`; `role` is `supervisor` where the person who took over speaks."""

    author: str
    text: str
    at: datetime | None = None
    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the words of a conversation; everything may be unknown.

    Genders are `m`, `f` or None; `colleague_available` tells whether anybody could take over; `stage` may name `decide`
    or `learn`, which only people can know; `kind` is `note` for an internal note; `interface_language` is the
    language of messages to the agent.
    """

    channel: str | None = None
    agent_name: str | None = None
    agent_gender: str | None = None
    company: str | None = None
    customer_name: str | None = None
    customer_gender: str | None = None
    customer_company: str | None = None
    manager: str | None = None
    colleague_available: bool = True
    stage: str | None = None
    kind: str | None = None
    interface_language: str | None = None
    slots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns in order, with what is known about them."""

    turns: tuple[Turn, ...]
    language: str | None = None
    context: Context = Context()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A ready phrase: its text with the slots filled that are known, those left open, and the rule that proposed it."""

    id: str
    text: str
    open_slots: tuple[str, ...]
    rule: str

    def as_dict(self) -> dict[str, Any]:
        """Wire form."""
        return {"id": self.id, "text": self.text, "open": list(self.open_slots), "rule": self.rule}


@dataclass(frozen=True, slots=True)
class Guidance:
    """Where a conversation stands and what is due next; `why` are row ids of the method."""

    stage: str
    ladder: str
    safety: str
    tension: str
    tension_words: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    phrases: tuple[Suggestion, ...] = ()
    why: tuple[str, ...] = ()
    alarm: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Wire form, in the order of the contract."""
        return {
            "stage": self.stage,
            "ladder": self.ladder,
            "safety": self.safety,
            "tension": self.tension,
            "tension_words": list(self.tension_words),
            "done": list(self.done),
            "missing": list(self.missing),
            "forbidden": list(self.forbidden),
            "phrases": [p.as_dict() for p in self.phrases],
            "why": list(self.why),
            "alarm": self.alarm,
        }
