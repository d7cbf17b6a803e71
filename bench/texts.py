"""Texts to measure on: real labelled messages, cut or joined to a length."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from tools.dataset import load_messages
from zgoda.values import LANGUAGES

LENGTHS = {"short": 100, "middle": 400, "long": 1000}


def messages() -> dict[str, list[str]]:
    """The project's messages by language, in file order."""
    lines = load_messages()
    return {language: [line.text for line in lines if line.language == language] for language in LANGUAGES}


def of_length(texts: Sequence[str], length: int, most: int) -> list[str]:
    """Up to `most` texts of about `length` code points: long ones cut at a space, short ones joined by a new line."""
    made: list[str] = []
    joined = ""
    for text in texts:
        joined = f"{joined}\n{text}" if joined else text
        if len(joined) < length:
            continue
        cut = joined.rfind(" ", length * 3 // 4, length + 1)
        made.append(joined[: cut if cut > 0 else length])
        joined = ""
        if len(made) == most:
            break
    return made


def one_of(length: int) -> str:
    """One text of exactly `length` code points, of messages of all languages in turn."""
    parts: list[str] = []
    have = 0
    for row in cycle(zip(*messages().values(), strict=False)):
        for text in row:
            parts.append(text)
            have += len(text) + 1
        if have > length:
            return "\n".join(parts)[:length]
    raise AssertionError("a cycle has no end")
