"""What a file of a persona or of a voice must hold; each fault is one sentence that names the key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zgoda.practice.fill import unfilled
from zgoda.practice.lines import ANY
from zgoda.practice.rules import MoodRules
from zgoda.values import ACTS, CHANNELS, FINDINGS, NOTICES, STATES

_TEXTS = ("id", "name", "gender", "email", "channel", "subject", "opening", "wants")
_NUMBERS = {"heat": 100, "ceiling": 100, "cools": 200, "heats": 200, "heeds": 3, "agrees_at": 50, "patience": 9}
_LISTS = {"cooled_by": frozenset(ACTS), "heated_by": frozenset((*FINDINGS, *NOTICES)), "details": None}
_TABLES = ("facts", "case", "lines")
_SWITCHES = ("agreed", "care")
_CHOICES = {"gender": ("m", "f"), "channel": CHANNELS}
_CASE_LINES = 2  # in every mood he can reach


def persona_faults(data: Mapping[str, Any], rules: MoodRules) -> list[str]:
    """What is wrong with a persona, empty where it can be played."""
    faults = [f"`{key}` must be a text" for key in _TEXTS if not isinstance(data.get(key), str)]
    faults += [
        f"`{key}` must be a whole number from 0 to {most}"
        for key, most in _NUMBERS.items()
        if type(data.get(key)) is not int or not 0 <= data[key] <= most
    ]
    faults += [f"`{key}` must be a list" for key in _LISTS if not isinstance(data.get(key), list)]
    faults += [f"[{key}] must be a table" for key in _TABLES if not isinstance(data.get(key, {}), dict)]
    known = {*_TEXTS, *_NUMBERS, *_LISTS, *_TABLES, *_SWITCHES}
    faults += [f"`{key}` is not known here" for key in data if key not in known]
    faults = faults or [*_shapes(data, rules)]
    return faults or [*_values(data), *_cases(data, rules), *_slots(data)]


def _shapes(data: Mapping[str, Any], rules: MoodRules) -> Iterator[str]:
    """Lists and tables that hold something else than texts."""
    yield from (f"`{key}` must be a list of texts" for key in _LISTS if not _texts(data[key]))
    yield from (f"`{key}` must be true or false" for key in _SWITCHES if type(data.get(key, False)) is not bool)
    if not all(isinstance(value, str) for value in data.get("facts", {}).values()):
        yield "[facts] must hold texts"
    yield from _mood_faults("case", data.get("case", {}))
    yield from _line_faults(data.get("lines", {}), {*rules.triggers, *rules.groups})


def _values(data: Mapping[str, Any]) -> Iterator[str]:
    for key, choices in _CHOICES.items():
        if data[key] not in choices:
            yield f"`{key}` must be one of {', '.join(choices)}, came {data[key]!r}"
    for key, kinds in _LISTS.items():
        for kind in data[key]:
            if kinds is not None and kind not in kinds:
                yield f"`{key}` has no such kind: {kind!r}"
    if data["heat"] > data["ceiling"]:
        yield "`heat` is above the ceiling"


def _cases(data: Mapping[str, Any], rules: MoodRules) -> Iterator[str]:
    case = data.get("case", {})
    for mood, least in rules.from_heat.items():
        if least <= data["ceiling"] and len(case.get(mood, ())) < _CASE_LINES:
            yield f"[case] needs {_CASE_LINES} lines or more for `{mood}`, which he can reach"


def _line_faults(lines: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    for key, moods in lines.items():
        if key not in known:
            yield f"[lines.{key}] is no trigger"
        elif not isinstance(moods, dict):
            yield f"[lines.{key}] must be a table of moods"
        else:
            yield from _mood_faults(f"lines.{key}", moods)


def _mood_faults(name: str, moods: Mapping[str, Any]) -> Iterator[str]:
    for mood, texts in moods.items():
        if mood not in (*STATES, ANY):
            yield f"[{name}] has no such mood: {mood!r}"
        elif not _texts(texts):
            yield f"[{name}] `{mood}` must be a list of texts, none empty and none twice"


def _texts(texts: object) -> bool:
    return (
        isinstance(texts, list)
        and bool(texts)
        and all(isinstance(text, str) and text.strip() for text in texts)
        and len(set(texts)) == len(texts)
    )


def _slots(data: Mapping[str, Any]) -> Iterator[str]:
    """Slots that nothing fills, in any line."""
    for text in every_line(data):
        for slot in unfilled(text, data.get("facts", {})):
            yield f"nothing fills the slot {slot} of {text!r}"


def every_line(data: Mapping[str, Any]) -> Iterator[str]:
    """Every text of a persona or voice that is said."""
    yield from (str(data[key]) for key in ("opening", "subject") if key in data)
    yield from _strings([*data.get("facts", {}).values(), *data.get("details", ())])
    yield from _strings(line for lines in data.get("case", {}).values() for line in lines)
    for moods in data.get("lines", {}).values():
        yield from _strings(line for lines in moods.values() for line in lines)


def _strings(values: Iterable[object]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def voice_faults(data: Mapping[str, Any], rules: MoodRules) -> list[str]:
    """What is wrong with the shared lines of a language: every trigger needs a line in every mood."""
    days, lines = data.get("days"), data.get("lines")
    if not isinstance(days, dict) or not isinstance(lines, dict):
        return ["[days] and [lines.TRIGGER] are needed"]
    faults = [
        f"[days] `{key}` must be a list of {size} texts"
        for key, size in (("months", 12), ("on", 7))
        if not isinstance(days.get(key), list) or len(days[key]) != size
    ]
    if not isinstance(days.get("date"), str):
        faults.append("[days] `date` must be a text with D and M")
    faults += _line_faults(lines, set(rules.triggers))
    return faults or [*_gaps(lines, rules), *_slots(data)]


def _gaps(lines: Mapping[str, Any], rules: MoodRules) -> Iterator[str]:
    """Moods in which nobody would have an answer to a trigger."""
    for trigger in rules.triggers:
        moods = lines.get(trigger, {})
        yield from (f"[lines.{trigger}] has no line for `{mood}`" for mood in STATES if not {mood, ANY} & set(moods))
