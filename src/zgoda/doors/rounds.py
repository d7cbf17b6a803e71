"""Goes through sources item by item: answers each, writes the answer, counts what failed, shows how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import click

from zgoda.doors.json_fields import Failure
from zgoda.doors.sources import STDIN, Source, opened, reason
from zgoda.doors.streams import is_terminal
from zgoda.doors.writers import Writer
from zgoda.errors import InputError, ZgodaError

_STEP = 64  # items between two looks at the progress


class Placed(Protocol):
    """What one answer is given to: `place` says where in its source, `note` what was guessed."""

    @property
    def id(self) -> Any:
        """Its name."""

    @property
    def place(self) -> str:
        """`line 7: `, or nothing."""

    @property
    def note(self) -> str | None:
        """`charset-guessed:windows-1250` and the like."""


I = TypeVar("I", bound=Placed)  # noqa: E741 - an item
A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Round(Generic[I, A]):
    """What to do: where the items of a source come from, how each is answered, and who writes the answers."""

    items: Callable[[Source], Iterator[I | Failure]]
    answer: Callable[[I], A]
    writer: Writer[I, A]


def go_round(files: Sequence[tuple[str, str]], round_: Round[I, A]) -> int:
    """Answer everything in `files` (name and kind); the number of places where that failed."""
    if any(name == STDIN for name, _ in files) and is_terminal("stdin"):
        click.echo("Type the message and end it with Ctrl-D.", err=True)
    failures = 0
    for name, kind in files:
        try:
            with opened(name, kind) as source:
                failures += _source(source, round_)
        except InputError as error:
            _complain(f"{shown_name(name)}: {error}")
            failures += 1
    round_.writer.close()
    return failures


def usual_output(files: Sequence[tuple[str, str]]) -> str:
    """How to answer where nobody said: lines of JSON for lines of JSON that go to a file or a pipe, else text."""
    return "jsonl" if all(kind == "jsonl" for _, kind in files) and not is_terminal("stdout") else "text"


def shown_name(name: str) -> str:
    """The name of a source in a complaint."""
    return "standard input" if name == STDIN else name


def _source(source: Source, round_: Round[I, A]) -> int:
    """Answer one source; the number of its places that failed."""
    count = failed = 0
    with _progress(source) as step:
        for item in _items(source, round_):
            count += 1
            answer = _answer(item, round_, source)
            if isinstance(answer, Failure):
                failed += 1
                round_.writer.failure(answer)
            if count % _STEP == 0:
                step()
            if not isinstance(answer, Failure):
                round_.writer.message(*answer)
    if failed and source.kind == "jsonl":
        _complain(f"{shown_name(source.name)}: {failed} of {count} lines could not be read")
    return failed


def _items(source: Source, round_: Round[I, A]) -> Iterator[I | Failure]:
    try:
        yield from round_.items(source)
    except OSError as error:
        raise InputError(reason(error)) from error


def _answer(item: I | Failure, round_: Round[I, A], source: Source) -> Failure | tuple[I, A]:
    """The answer to an item; a fault of our own in one must not cost the rest of an archive."""
    if isinstance(item, Failure):
        return item
    if item.note:
        _complain(f"{shown_name(source.name)}: {item.note.replace('-', ' ', 1).replace(':', ' ', 1)}")
    try:
        return item, round_.answer(item)
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


def _complain(line: str) -> None:
    click.echo(line, err=True)
