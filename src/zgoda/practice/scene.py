"""Where a practice conversation stands, and what the customer just said: frozen values that can be kept as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zgoda.errors import InputError
from zgoda.practice.fill import filled
from zgoda.practice.persona import Persona

ENDINGS = ("", "agreed", "left", "released")


@dataclass(frozen=True, slots=True)
class Scene:
    """One conversation being played; nothing in it changes, `answer` gives the next one.

    `heat` is 0..100; `opened` and `at` (the last thing that happened) have zones; `seed` chooses among equal lines;
    `done` are the acts that the agent has performed, each as often as he did; `rising` counts replies in a row that
    heated; `limits` the limits stated in time; `used` are marks of the lines already said.
    """

    persona: Persona
    opened: datetime
    at: datetime
    heat: int
    seed: int = 0
    turn: int = 0
    done: tuple[str, ...] = ()
    rising: int = 0
    limits: int = 0
    cared: bool = False
    ending: str = ""
    used: tuple[str, ...] = ()

    @property
    def mood(self) -> str:
        """The state of labels-1.1 that the heat stands for."""
        return self.persona.rules.mood(self.heat)

    @property
    def text(self) -> str:
        """The customer's first message, with its slots filled."""
        return filled(self.persona.opening, self.persona, self.opened)

    @property
    def subject(self) -> str:
        """The subject of that message, where it is a mail."""
        return filled(self.persona.subject, self.persona, self.opened)

    def as_dict(self) -> dict[str, Any]:
        """A form for JSON, which `scene_from` reads."""
        return {
            "persona": self.persona.id,
            "opened": self.opened.isoformat(),
            "at": self.at.isoformat(),
            "heat": self.heat,
            "seed": self.seed,
            "turn": self.turn,
            "done": list(self.done),
            "rising": self.rising,
            "limits": self.limits,
            "cared": self.cared,
            "ending": self.ending,
            "used": list(self.used),
        }


def scene_from(kept: dict[str, Any], known: Iterable[Persona]) -> Scene:
    """The scene that `as_dict` wrote. Raises InputError where its persona is not among the known ones."""
    persona = next((one for one in known if one.id == kept["persona"]), None)
    if persona is None:
        raise InputError(f"there is no persona {kept['persona']!r}; the content that this scene was played with had it")
    fields: dict[str, Any] = {name: datetime.fromisoformat(kept[name]) for name in ("opened", "at")}
    fields |= {name: tuple(kept[name]) for name in ("done", "used")}
    fields |= {name: kept[name] for name in ("heat", "seed", "turn", "rising", "limits", "cared", "ending")}
    return Scene(persona, **fields)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the customer says next: `text` (empty where he has nothing to add), his heat 0..100 and mood after it.

    `trigger` names what he answers to and `change` how far the heat moved; `done` tells that he will not write again
    by himself: he has agreed, has left, or was released.
    """

    text: str
    heat: int
    mood: str
    done: bool
    scene: Scene
    trigger: str
    change: int
