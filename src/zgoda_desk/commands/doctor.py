"""`zgoda doctor`: what is wrong with this desk, and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zgoda_desk.commands.setting_up import home_option, need_home, set_up

if TYPE_CHECKING:
    from zgoda_desk.commands.checks.finding import Finding

_BEFORE_ALL = ("connection", "tables")  # without these no other check can ask for rows
_MARKS = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}


@click.command("doctor")
@home_option
@click.option("--no-network", is_flag=True, help="Do not connect to mail servers; tell what was last heard of them.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, home: Path | None, no_network: bool, form: str) -> None:
    """Look the desk over: each line is fine, or says what is wrong and what to do. Changes nothing.

    Ends with 1 where something is wrong; notes alone end with 0.
    """
    need_home(home)
    set_up(home)
    found = list(examine(network=not no_network))
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            click.echo(line(one))
    ctx.exit(1 if any(one.state == "wrong" for one in found) else 0)


def line(found: Finding) -> str:
    """A finding as one line, and a second one that says what to do."""
    told = f"{_MARKS[found.state]} {found.check}: {found.says}"
    return f"{told}\n      → {found.do}" if found.do else told


def examine(*, network: bool) -> Iterator[Finding]:
    """Every finding; without a database only those that need none, and a check that breaks is a finding itself."""
    from zgoda_desk.commands.checks import house, letters, rows

    for check in (house.folder, house.disk, house.address):
        yield from _tried(check)
    for base in (rows.database, rows.migrations):
        found = list(_tried(base))
        yield from found
        if any(one.state == "wrong" and one.check in _BEFORE_ALL for one in found):
            return
    for more in (rows.audit, letters.company, house.time, letters.post, letters.phrases):
        yield from _tried(more)

    def mailboxes() -> Iterator[Finding]:
        yield from letters.mailboxes(network=network)

    yield from _tried(mailboxes)


def _tried(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    from zgoda_desk.commands.checks.finding import wrong

    try:
        yield from check()
    except Exception as error:
        name = getattr(check, "__name__", "check").strip("<>")
        yield wrong(name, f"the check itself broke: {type(error).__name__}: {error}", "report it with this line")
