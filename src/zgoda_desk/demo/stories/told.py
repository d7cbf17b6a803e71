"""Reads the stories of the demo from their files: who wrote, who answered, how many hours ago."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

LANGUAGES = ("ru", "pl", "en")
_BY = re.compile(r"\{by\+(\d{1,2})\}")


@dataclass(frozen=True)
class Step:
    """One thing that happened `at` hours before now; exactly one of event, says, reply, note, give, keep, snooze."""

    at: float
    event: str = ""  # what the customer of practice reacts to, `opens` for his first mail
    says: str = ""  # what a customer writes who is not of practice
    by: str = ""
    reply: str = ""
    reason: str = ""
    rung: str = ""
    rung_reason: str = ""
    lost: bool = False  # the line broke while the reply was sent
    note: str = ""
    give: str = ""
    keep: bool = False
    snooze: float = 0.0  # hours


@dataclass(frozen=True)
class Story:
    """A conversation; `customer` is a persona of practice, or `name` and `address` those of somebody who is none."""

    language: str
    steps: tuple[Step, ...]
    customer: str = ""
    name: str = ""
    address: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Unreadable:
    """A mail that could not be read, with what was wrong."""

    at: float
    name: str
    address: str
    subject: str
    says: str
    fault: str


@dataclass(frozen=True)
class Told:
    """All stories of a language, and how `by an hour` is said in it today and tomorrow.

    `bad` and `promise` are sentences that a visitor is asked to type in the first story.
    """

    language: str
    today: str
    tomorrow: str
    bad: str
    promise: str
    stories: tuple[Story, ...]
    unreadable: Unreadable | None = None

    def timed(self, text: str, here: datetime) -> str:
        """The text with `{by+3}` as the next whole hour three hours after `here`, a time in the company's zone."""
        return _BY.sub(lambda hours: self._by(here, int(hours[1])), text)

    def _by(self, here: datetime, hours: int) -> str:
        due = (here + timedelta(hours=hours, minutes=59)).replace(minute=0, second=0, microsecond=0)
        form = self.today if due.date() == here.date() else self.tomorrow
        return form.format(f"{due:%H:%M}")


@cache
def told(language: str) -> Told:
    """The stories of a language."""
    rows = tomllib.loads((files(__package__) / f"{language}.toml").read_text(encoding="utf-8"))
    stories = tuple(_story(language, row) for row in rows["story"])
    broken = Unreadable(**rows["unreadable"]) if "unreadable" in rows else None
    hint = rows["hint"]
    return Told(language, rows["today"], rows["tomorrow"], hint["bad"], hint["promise"], stories, broken)


def _story(language: str, row: dict[str, object]) -> Story:
    steps = tuple(Step(**one) for one in row.pop("steps"))  # type: ignore[attr-defined]
    return Story(language=language, steps=steps, **row)  # type: ignore[arg-type]
