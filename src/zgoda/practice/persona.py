"""Who the scripted customer is: his case, how he heats and cools, and what he says; plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zgoda.practice.rules import MoodRules

Lines = Mapping[str, Mapping[str, tuple[str, ...]]]  # trigger (or a group of them), then mood or `any`


@dataclass(frozen=True, slots=True)
class Voice:
    """What anybody says in one language, and how its days are named; `on_days` begins with Monday."""

    language: str
    months: tuple[str, ...]
    on_days: tuple[str, ...]
    date: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Persona:
    """A customer of practice. Heat is 0..100; `cools` and `heats` are percent of the table's moves.

    `gender` is `m` or `f`; `heeds` is the number of limits after which he stops insulting (0: never); `agrees_at` is
    the heat up to which he takes a way out; `agreed` means that he has agreed already and waits for a confirmation;
    `care` that he hints at harming himself. `facts` and all lines hold slots (`{date-9}`, `{on+3}`, `{order}`).
    """

    id: str
    language: str
    name: str
    gender: str
    email: str
    channel: str
    subject: str
    opening: str
    wants: str
    heat: int
    ceiling: int
    cools: int
    heats: int
    cooled_by: tuple[str, ...]
    heated_by: tuple[str, ...]
    heeds: int
    agrees_at: int
    patience: int
    agreed: bool
    care: bool
    facts: Mapping[str, str]
    case: Mapping[str, tuple[str, ...]]
    details: tuple[str, ...]
    lines: Lines
    voice: Voice = field(repr=False)
    rules: MoodRules = field(repr=False)
