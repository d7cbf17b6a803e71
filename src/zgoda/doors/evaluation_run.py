"""Runs `zgoda evaluate`: feeds labelled lines to an evaluation, shows how far it is, and writes what came out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

import click

from zgoda.doors.lines import MAX_LINE, numbered_lines
from zgoda.doors.sources import STDIN, Source, opened
from zgoda.doors.streams import is_terminal, standard_output
from zgoda.doors.writers import encode
from zgoda.errors import InputError
from zgoda.evaluation import (
    Line,
    Settings,
    evaluate,
    evaluate_conversations,
    evaluate_replies,
    settings_from_content,
)
from zgoda.values import Guidance

_STEP = 64


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of one call."""

    file: str
    output: str
    by_language: bool
    resamples: int | None
    seed: int | None

    def settings(self) -> Settings:
        """Those of the content, changed as asked for."""
        settings = settings_from_content()
        settings = replace(settings, resamples=self.resamples or settings.resamples)
        return replace(settings, seed=settings.seed if self.seed is None else self.seed)


class _Found(Protocol):
    @property
    def faults(self) -> tuple[str, ...]: ...

    def as_dict(self) -> dict[str, Any]: ...


E = TypeVar("E", bound=_Found)


def run_messages(wishes: Wishes) -> int:
    """Readings against labelled messages; 1 where some line could not be used."""
    from zgoda.doors.show_evaluation import draw_evaluation

    settings = wishes.settings()
    return _run(
        wishes,
        lambda lines: evaluate(lines, settings=settings, by_language=wishes.by_language),
        lambda found: draw_evaluation(found, settings.confidence),
    )


def run_replies(wishes: Wishes) -> int:
    """Reviews against labelled replies."""
    from zgoda.doors.show_agreement import draw_replies

    settings = wishes.settings()
    return _run(
        wishes,
        lambda lines: evaluate_replies(lines, settings=settings, by_language=wishes.by_language),
        lambda found: draw_replies(found, settings.confidence),
    )


def run_conversations(wishes: Wishes) -> int:
    """Guidance against the steps expected in conversations."""
    from zgoda.doors.show_agreement import draw_conversations

    settings, guide = wishes.settings(), _guide()
    return _run(
        wishes,
        lambda lines: evaluate_conversations(lines, guide=guide, settings=settings, by_language=wishes.by_language),
        lambda found: draw_conversations(found, settings.confidence),
    )


def _guide() -> Callable[[Mapping[str, Any]], tuple[Guidance, ...]]:
    """Guides the object of a line as `zgoda guide` does."""
    from zgoda.api import engine
    from zgoda.doors.clock import here_and_now, parse_time
    from zgoda.doors.conversations import conversation_of
    from zgoda.doors.messages import channel_names

    guiding = engine()
    channels = channel_names(guiding.knowledge.table("common", "channels"))

    def guide(line: Mapping[str, Any]) -> tuple[Guidance, ...]:
        said = line.get("now")
        now = parse_time(said) if isinstance(said, str) else here_and_now()
        answers: tuple[Guidance, ...] = guiding.guide_turns(conversation_of(line, channels), now=now)
        return answers

    return guide


def _run(wishes: Wishes, measure: Callable[[Iterable[Line]], E], draw: Callable[[E], None]) -> int:
    try:
        with opened(wishes.file, "jsonl") as source, labelled_lines(source) as lines:
            found = measure(lines)
    except InputError as error:
        raise InputError(f"{'standard input' if wishes.file == STDIN else wishes.file}: {error}") from error
    for fault in found.faults:
        click.echo(fault, err=True)
    if wishes.output == "json":
        standard_output().write(encode(found.as_dict(), 2) + b"\n")
    else:
        draw(found)
    return 1 if found.faults else 0


@contextmanager
def labelled_lines(source: Source) -> Iterator[Iterator[Line]]:
    """The lines of a source; with a bar on the error stream where somebody sees it and the size is known."""
    if not (source.size and is_terminal("stderr")):
        yield _lines(source)
        return
    with click.progressbar(length=source.size, label=source.name, file=sys.stderr) as bar:
        yield _lines(source, lambda: bar.update(source.stream.tell() - bar.pos))


def _lines(source: Source, step: object = None) -> Iterator[Line]:
    for number, line in numbered_lines(source.stream):
        if callable(step) and number % _STEP == 0:
            step()
        yield line if line is not None else InputError(f"longer than {MAX_LINE >> 20} MiB")
    if callable(step):
        step()
