"""Loads the fact patterns from the content folder, and reads the marks in their examples."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from zgoda.expressions import Expressions, build

LANGUAGES = ("ru", "pl", "en")
CONTENT = files("zgoda") / "content"


@cache
def table(folder: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / folder / "tables" / "expressions.toml").read_text("utf-8"))


@cache
def entries(folder: str) -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads((CONTENT / folder / "patterns" / "facts.toml").read_text("utf-8"))["pattern"])


@cache
def expressions(language: str) -> Expressions:
    folders = ("common",) if language == "common" else ("common", language)
    return build(language, [table(f) for f in folders], [e for f in folders for e in entries(f)])


def marked(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """The snippet without its marks, and where they were."""
    text, spans = "", []
    for part in re.split(r"(\[[^\]]*\])", snippet):
        plain = part[1:-1] if part.startswith("[") else part
        if plain != part:
            spans.append((len(text), len(text) + len(plain)))
        text += plain
    return text, spans
