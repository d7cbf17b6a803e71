"""Load content folders: the shipped one, and a company's own laid over it; report every fault at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zgoda.errors import ContentError
from zgoda.rules.schema import Entry, parse_entry
from zgoda.values import LANGUAGES

SHIPPED = Path(__file__).resolve().parent.parent / "content"
_KINDS = {"lexicons": "concept", "rules": "rule", "replies": "concept", "review": "rule"}
READING = ("lexicons", "rules")  # the folders that bear on a customer's message
REVIEWING = ("lexicons", "replies", "review")  # and those that bear on a reply
ON_DEMAND = "personas"  # a folder that is read only by the room that plays
_ID_LINE = re.compile(r'^\s{0,40}id\s{0,9}=\s{0,9}"([^"\n]{0,200})"', re.M)


@dataclass(slots=True)
class Content:
    """What the engine knows, by language: entries by id, tables by name, pattern entries as parsed TOML.

    `roots` are the folders it was loaded from, each with its label, the shipped one first.
    """

    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {lang: {} for lang in LANGUAGES})
    tables: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    patterns: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    roots: list[tuple[Path, str]] = field(default_factory=lambda: [(SHIPPED, "content")])

    def shelved(self, language: str, shelves: tuple[str, ...]) -> dict[str, Entry]:
        """Entries of one language that stand in some of the folders."""
        return {identity: e for identity, e in self.entries[language].items() if e.shelf in shelves}

    def concepts(self, language: str) -> list[Entry]:
        """Concepts of one language, in order of their ids."""
        return sorted((e for e in self.entries[language].values() if e.kind == "concept"), key=lambda e: e.id)

    def rules(self, language: str) -> list[Entry]:
        """Rules of one language, in order of their ids."""
        return sorted((e for e in self.entries[language].values() if e.kind == "rule"), key=lambda e: e.id)


def _lines_of_ids(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    for match in _ID_LINE.finditer(text):
        lines.setdefault(match[1], text.count("\n", 0, match.start()) + 1)
    return lines


def _read_toml(path: Path, name: str, content: Content) -> tuple[dict[str, Any], str]:
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        content.faults.append(f"{name}:1: not readable as TOML: {error}")
        return {}, ""


def _load_entries(path: Path, name: str, language: str, kind: str, content: Content) -> None:
    data, text = _read_toml(path, name, content)
    lines = _lines_of_ids(text)
    seen: set[str] = set()
    raws = data.get(kind, [])
    if not isinstance(raws, list):
        content.faults.append(f"{name}:1: expected [[{kind}]] entries")
        return
    content.faults.extend(f"{name}:1: unknown table {key!r}, expected [[{kind}]]" for key in data if key != kind)
    for raw in raws:
        identity = str(raw.get("id", "?"))
        line = lines.get(identity, 1)
        entry, faults = parse_entry(raw, kind, language, name, line)
        if identity in seen:
            faults.append("the id stands twice in this file")
        seen.add(identity)
        known = content.entries[language].get(identity)
        if known is not None and known.file.split("/")[0] == name.split("/", maxsplit=1)[0]:
            faults.append(f"the id stands also in {known.file}:{known.line}")
        content.entries[language][identity] = entry
        content.faults.extend(f"{name}:{line}: {identity}: {fault}" for fault in faults)


def _load_folder(root: Path, label: str, content: Content) -> None:
    for language in (*LANGUAGES, "common"):
        folder = root / language
        for path in sorted(folder.glob("*/*.toml")):
            name = f"{label}/{path.relative_to(root).as_posix()}"
            group = path.parent.name
            if group in _KINDS and language != "common":
                _load_entries(path, name, language, _KINDS[group], content)
            elif group == "patterns":
                data, text = _read_toml(path, name, content)
                lines = _lines_of_ids(text)
                for raw in data.get("pattern", []):
                    raw["_file"], raw["_line"] = name, lines.get(str(raw.get("id")), 1)
                    content.patterns.setdefault(language, []).append(raw)
            elif group == "tables":
                data, _ = _read_toml(path, name, content)
                content.tables.setdefault(language, {}).setdefault(path.stem, {}).update(data)
            elif group != ON_DEMAND:
                content.faults.append(f"{name}:1: no such kind of content: {group!r}")
    sources = root / "sources.toml"
    if sources.exists():
        content.sources.update(_read_toml(sources, f"{label}/sources.toml", content)[0])


def load_content(overlays: Iterable[Path | str] = (), *, strict: bool = True) -> Content:
    """Load the shipped content and lay company folders over it (an entry with the same id replaces the shipped one).

    Raises ContentError with every fault, one a line, unless `strict` is False (then they stand in `Content.faults`).
    """
    content = Content()
    _load_folder(SHIPPED, "content", content)
    return lay_folders(content, overlays, strict=strict)


def lay_folders(content: Content, overlays: Iterable[Path | str], *, strict: bool = True) -> Content:
    """Lay company folders over content that is loaded; raises ContentError as `load_content` does."""
    for overlay in overlays:
        path = Path(overlay)
        if not path.is_dir():
            content.faults.append(f"{path}: no such content folder")
            continue
        content.roots.append((path, path.name))
        _load_folder(path, path.name, content)
    if strict and content.faults:
        raise ContentError(content.faults)
    return content
