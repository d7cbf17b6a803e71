"""Looks up the names that people see for the engine's labels; the words themselves are content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Wording:
    """The table tables/wording.toml; a name it lacks is the wire name with spaces."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table

    def name(self, group: str, kind: str) -> str:
        """The name of one kind in a group such as `state` or `causes`."""
        found = self._table.get(group, {}).get(kind)
        return found if isinstance(found, str) else kind.replace("_", " ")

    def has(self, group: str, kind: str) -> bool:
        """Whether the table names it."""
        return kind in self._table.get(group, {})

    def several(self, group: str, key: str) -> list[str]:
        """A list of the table, empty where it has none."""
        found = self._table.get(group, {}).get(key, [])
        return [str(item) for item in found] if isinstance(found, list) else []

    def title(self, group: str, kind: str) -> str:
        """The name with a capital letter."""
        name = self.name(group, kind)
        return name[:1].upper() + name[1:]
