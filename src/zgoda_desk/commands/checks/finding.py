"""A line of the doctor's report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "wrong"]


@dataclass(frozen=True)
class Finding:
    """`check` names what was looked at, `says` what was found, `do` what to do about it (empty where it is fine)."""

    check: str
    state: State
    says: str
    do: str = ""


def fine(check: str, says: str) -> Finding:
    """All is well."""
    return Finding(check, "ok", says)


def wrong(check: str, says: str, do: str) -> Finding:
    """Something that has to be mended; the doctor ends with 1."""
    return Finding(check, "wrong", says, do)


def note(check: str, says: str, do: str) -> Finding:
    """Something to know of that is not wrong by itself."""
    return Finding(check, "note", says, do)
