"""Puts tables into their marked places in docs/benchmarks.md, with date, machine and command."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.table import Table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def save(tables: Sequence[Table], machine: str, command: str, page: Path = PAGE) -> list[str]:
    """Replace the block of every table; the names of tables that have no block in the page are given back."""
    text = page.read_text(encoding="utf-8")
    today = datetime.now(UTC).date().isoformat()
    missing = []
    for table in tables:
        block = re.compile(rf"(<!-- {re.escape(table.name)} -->\n).*?(<!-- /{re.escape(table.name)} -->)", re.DOTALL)
        made = f"{table.body()}\n\n*{today}, {machine}; `{command}`*\n"
        text, count = block.subn(lambda found, made=made: found[1] + made + found[2], text)  # type: ignore[misc]
        if not count:
            missing.append(table.name)
    page.write_text(text, encoding="utf-8")
    return missing
