"""Slots of a line filled: facts of the case, days counted from the opening, and forms that follow the gender."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from zgoda.practice.persona import Persona

_SLOT = re.compile(r"\{([^{}]{1,80})\}")
_DAY = re.compile(r"(date|on)([+-]\d{1,3})")
_DEPTH = 2  # a fact may hold a date


def filled(line: str, persona: Persona, opened: datetime) -> str:
    """The line with every slot filled; a slot that nothing fills stays, which the content check refuses."""
    for _ in range(_DEPTH):
        line = _SLOT.sub(lambda slot: _value(slot, persona, opened), line)
    return line


def _value(slot: re.Match[str], persona: Persona, opened: datetime) -> str:
    name = slot[1]
    if "|" in name:
        return name.split("|")["mf".index(persona.gender)]
    if name in persona.facts:
        return persona.facts[name]
    day = _DAY.fullmatch(name)
    return _day(day, persona, opened) if day else slot[0]


def _day(slot: re.Match[str], persona: Persona, opened: datetime) -> str:
    voice, at = persona.voice, opened + timedelta(days=int(slot[2]))
    if slot[1] == "on":
        return voice.on_days[at.weekday()]
    return voice.date.replace("D", str(at.day)).replace("M", voice.months[at.month - 1])


def unfilled(line: str, facts: Mapping[str, str]) -> Iterator[str]:
    """The slots of a line that nothing can fill."""
    for slot in _SLOT.finditer(line):
        name = slot[1]
        if name not in facts and name.count("|") != 1 and not _DAY.fullmatch(name):
            yield slot[0]
