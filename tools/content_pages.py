"""Make the pages of docs/content from the entries; with `--check`, only say which pages are stale (and end with 1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tools.fresh_page import keep_fresh
from zgoda.rules.loader import Content, load_content
from zgoda.rules.schema import Entry, Example, parse_example
from zgoda.values import LANGUAGES

PAGES = Path(__file__).resolve().parent.parent / "docs" / "content"
TITLES = {"ru": "Russian", "pl": "Polish", "en": "English", "common": "Every language"}
GROUPS = {
    "lexicons": "Concepts",
    "rules": "Rules",
    "replies": "Constructions of replies",
    "review": "Rules of the review",
    "patterns": "Patterns",
}
SHOWN = 15
_SPECIAL = re.compile(r"[\\`*_\[\]<>|#~]")
_HEAD = """\
# {title}: what the entries say

Made by `python tools/content_pages.py` from the entries themselves; do not edit. Words of abuse stand here because the
engine has to know them. How to read an entry: [README.md](README.md).
"""


def plain(text: str) -> str:
    """Text that Markdown leaves alone, on one line."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def marked(example: Example) -> str:
    """An example with its marked words in bold."""
    parts, at = [], 0
    for start, end in example.spans:
        parts += [plain_part(example.text[at:start]), f"**{plain_part(example.text[start:end])}**"]
        at = end
    return "".join([*parts, plain_part(example.text[at:])])


def plain_part(text: str) -> str:
    """A part of an example; spaces at its ends are kept."""
    return _SPECIAL.sub(r"\\\g<0>", text.replace("\n", " "))


def examples(catches: Iterable[Example], passes: Iterable[Example], misses: Iterable[Example]) -> Iterator[str]:
    """The examples of an entry as a list."""
    for name, group in (("finds", catches), ("lets pass", passes), ("known miss", misses)):
        for example in group:
            yield f"- {name}: {marked(example)}"


def entry_lines(entry: Entry) -> Iterator[str]:
    """One concept or rule."""
    about = [entry.level, *([f"`{entry.label}`"] if entry.label else []), f"source `{entry.source}`"]
    yield f"### {entry.id}\n"
    if entry.gloss:
        yield f"{plain(entry.gloss)}\n"
    yield f"{', '.join(about)}; {len(entry.terms)} terms\n"
    if entry.terms:
        more = ", …" if len(entry.terms) > SHOWN else ""
        yield ", ".join(f"`{term}`" for term in entry.terms[:SHOWN]) + more + "\n"
    yield from examples(entry.catches, entry.passes, entry.known_misses)
    yield ""


def pattern_lines(raw: Mapping[str, Any]) -> Iterator[str]:
    """One pattern."""
    yield f"### {raw['id']}\n"
    yield f"{raw.get('level', '')}, `facts:{raw.get('kind', '')}`, source `{raw.get('source', '')}`\n"
    groups = ([parse_example(text) for text in raw.get(key, ())] for key in ("catch", "pass", "known_miss"))
    yield from examples(*groups)
    yield ""


def page(content: Content, part: str) -> str:
    """The page of one language, or of what holds for every language."""
    lines = [_HEAD.format(title=TITLES[part])]
    by_file: dict[str, list[Entry]] = {}
    for entry in content.entries.get(part, {}).values():
        by_file.setdefault(entry.file, []).append(entry)
    for file, entries in sorted(by_file.items()):
        group, name = file.split("/")[-2:]
        lines.append(f"## {GROUPS[group]}: {name.removesuffix('.toml').replace('_', ' ')}\n")
        lines += [line for entry in entries for line in entry_lines(entry)]
    if content.patterns.get(part):
        lines.append(f"## {GROUPS['patterns']}\n")
        lines += [line for raw in content.patterns[part] for line in pattern_lines(raw)]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    content = load_content(strict=False)
    keep_fresh({PAGES / f"{part}.md": page(content, part) for part in (*LANGUAGES, "common")})


if __name__ == "__main__":
    main()
