"""Runs `zgoda read`: takes the sources in turn, reads each message, writes the answer, counts what failed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click

from zgoda.api import Engine, engine
from zgoda.doors.clock import here_and_now
from zgoda.doors.messages import Defaults, Failure, Item, Message, channel_names, messages
from zgoda.doors.sources import STDIN, Source, kind_of, opened, reason
from zgoda.doors.streams import goes_to_file, is_terminal, standard_output
from zgoda.doors.writers import JsonDocument, JsonLines, Writer
from zgoda.errors import ContentError, InputError, ZgodaError
from zgoda.reading.pattern_examples import PARTS, pattern_book

_STEP = 64  # messages between two looks at the progress


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of one call."""

    files: tuple[str, ...]
    kind: str | None
    output: str | None
    language: str | None
    now: datetime | None
    explain: bool
    show_abuse: bool
    overlays: tuple[str, ...]


def run(wishes: Wishes) -> int:
    """Read everything and answer; the exit code is 1 where something could not be read."""
    kinds = [kind_of(name, wishes.kind, wishes.output) for name in wishes.files]
    output = wishes.output or _usual_output(kinds)
    if STDIN in wishes.files and is_terminal("stdin"):
        click.echo("Type the message and end it with Ctrl-D.", err=True)
    reader = _engine(wishes.overlays)
    writer = _writer(output, wishes, kinds, reader)
    channels = channel_names(reader.knowledge.table("common", "channels"))
    defaults = Defaults(wishes.language, wishes.now, here_and_now, channels)
    failures = 0
    for name, kind in zip(wishes.files, kinds, strict=True):
        try:
            with opened(name, kind) as source:
                failures += _source(source, reader, writer, defaults)
        except InputError as error:
            _complain(f"{'standard input' if name == STDIN else name}: {error}")
            failures += 1
    writer.close()
    return 1 if failures else 0


def _usual_output(kinds: list[str]) -> str:
    return "jsonl" if all(kind == "jsonl" for kind in kinds) and not is_terminal("stdout") else "text"


def _engine(overlays: tuple[str, ...]) -> Engine:
    """The engine; patterns of a company's folder are checked before anything is read."""
    built = engine(overlays)
    if overlays:
        faults = [fault for part in PARTS for fault in pattern_book(built.knowledge, part).faults]
        if faults:
            raise ContentError(faults)
    return built


def _writer(output: str, wishes: Wishes, kinds: list[str], reader: Engine) -> Writer:
    if output == "jsonl":
        return JsonLines(standard_output(), live=not goes_to_file())
    if output == "json":
        single = len(kinds) == 1 and kinds[0] in ("text", "eml")
        return JsonDocument(standard_output(), single=single)
    from zgoda.doors.show import ReadingPage  # brings the drawing library along

    return ReadingPage(reader.knowledge.table("common", "wording"), wishes.explain, wishes.show_abuse)


def _source(source: Source, reader: Engine, writer: Writer, defaults: Defaults) -> int:
    """Read one source; the number of its places that failed."""
    count = failed = 0
    with _progress(source) as step:
        for item in _items(source, defaults):
            count += 1
            answer = _read(item, reader, source)
            if isinstance(answer, Failure):
                failed += 1
                writer.failure(answer)
            if count % _STEP == 0:
                step()
            if isinstance(answer, Failure):
                continue
            writer.message(*answer)
    if failed and source.kind == "jsonl":
        _complain(f"{_name(source)}: {failed} of {count} lines could not be read")
    return failed


def _items(source: Source, defaults: Defaults) -> Iterator[Item]:
    try:
        yield from messages(source.kind, source.name, source.stream, defaults)
    except OSError as error:
        raise InputError(reason(error)) from error


def _read(item: Item, reader: Engine, source: Source) -> Failure | tuple[Message, Any]:
    """The reading of an item; a fault of our own in one message must not cost the rest of an archive."""
    if isinstance(item, Failure):
        return item
    if item.note:
        _complain(f"{_name(source)}: {item.note.replace('-', ' ', 1).replace(':', ' ', 1)}")
    try:
        return item, reader.read(item.text, now=item.now, language=item.language, channel=item.channel)
    except ZgodaError as error:
        return Failure(item.id, f"{item.place}{error}")
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        return Failure(item.id, f"{item.place}could not be read, which is a fault of zgoda: {fault}")


@contextmanager
def _progress(source: Source) -> Iterator[Any]:
    """A bar on the error stream, only where somebody sees it and the end is known; gives the function that moves it."""
    shown = source.kind in ("jsonl", "mbox") and source.size and is_terminal("stderr") and not is_terminal("stdout")
    if not shown:
        yield lambda: None
        return
    with click.progressbar(length=source.size or 1, label=source.name, file=sys.stderr) as bar:
        yield lambda: bar.update(source.stream.tell() - bar.pos)
        bar.update(max(0, (source.size or 1) - bar.pos))


def _name(source: Source) -> str:
    return "standard input" if source.name == STDIN else source.name


def _complain(line: str) -> None:
    click.echo(line, err=True)
