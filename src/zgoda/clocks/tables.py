"""Finds the content tables of this room and lays them over each other, row by row and field by field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from zgoda.errors import ContentError
from zgoda.rules.loader import SHIPPED
from zgoda.rules.pack import digest, load_common

PREFIXES = ("clocks_", "calendars")
Tables = Mapping[str, Mapping[str, Any]]


def is_ours(name: str) -> bool:
    """Whether a content table of this name holds clocks or calendars."""
    return name.startswith(PREFIXES)


def laid_over(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the fields of `over`; tables are merged inside, everything else is replaced."""
    merged = dict(base)
    for name, value in over.items():
        known = merged.get(name)
        merged[name] = laid_over(known, value) if isinstance(known, Mapping) and isinstance(value, Mapping) else value
    return merged


def joined(tables: Tables) -> dict[str, Any]:
    """All our tables as one: those of calendars first, then clocks in the order they were loaded."""
    whole: dict[str, Any] = {}
    for name in sorted(filter(is_ours, tables), key=lambda name: name.startswith("clocks_")):
        whole = laid_over(whole, tables[name])
    return whole


def shipped_tables() -> Tables:
    """Our tables of the shipped content, from the pack where it fits."""
    content = load_common(digest())
    if content is not None:
        return content.tables["common"]
    return folder_tables(SHIPPED)


def folder_tables(root: Path) -> Tables:
    """Our tables of one content folder; raises ContentError for a file that is no TOML."""
    tables: dict[str, dict[str, Any]] = {}
    for path in sorted((root / "common" / "tables").glob("*.toml")):
        if is_ours(path.stem):
            try:
                tables[path.stem] = tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
                place = f"{root.name}/{path.relative_to(root).as_posix()}"
                raise ContentError([f"{place}:1: not readable as TOML: {error}"]) from error
    return tables


def all_tables(overlays: Iterable[Path | str] = ()) -> dict[str, Any]:
    """Shipped tables with the folders of a company laid over them."""
    whole = joined(shipped_tables())
    for overlay in overlays:
        root = Path(overlay)
        if not root.is_dir():
            raise ContentError([f"{root}: no such content folder"])
        whole = laid_over(whole, joined(folder_tables(root)))
    return whole
