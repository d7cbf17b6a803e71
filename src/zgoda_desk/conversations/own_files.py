"""Files of the company's own content: read as tables, written whole and at once, never half."""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zgoda_desk.conversations.overlay import folder

Table = dict[str, Any]
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class NotReadable(Exception):
    """A file of the company's own content is no TOML; somebody changed it by hand. The message says where."""


def read(name: str, root: Path | None = None) -> Table:
    """The tables of a file (`en/review/desk.toml`), empty where there is none. Raises NotReadable."""
    path = (root or folder()) / name
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise NotReadable(f"{name}: {fault}") from fault


def write(name: str, table: Mapping[str, Any], root: Path | None = None) -> None:
    """Put a file in place in one step; without tables it is taken away. A reader sees the old one or the new one."""
    path = (root or folder()) / name
    if not table:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(as_toml(table))
            file.flush()
            os.fsync(file.fileno())
        Path(made).replace(path)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise


def as_toml(table: Mapping[str, Any]) -> str:
    """The tables as TOML: texts, numbers, yes and no, lists of them, tables and lists of tables."""
    lines = ["# Written by the desk (settings, own phrases and rules). Changes by hand are kept; remarks are not.", ""]
    _fill(lines, table, ())
    return "\n".join(lines) + "\n"


def clean(text: str) -> str:
    """The text without what TOML does not take."""
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _fill(lines: list[str], table: Mapping[str, Any], path: tuple[str, ...]) -> None:
    for key, value in table.items():
        if not _holds_tables(value):
            lines.append(f"{_key(key)} = {_value(value)}")
    for key, value in table.items():
        here = (*path, key)
        if isinstance(value, Mapping):
            lines += ["", f"[{'.'.join(map(_key, here))}]"]
            _fill(lines, value, here)
        elif _holds_tables(value):
            for one in value:
                lines += ["", f"[[{'.'.join(map(_key, here))}]]"]
                _fill(lines, one, here)


def _holds_tables(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and bool(value) and isinstance(value[0], Mapping))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(clean(key), ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if not isinstance(value, str):
        return str(value)  # a date
    return json.dumps(clean(value), ensure_ascii=False)
