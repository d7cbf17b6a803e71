"""What is known of a person's name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name as they are written; `gender` is `m`, `f` or None where the name does not tell it.

    `title` is the word of courtesy before the name (`Pani`, `Mr`, `госпожа`), `text` the name without it as given.
    """

    first: str | None = None
    patronymic: str | None = None
    surname: str | None = None
    title: str | None = None
    gender: str | None = None
    text: str = ""
