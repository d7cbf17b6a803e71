"""A scene opened and played on: each reply or event gives the customer's answer and the scene after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from zgoda.errors import InputError
from zgoda.practice.lines import said
from zgoda.practice.move import Move, of_event, of_reply
from zgoda.practice.persona import Persona
from zgoda.practice.rules import EVENTS, MoodRules
from zgoda.practice.scene import Answer, Scene
from zgoda.values import Guidance, Review

_HOUR = timedelta(hours=1)


def open_scene(persona: Persona, now: datetime, *, seed: int = 0) -> Scene:
    """A new conversation: `scene.text` is the customer's first message, written at `now` (with a zone).

    Raises InputError for a time without a zone.
    """
    _zoned(now)
    return Scene(persona, now, now, persona.heat, seed=seed, ending="agreed" if persona.agreed else "")


def answer(
    scene: Scene,
    review: Review | None = None,
    guidance: Guidance | None = None,
    *,
    event: str = "reply",
    now: datetime,
) -> Answer:
    """What the customer says to a reply (its `review`) or to an event, and how warm he is after it.

    `guidance` is what was due before the reply: what it forbids does not cool. `event` is `reply`, `promise_kept`,
    `promise_broken` or `silence` (nobody has written). The same scene and reply give the same answer. Raises
    InputError for another event, a reply without its review, and a time without a zone.
    """
    _zoned(now)
    if event not in EVENTS:
        raise InputError(f"event must be one of {', '.join(EVENTS)}, came {event!r}")
    if event == "silence" and scene.ending:
        return _silent(scene, now)
    if event != "reply":
        return _moved(scene, of_event(scene, event), (), now)
    if review is None:
        raise InputError("a reply is answered by its review; none was given")
    acts = tuple(dict.fromkeys(span.kind for span in review.acts))
    move = of_reply(scene, review, guidance)
    if scene.ending and not _goes_on(scene, move):
        return _silent(scene, now)
    return _moved(scene, move, acts, now)


def _goes_on(scene: Scene, move: Move) -> bool:
    """Whether an ended conversation is taken up: by a sting, by a first confirmation, or by a word that cools."""
    if scene.ending == "agreed":
        return move.trigger == "stung" or (scene.persona.agreed and not scene.turn)
    return move.change < 0


def _moved(scene: Scene, move: Move, acts: tuple[str, ...], now: datetime) -> Answer:
    """The answer to a move, and the scene after it."""
    heat = _heat(scene, move, acts, now)
    rising = scene.rising + 1 if move.change > 0 else 0
    ending = _ending(scene, move, acts, heat, rising)
    after = replace(
        scene,
        at=max(now, scene.at),
        heat=heat,
        turn=scene.turn + 1,
        done=(*scene.done, *acts),
        rising=rising,
        limits=scene.limits + (move.trigger == "limited"),
        cared=scene.cared or move.trigger == "cared",
        ending=ending,
    )
    trigger = ending if ending and move.trigger != "promise_kept" else move.trigger
    text, marks = said(after, trigger)
    after = replace(after, used=(*after.used, *marks))
    return Answer(text, heat, after.mood, bool(ending), after, trigger, heat - scene.heat)


def _heat(scene: Scene, move: Move, acts: tuple[str, ...], now: datetime) -> int:
    """The heat after a move, within the bounds of the persona, of the table and of the move."""
    persona, kept = scene.persona, move.trigger == "promise_kept"
    moved = scene.heat + move.change + _waited(scene, move, now)
    floor = 0 if kept else min(scene.heat, _floor(persona.rules, {*scene.done, *acts}))
    return min(max(min(moved, move.ceiling), move.floor, floor), persona.ceiling)


def _floor(rules: MoodRules, done: set[str]) -> int:
    """The heat under which nobody falls before the matter is settled."""
    if done & rules.way_out - {"commit"}:
        return 0
    return rules.limits["floor_promised" if "commit" in done else "floor_without_way_out"]


def _waited(scene: Scene, move: Move, now: datetime) -> int:
    """Degrees for the hours that one who is displeased has waited for a word."""
    limits = scene.persona.rules.limits
    if scene.mood == "calm" or move.trigger in ("promise_kept", "promise_broken"):
        return 0
    return min(max((now - scene.at) // _HOUR, 0) * limits["waiting_per_hour"], limits["waiting_most"])


def _ending(scene: Scene, move: Move, acts: tuple[str, ...], heat: int, rising: int) -> str:
    """How the conversation ends with this move, empty where it goes on."""
    persona = scene.persona
    if "release" in acts and move.trigger != "abandoned":
        return "released"
    if move.change > 0:
        return "left" if rising >= persona.patience else ""
    offered = persona.rules.way_out & set(acts) - {"commit"}
    settled = move.trigger == "promise_kept" or offered or (persona.agreed and scene.ending == "agreed")
    caring = persona.care and not (scene.cared or move.trigger == "cared")
    return "agreed" if settled and heat <= persona.agrees_at and not caring else ""


def _silent(scene: Scene, now: datetime) -> Answer:
    """He has nothing to add."""
    return Answer("", scene.heat, scene.mood, True, replace(scene, at=max(now, scene.at)), "", 0)


def _zoned(now: datetime) -> None:
    if now.tzinfo is None:
        raise InputError("the time needs a zone, for example 2026-11-26T12:00+01:00")
