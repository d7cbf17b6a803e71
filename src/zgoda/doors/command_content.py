"""`zgoda content`: check, show and list what the engine knows."""

from __future__ import annotations

import click

from zgoda.doors.content_book import KINDS
from zgoda.doors.options import OVERLAYS

_LANGUAGE = click.option("--lang", "language", type=click.Choice(["ru", "pl", "en"]), help="Only one language.")


@click.group()
def content() -> None:
    """Check and explain the content: lexicons, rules, patterns."""


@content.command(
    epilog="""\b
Examples:
  zgoda content check
  zgoda content check --lang pl
  zgoda content check --content our-words

Every entry carries examples that it must catch, near misses that it must let pass and misses that are
known; all of them are tried. Regular expressions must run in time that grows with the text, no faster.
Ends with 1 where there is a fault."""
)
@_LANGUAGE
@OVERLAYS
@click.pass_context
def check(ctx: click.Context, language: str | None, overlays: tuple[str, ...]) -> None:
    """Run every entry's own examples and report all faults at once."""
    from zgoda.doors.content_book import open_book
    from zgoda.doors.show_content import cast_summary, summary

    book = open_book(overlays)
    parts = book.parts(language)
    faults = book.faults(language)
    for fault in faults:
        click.echo(fault)
    for part in parts:
        click.echo(summary(part, book.count(part)))
    click.echo(cast_summary(book.cast, language))
    if faults:
        click.echo(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}", err=True)
    ctx.exit(1 if faults else 0)


@content.command(
    epilog="""\b
Examples:
  zgoda content show profanity --lang en
  zgoda content show fact-iso-date"""
)
@click.argument("identity", metavar="ID")
@_LANGUAGE
@OVERLAYS
def show(identity: str, language: str | None, overlays: tuple[str, ...]) -> None:
    """Explain one entry: what it stands for, where it is from, its terms, and what each example does now."""
    from zgoda.doors.content_book import open_book
    from zgoda.doors.show_content import draw_entry, draw_pattern

    book = open_book(overlays)
    entries, patterns = book.entries(identity, language), book.patterns(identity, language)
    if not entries and not patterns:
        near = book.near(identity, language)
        hint = f" Near: {', '.join(near)}." if near else ""
        raise click.UsageError(f"No entry has the id {identity!r}.{hint} See `zgoda content list`.")
    first = True
    for entry in entries:
        draw_entry(book, entry, first=first)
        first = False
    for part, raw in patterns:
        draw_pattern(book, part, raw, first=first)
        first = False


@content.command(
    name="list",
    epilog="""\b
Examples:
  zgoda content list --lang ru --kind concept
  zgoda content list | grep legal""",
)
@click.option("--kind", type=click.Choice(KINDS), help="Only one kind of entry.")
@_LANGUAGE
@OVERLAYS
def list_entries(kind: str | None, language: str | None, overlays: tuple[str, ...]) -> None:
    """List every entry: id, language, kind, level, label, what it stands for."""
    from zgoda.doors.content_book import open_book
    from zgoda.doors.show_content import draw_list

    draw_list(open_book(overlays).rows(kind, language))
