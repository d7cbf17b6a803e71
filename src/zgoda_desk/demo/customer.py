"""One customer of the demo: what he has written and heard, how warm he is, and what he writes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zgoda.practice import Persona, Scene, answer, open_scene, scene_from
from zgoda.values import Conversation as Spoken
from zgoda.values import Guidance, Turn
from zgoda_desk.conversations.engine import RECENT, engine
from zgoda_desk.demo.letters import Letter

_THREAD = 20  # ids that a mail names


@dataclass
class Customer:
    """He stands outside the desk and knows only his own mails and those he got; `inbox` is where he writes to.

    `told` names what happened to promises and was answered already.
    """

    scene: Scene
    inbox: str
    said: list[tuple[str, str, datetime]] = field(default_factory=list)  # side, words, when
    thread: tuple[str, ...] = ()
    told: set[str] = field(default_factory=set)

    @property
    def persona(self) -> Persona:
        """Who he is."""
        return self.scene.persona

    def opens(self) -> Letter:
        """His first mail, written when the scene was opened."""
        return self._letter(self.scene.subject, self.scene.text, self.scene.opened)

    def hears(self, text: str, identity: str, now: datetime) -> None:
        """A reply reached him."""
        self.said.append(("agent", text, now))
        self.thread = (*self.thread, identity)[-_THREAD:]

    def answers(self, event: str, now: datetime) -> Letter | None:
        """What he writes to the last reply or to an event of `zgoda.practice`; None where he has nothing to add."""
        replied = event == "reply" and bool(self.said) and self.said[-1][0] == "agent"
        if event == "reply" and not replied:
            return None
        review = self._review(now) if replied else None
        reacted = answer(self.scene, review, self._due(now) if replied else None, event=event, now=now)
        self.scene = reacted.scene
        return self._letter(f"Re: {self.scene.subject}", reacted.text, now) if reacted.text else None

    def as_dict(self) -> dict[str, Any]:
        """A form for JSON, which `customer_from` reads."""
        return {
            "scene": self.scene.as_dict(),
            "inbox": self.inbox,
            "said": [[side, text, at.isoformat()] for side, text, at in self.said],
            "thread": list(self.thread),
            "told": sorted(self.told),
        }

    def _letter(self, subject: str, text: str, at: datetime) -> Letter:
        who, number = self.persona, len(self.said) + 1
        domain = who.email.rpartition("@")[2]
        identity = f"{who.id}.{number}.{int(self.scene.opened.timestamp())}@{domain}"
        letter = Letter(who.name, who.email, self.inbox, subject, text.strip(), identity, at, self.thread)
        self.said.append(("customer", letter.text, at))
        self.thread = (*self.thread, identity)[-_THREAD:]
        return letter

    def _review(self, now: datetime) -> Any:
        *before, last = self._turns()
        return engine().review(last.text, history=tuple(before), now=now, language=self.persona.language)

    def _due(self, now: datetime) -> Guidance | None:
        """What was due before the reply."""
        before = self._turns()[:-1]
        return engine().guide(Spoken(before, self.persona.language), now=now) if before else None

    def _turns(self) -> tuple[Turn, ...]:
        recent = self.said[-RECENT:]
        return tuple(Turn("customer" if side == "customer" else "agent", text, at=at) for side, text, at in recent)


def new_customer(persona: Persona, inbox: str, now: datetime) -> Customer:
    """A customer whose scene opens now and who has not written yet."""
    return Customer(open_scene(persona, now), inbox)


def customer_from(kept: dict[str, Any], known: Iterable[Persona]) -> Customer:
    """The customer that `as_dict` wrote; InputError where his persona is not known any more."""
    said = [(side, text, datetime.fromisoformat(at)) for side, text, at in kept["said"]]
    scene = scene_from(kept["scene"], known)
    return Customer(scene, kept["inbox"], said, tuple(kept["thread"]), set(kept["told"]))
