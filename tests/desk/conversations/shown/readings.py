"""Readings made by hand and at random, for tests of what is shown."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from zgoda.values import ABUSE, FACTS, ROLES, SIGNALS

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)


def reading(text: str, **fields: Any) -> dict[str, Any]:
    """A calm reading with some fields set; spans are given as `(kind, words)` and found in the text."""
    base: dict[str, Any] = {
        "schema": 1,
        "language": "en",
        "state": "calm",
        "temperature": 10,
        "abuse": [],
        "signals": [],
        "causes": [],
        "demands": [],
        "facts": [],
        "sentences": [],
        "reasons": [],
    }
    for name, value in fields.items():
        if name in ("abuse", "signals", "facts"):
            base[name] = [_span(text, kind, words) for kind, words in value]
        elif name == "sentences":
            base[name] = [{**_span(text, role, words), "role": role} for role, words in value]
        else:
            base[name] = value
    return base


def _span(text: str, kind: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"kind": kind, "start": start, "end": start + len(words), "text": words, "value": None}


def _spans(draw: st.DrawFn, size: int, kinds: tuple[str, ...], key: str = "kind") -> list[dict[str, Any]]:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, size + 3))
        end = draw(st.integers(0, size + 5))
        found.append({key: draw(st.sampled_from(kinds)), "start": start, "end": end, "text": "", "value": None})
    return found


@st.composite
def texts_and_readings(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Any text with spans anywhere, over each other, empty, turned round and beyond its end."""
    text = draw(ANY_TEXT)
    size = len(text)
    spans = {
        "abuse": _spans(draw, size, ABUSE),
        "signals": _spans(draw, size, SIGNALS),
        "facts": _spans(draw, size, FACTS),
        "sentences": _spans(draw, size, ROLES, "role"),
    }
    return text, {**reading(text), **spans}
