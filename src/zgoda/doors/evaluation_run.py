"""Feeds labelled lines to the evaluation and shows how far it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from zgoda.doors.lines import MAX_LINE, numbered_lines
from zgoda.doors.sources import Source
from zgoda.doors.streams import is_terminal
from zgoda.errors import InputError
from zgoda.evaluation import Line

_STEP = 64


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
