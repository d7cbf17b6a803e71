"""The work of `zgoda phrases`: loads the bank, shows phrases or counts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import click

from zgoda.errors import InputError
from zgoda.guidance.phrase import KEYS, SLOTS
from zgoda.guidance.phrases import PhraseBank
from zgoda.rules.loader import load_content
from zgoda.rules.pack import digest, load_common
from zgoda.values import CHANNELS, LANGUAGES, Context, Suggestion


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for; `output` is `text` or `json`."""

    stage: str
    language: str
    channel: str | None
    context: Context
    slots: dict[str, str]
    count: int
    used: tuple[str, ...]
    facts: tuple[str, ...]
    output: str


def open_bank(overlays: Iterable[str]) -> PhraseBank:
    """The bank of the shipped content, with company folders laid over it."""
    folders = tuple(overlays)
    content = None if folders else load_common(digest())
    return PhraseBank.of((content or load_content(folders)).tables)


def slots_of(pairs: Iterable[str]) -> dict[str, str]:
    """`order=4412` as a mapping; raises InputError for a pair without `=` or a slot that no phrase has."""
    slots: dict[str, str] = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign or key not in SLOTS:
            raise InputError(f"expected --slot KEY=VALUE with KEY one of {', '.join(SLOTS)}, came {pair!r}")
        slots[key] = value
    return slots


def show_phrases(bank: PhraseBank, wishes: Wishes) -> None:
    """The phrases that fit, best first; as text each with its id and the row of the method that proposes it."""
    channel = None if wishes.channel is None else known_channel(wishes.channel)
    found = bank.choose(
        wishes.stage,
        language=wishes.language,
        channel=channel,
        context=wishes.context,
        slots=wishes.slots,
        count=wishes.count,
        used=wishes.used,
        facts=wishes.facts,
    )
    if wishes.output == "json":
        click.echo(json.dumps({"schema": 1, "phrases": [one.as_dict() for one in found]}, ensure_ascii=False))
        return
    if not found:
        click.echo("No phrase fits: none is meant for this channel and certain of gender and case.", err=True)
    for place, one in enumerate(found):
        _draw(one, first=place == 0)


def _draw(one: Suggestion, *, first: bool) -> None:
    if not first:
        click.echo()
    click.echo(one.text)
    open_slots = f"  open: {', '.join(one.open_slots)}" if one.open_slots else ""
    click.echo(click.style(f"  {one.id}  {one.rule}{open_slots}", dim=True))


def known_channel(given: str) -> str:
    """The channel as the engine names it; raises InputError for another word."""
    key = given.strip().lower().replace("-", "_").replace(" ", "_")
    if key not in CHANNELS:
        raise InputError(f"channel must be one of {', '.join(CHANNELS)}, came {given!r}")
    return key


def show_counts(bank: PhraseBank, language: str | None, output: str) -> None:
    """How many phrases there are for each stage, rung and danger, by language."""
    languages = (language,) if language else LANGUAGES
    rows = {key: {lang: len(bank.phrases(lang, key)) for lang in languages} for key in KEYS}
    if output == "json":
        click.echo(json.dumps({"schema": 1, "counts": rows}, ensure_ascii=False))
        return
    width = max(map(len, KEYS))
    click.echo("  ".join(["".ljust(width), *(lang.rjust(3) for lang in languages)]))
    for key, counts in rows.items():
        click.echo("  ".join([key.ljust(width), *(str(counts[lang]).rjust(3) for lang in languages)]))
