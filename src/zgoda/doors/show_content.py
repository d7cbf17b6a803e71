"""Draws entries of the content: what they stand for, their terms, and what each example does now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from zgoda.doors.content_book import ContentBook, Row, Tally

if TYPE_CHECKING:
    from rich.text import Text

    from zgoda.doors.paper import Paper
    from zgoda.practice.load import Cast
    from zgoda.rules.schema import Entry

_MARGIN = 12
_NAMES = {"catch": "catch", "pass": "let pass", "known_miss": "known miss", "values": "values"}


def summary(part: str, tally: Tally) -> str:
    """One line on how much there is."""
    return (
        f"{part}: {tally.entries:,} entries, {tally.terms:,} terms, {tally.examples:,} examples, "
        f"{tally.near_misses:,} near misses, {tally.known_misses:,} known misses"
    )


def cast_summary(cast: Cast, language: str | None) -> str:
    """One line on the customers of practice."""
    from zgoda.practice.lines import line_count

    own = [one for one in cast.personas.values() if language in (None, one.language)]
    voices = {one.language: one.voice.lines for one in own}.values()
    lines = sum(line_count(one.lines) + line_count({"case": one.case}) + len(one.details) + 1 for one in own)
    lines += sum(line_count(voice) for voice in voices)
    return f"practice: {len(own)} customers, {lines:,} lines"


def draw_list(rows: Iterable[Row]) -> None:
    """One entry a line, in columns; each line stands for itself, so that it can be searched."""
    rows = list(rows)
    widths = [max((len(row[i]) for row in rows), default=0) for i in range(5)]
    for row in rows:
        columns = [cell.ljust(width) for cell, width in zip(row[:5], widths, strict=True)]
        click.echo("  ".join([*columns, row.gloss]).rstrip())


def draw_entry(book: ContentBook, entry: Entry, *, first: bool) -> None:
    """An entry of a lexicon or of the rules."""
    from zgoda.doors.paper import Paper

    paper = Paper()
    if not first:
        paper.line()
    about = [("means", entry.gloss), ("label", entry.label), ("source", entry.source)]
    _head(paper, f"{entry.id}", f"{entry.language} {entry.kind}, {entry.level}", f"{entry.file}:{entry.line}", about)
    _put(paper, f"{len(entry.terms)} terms", ", ".join(entry.terms))
    _draw_examples(paper, book, entry)
    paper.console.file.flush()


def _draw_examples(paper: Paper, book: ContentBook, entry: Entry) -> None:
    from zgoda.reading.examples import check_entry, found_spans

    faults = list(check_entry(book.knowledge, entry))
    for name, examples in (("catch", entry.catches), ("pass", entry.passes), ("known_miss", entry.known_misses)):
        for number, example in enumerate(examples, 1):
            head = f"{entry.file}:{entry.line}: {entry.id}: {name} example {number}: "
            fault = next((f.removeprefix(head) for f in faults if f.startswith(head)), None)
            fault = fault and fault.removesuffix(f" in {example.text!r}")
            _example(paper, name, example.text, found_spans(book.knowledge, entry, example.text), fault)


def draw_pattern(book: ContentBook, part: str, raw: Mapping[str, Any], *, first: bool) -> None:
    """A fact pattern; one that cannot be used says why."""
    from zgoda.doors.paper import Paper
    from zgoda.reading.pattern_examples import pattern_outcomes

    paper = Paper()
    if not first:
        paper.line()
    about = [(key, str(raw.get(key, ""))) for key in ("gloss", "kind", "source", "value", "regex")]
    where = f"{raw.get('_file')}:{raw.get('_line')}"
    _head(paper, str(raw["id"]), f"{part} pattern, {raw.get('level', '')}", where, about)
    patterns = book.pattern_book(part)
    if not any(one is raw for one in patterns.entries):
        for fault in patterns.faults:
            if fault.startswith(f"{where}: "):
                _put(paper, "fault", fault.removeprefix(f"{where}: "))
        return
    for one in pattern_outcomes(patterns, raw):
        _example(paper, one.name, one.example.text, one.found, one.fault)
    paper.console.file.flush()


def _head(paper: Paper, identity: str, kind: str, where: str, about: Sequence[tuple[str, str]]) -> None:
    from rich.text import Text

    paper.line(Text(identity, style="bold").append(f"  {kind}", style="not bold"))
    paper.line(Text(where, style="dim"))
    for name, words in about:
        if words:
            _put(paper, name, words)


def _put(paper: Paper, name: str, words: str | Text) -> None:
    from rich.text import Text

    paper.block(Text(name, style="dim"), Text(words) if isinstance(words, str) else words, _MARGIN)


def _example(paper: Paper, name: str, text: str, found: Sequence[tuple[int, int]], fault: str | None) -> None:
    """The example with what is found in it now in brackets, and the fault if it is not what was expected."""
    from rich.text import Text

    from zgoda.doors.paper import clean

    sign = paper.signs.wrong if fault else paper.signs.right
    body, at = Text(f"{sign} "), 0
    for start, end in found:
        body.append(clean(text[at:start]))
        body.append(f"[{clean(text[start:end])}]", style="bold underline")
        at = end
    body.append(clean(text[at:]))
    if fault:
        body.append(f"  {paper.signs.dot} {fault}", style="bold")
    _put(paper, _NAMES[name], body)
