"""From what was observed in a turn to the events of the protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from zgoda.guidance.tension import Trend
from zgoda.guidance.turns import AgentTurn, CustomerTurn
from zgoda.protocol import State
from zgoda.values import Span

SUPERVISOR = "supervisor"


class Promised(NamedTuple):
    """A promise of an agent's turn as it bears on the stage: its place, whether it has a time, and what it is of."""

    start: int
    end: int
    dated: bool
    only_steps: bool


_Placed = TypeVar("_Placed", Span, Promised)


def acts_of(spans: Sequence[Span], promises: Sequence[Promised] = ()) -> frozenset[str]:
    """The acts of a turn, by what they do in a conversation.

    Neither an offer nor the result of a check are words that only repeat what the customer said (S3.22); where all that
    is promised is to look into it or to be in touch, that is a step and no offer (S2.20).
    """
    repeated = [s for s in spans if s.kind in ("paraphrase", "acknowledge")]
    nothing_new = {s for s in spans if s.kind in ("solution", "findings") and _touched(s, repeated)}
    nothing_new |= {s for s in spans if s.kind == "solution" and _steps(s, promises)}
    return frozenset(s.kind for s in spans if s not in nothing_new)


def _steps(span: Span, promises: Sequence[Promised]) -> bool:
    own = _touched(span, promises)
    return bool(own) and all(promise.only_steps for promise in own)


def _touched(span: Span, others: Sequence[_Placed]) -> list[_Placed]:
    return [other for other in others if span.start < other.end and other.start < span.end]


class Observer:
    """Names the events of a turn, with the settings of [observing]."""

    def __init__(self, settings: Mapping[str, Any], agent_events: Iterable[str]) -> None:
        self._enough = frozenset(settings["enough"])
        self._not_heat = frozenset(settings["not_heat"])
        self._at_person = frozenset(settings["at_person"])
        self._not_beside = {rung: frozenset(acts) for rung, acts in settings.get("not_beside", {}).items()}
        self._order = tuple(agent_events)

    def agent(self, turn: AgentTurn, state: State) -> list[str]:
        """The events of an agent's turn, in the order of the protocol.

        The act of the open rung leaves no room for some others (`not_beside`) unless the turn asks for a yes: a limit
        declares an intent and a consequence, which are no offer and no step yet; a release names a time to come back,
        which is no promise of ours.
        """
        found = set(turn.acts)
        if turn.dated:
            found.add("dated_promise")
        if turn.role == SUPERVISOR and "taken_over" not in state.facts:
            found.add("takes_over")
        if state.ladder in found and "confirm" not in found:
            found -= self._not_beside.get(state.ladder, frozenset())
        return [event for event in self._order if event in found]

    def customer(self, turn: CustomerTurn, trend: Trend, *, asked: bool) -> list[str]:
        """The events of a customer's turn: danger, conduct, facts, and what he says to us; `asked` if we had asked."""
        events = ["self_harm"] if any(s.kind == "self_harm" for s in turn.reading.signals) else []
        events.append(self._conduct(turn, trend))
        if any(fact.kind in self._enough for fact in turn.reading.facts):
            events.append("names_facts")
        return events + _saying(turn, asked=asked)

    def _conduct(self, turn: CustomerTurn, trend: Trend) -> str:
        """The gravest conduct of the turn; announcing a complaint, a suit or leaving is none."""
        kinds, aim = {span.kind for span in turn.reading.abuse}, turn.cues.aim
        signals = {span.kind for span in turn.reading.signals}
        heat = turn.reading.state == "angry" and not signals & self._not_heat
        by_gravity = {
            "threatens_person": "threat" in kinds and turn.cues.threat != "property",
            "insults_person": "threat" in kinds
            or self._at_person & kinds
            or aim == "person"
            or (aim is None and "insult" in kinds),
            "insults_firm": "insult" in kinds or aim == "firm",
            "loses_control": "loss_of_control" in kinds,
            "swears": "profanity" in kinds or turn.reading.state == "abusive",
            "rises": trend.rises_again and heat,
        }
        return next((conduct for conduct, holds in by_gravity.items() if holds), "reasonable")


def _saying(turn: CustomerTurn, *, asked: bool) -> list[str]:
    """What he says to us, the first that holds; a no in anger is both, and the anger comes first."""
    cues, state = turn.cues, turn.reading.state
    hot = state in ("angry", "abusive")
    if cues.refuses:
        return ["rages", "refuses"] if hot else ["refuses"]
    said = {"accepts": cues.accepts, "rages": hot, "complains": state == "dissatisfied", "asks": cues.asks}
    return [next((event for event, holds in said.items() if holds), "answers" if asked else "tells")]
