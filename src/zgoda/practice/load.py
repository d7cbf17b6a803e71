"""Personas loaded from the content on demand, and every fault of theirs at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zgoda.errors import ContentError
from zgoda.practice.check import persona_faults, voice_faults
from zgoda.practice.persona import Lines, Persona, Voice
from zgoda.practice.rules import MoodRules, rule_faults, rules_of
from zgoda.rules.loader import SHIPPED
from zgoda.values import LANGUAGES

FOLDER = "personas"
_MOOD, _VOICE = "mood.toml", "voice.toml"


@dataclass(slots=True)
class Cast:
    """What the folders hold: personas by id, and what is wrong, as `file:line: id: fault`."""

    personas: dict[str, Persona] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def load_cast(roots: Iterable[tuple[Path, str]] = ((SHIPPED, "content"),)) -> Cast:
    """The personas of content folders (path and label); one of a later folder replaces one with the same id."""
    cast, places = Cast(), list(roots)
    rules = _rules(cast)
    if rules is None:
        return cast
    for language in LANGUAGES:
        voice = _voice(language, rules, cast)
        for root, label in places if voice else ():
            for path in sorted((root / language / FOLDER).glob("*.toml")):
                if path.name != _VOICE and voice:
                    _add(path, f"{label}/{language}/{FOLDER}/{path.name}", voice, rules, cast)
    return cast


def personas(roots: Iterable[tuple[Path, str]] = ((SHIPPED, "content"),)) -> dict[str, Persona]:
    """The personas by id; raises ContentError with every fault."""
    cast = load_cast(roots)
    if cast.faults:
        raise ContentError(cast.faults)
    return cast.personas


def _read(path: Path, name: str, cast: Cast) -> tuple[dict[str, Any], str]:
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        cast.faults.append(f"{name}:1: not readable as TOML: {error}")
        return {}, ""


def _rules(cast: Cast) -> MoodRules | None:
    name = f"content/common/{FOLDER}/{_MOOD}"
    data, text = _read(SHIPPED / "common" / FOLDER / _MOOD, name, cast)
    faults = rule_faults(data) if text else []
    cast.faults.extend(_placed(faults, name, "mood", text))
    return rules_of(data) if text and not faults else None


def _voice(language: str, rules: MoodRules, cast: Cast) -> Voice | None:
    name = f"content/{language}/{FOLDER}/{_VOICE}"
    data, text = _read(SHIPPED / language / FOLDER / _VOICE, name, cast)
    faults = voice_faults(data, rules) if text else []
    cast.faults.extend(_placed(faults, name, "voice", text))
    if not text or faults:
        return None
    days = data["days"]
    return Voice(language, tuple(days["months"]), tuple(days["on"]), days["date"], _lines(data["lines"]))


def _add(path: Path, name: str, voice: Voice, rules: MoodRules, cast: Cast) -> None:
    data, text = _read(path, name, cast)
    if not text:
        return
    identity = str(data.get("id", "?"))
    faults = persona_faults(data, rules)
    known = cast.personas.get(identity)
    if identity != path.stem:
        faults.append(f"the id must be the name of the file, {path.stem!r}")
    if known is not None and known.language != voice.language:
        faults.append(f"the id stands also in {known.language}")
    cast.faults.extend(_placed(faults, name, identity, text))
    if not faults:
        cast.personas[identity] = _persona(data, voice, rules)


def _persona(data: Mapping[str, Any], voice: Voice, rules: MoodRules) -> Persona:
    plain = ("id", "name", "gender", "email", "channel", "subject", "wants", "heat", "ceiling", "cools", "heats")
    return Persona(
        **{key: data[key] for key in (*plain, "heeds", "agrees_at", "patience")},
        language=voice.language,
        opening=data["opening"].strip(),
        cooled_by=tuple(data["cooled_by"]),
        heated_by=tuple(data["heated_by"]),
        agreed=data.get("agreed", False),
        care=data.get("care", False),
        facts=data["facts"],
        case={mood: tuple(lines) for mood, lines in data["case"].items()},
        details=tuple(data["details"]),
        lines=_lines(data.get("lines", {})),
        voice=voice,
        rules=rules,
    )


def _lines(table: Mapping[str, Mapping[str, list[str]]]) -> Lines:
    return {key: {mood: tuple(lines) for mood, lines in moods.items()} for key, moods in table.items()}


def _placed(faults: Iterable[str], name: str, identity: str, text: str) -> Iterator[str]:
    """Faults with the line of what they name first between backticks or brackets, else of the id."""
    for fault in faults:
        yield f"{name}:{_line(fault, text)}: {identity}: {fault}"


def _line(fault: str, text: str) -> int:
    for named in (*re.findall(r"`([^`]{1,60})`|(\[[^\]]{1,60}\])", fault), ("id", "")):
        key = re.escape(named[0] or named[1])
        found = re.search(rf"^\s{{0,20}}{key}(?:\s{{0,9}}=|\s{{0,9}}$)", text, re.M)
        if found:
            return text.count("\n", 0, found.start()) + 1
    return 1
