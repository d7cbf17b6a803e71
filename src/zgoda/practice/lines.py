"""The words of an answer: a reaction to what the reply did, then a line of the case, none twice while others wait."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b

from zgoda.practice.fill import filled
from zgoda.practice.persona import Lines, Persona
from zgoda.practice.scene import Scene
from zgoda.values import STATES

ANY = "any"
_STRIKING = re.compile(r"\b[^\W\d_]{4,}")


def said(scene: Scene, trigger: str) -> tuple[str, tuple[str, ...]]:
    """The answer of a scene that has already moved, and the marks of the lines it is made of."""
    persona = scene.persona
    parts = [_choose(reactions(persona, trigger, scene.mood), scene)]
    if trigger in persona.rules.with_details:
        parts.append(_choose(persona.details, scene))
    elif trigger in persona.rules.with_case:
        parts.append(_choose(nearest(persona.case, scene.mood), scene, parts[0]))
    text = " ".join(filled(part, persona, scene.opened) for part in parts if part)
    return text, tuple(_mark(part) for part in parts if part)


def reactions(persona: Persona, trigger: str, mood: str) -> tuple[str, ...]:
    """What this persona may say to a trigger in a mood: his own words, else those of his language; never empty."""
    group = persona.rules.group(trigger)
    for lines, keys in ((persona.lines, (trigger, group)), (persona.voice.lines, (trigger,))):
        for key in keys:
            found = _in_mood(lines, key, mood)
            if found:
                return found
    return nearest(persona.voice.lines[trigger], mood)


def _in_mood(lines: Lines, key: str, mood: str) -> tuple[str, ...]:
    moods = lines.get(key, {})
    return (*moods.get(mood, ()), *moods.get(ANY, ()))


def nearest(moods: Mapping[str, tuple[str, ...]], mood: str) -> tuple[str, ...]:
    """The lines of a mood, else of the mood next to it, the cooler one first."""
    at = STATES.index(mood)
    order = sorted(STATES, key=lambda state: abs(STATES.index(state) - at))
    return next((moods[state] for state in order if moods.get(state)), ())


def line_count(lines: Lines) -> int:
    """How many texts there are."""
    return sum(len(texts) for moods in lines.values() for texts in moods.values())


def _choose(options: tuple[str, ...], scene: Scene, before: str = "") -> str:
    """One of the options by the scene's seed: first those not said yet, then the one said longest ago."""
    if not options:
        return ""
    fresh = _apart([line for line in options if _mark(line) not in scene.used], before)
    if fresh:
        drawn = blake2b(f"{scene.seed}/{scene.turn}/{fresh[0]}".encode(), digest_size=4).digest()
        return fresh[int.from_bytes(drawn) % len(fresh)]
    last = {mark: at for at, mark in enumerate(scene.used)}
    return min(options, key=lambda line: last[_mark(line)])


def _apart(options: list[str], before: str) -> list[str]:
    """The options that repeat the fewest words of what stands before, so that nothing is said twice in a row."""
    said_words = set(_STRIKING.findall(before.casefold()))
    shared = [len(said_words & set(_STRIKING.findall(line.casefold()))) for line in options]
    return [line for line, count in zip(options, shared, strict=True) if count == min(shared)]


def _mark(line: str) -> str:
    return blake2b(line.encode(), digest_size=4).hexdigest()
