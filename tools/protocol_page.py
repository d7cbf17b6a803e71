"""Draw docs/protocol.md from the transition tables; with `--check`, only say whether it is stale (and end with 1)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tools.fresh_page import keep_fresh
from zgoda.protocol.table import Protocol, Row, Table, load_protocol

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "protocol.md"
TABLE = ROOT / "src" / "zgoda" / "content" / "common" / "tables" / "protocol.toml"
_HEAD = """\
# The protocol: stages, ladder, safety

Drawn by `python tools/protocol_page.py` from `src/zgoda/content/common/tables/protocol.toml`; do not edit. The tables
are read by `zgoda.protocol` and followed by `zgoda.guidance.guide`. The rows named stand in [method.md](method.md).

What is **observed** always has an answer: where no arrow fits, the state stays. What is **commanded** (take a rung,
close, reopen) is refused where the table of commands does not allow it, and then nothing changes. On an arrow stands
the event and, in brackets, what must hold; `settle` happens after every turn: are the acts of the due stage done?

Conditions: `fact:x` something that happened; `act:x` an agent did it, ever; `fresh:x` for the stage that is due;
`now:x` since the customer last spoke; `rung:x` since the rung was opened; `some:x` and `full:x` a counter above zero
and at its maximum; a bare name is a guard, listed below; `!` negates.
"""
_MANY = 4  # a row from more states than this gets one arrow from all of them together
_TITLES = {"stage": "Stages", "ladder": "The ladder against abuse", "safety": "Safety"}


def edges(table: Table) -> Iterator[str]:
    """The arrows of a diagram; those that lead from every state are told below it."""
    together: dict[tuple[str, ...], str] = {}
    for row in table.rows:
        if row.to is None or row.sources == table.states:
            continue
        if len(row.sources) <= _MANY:
            yield from (f"    {source} --> {row.to}: {label(row)}" for source in row.sources)
            continue
        if row.sources not in together:
            together[row.sources] = f"any{len(together) + 1}"
            yield f'    state "{", ".join(row.sources)}" as {together[row.sources]}'
        yield f"    {together[row.sources]} --> {row.to}: {label(row)}"


def label(row: Row) -> str:
    """Event and condition, as Mermaid takes them: a colon would end the label."""
    when = f" [{', '.join(row.said)}]" if row.said else ""
    return f"{' / '.join(row.events) if len(row.events) < 9 else 'anything'}{when}".replace(":", "·")


def everywhere(table: Table) -> Iterator[str]:
    """The rows that hold in every state."""
    for row in table.rows:
        if row.to is not None and row.sources == table.states:
            yield f"- in any state: {label(row)} → `{row.to}`{ids(row.rows)}"


def ids(rows: Iterable[str]) -> str:
    """Row ids in brackets."""
    named = ", ".join(rows)
    return f" ({named})" if named else ""


def listed(names: Iterable[str]) -> str:
    """Names as code, a dash where there are none."""
    return ", ".join(f"`{name}`" for name in names) or "–"


def diagram(table: Table, protocol: Protocol) -> Iterator[str]:
    """One table: its diagram, the rows from anywhere, what each state owes."""
    yield f"## {_TITLES[table.name]}\n"
    yield "```mermaid\nstateDiagram-v2"
    starts: Iterable[str] = protocol.start.values() if table.name == "stage" else (table.states[0],)
    yield from (f"    [*] --> {state}" for state in dict.fromkeys(starts))
    yield from edges(table)
    yield "```\n"
    found = list(everywhere(table))
    if found:
        yield from found
        yield ""
    yield "| state | owed | forbidden besides the standing bans | why |\n|---|---|---|---|"
    for state, due in protocol.due[table.name].items():
        yield f"| `{state}` | {listed(due.owed)} | {listed(due.forbidden)} | {', '.join(due.rows) or '–'} |"
    yield ""


def details(table: Table) -> Iterator[str]:
    """The rows of a table in order, with the method behind them."""
    yield f"### Rows of {_TITLES[table.name].lower()}\n"
    yield "| # | from | event | when | to | why |\n|---|---|---|---|---|---|"
    for number, row in enumerate(table.rows, 1):
        source = "any" if row.sources == table.states else listed(row.sources)
        event = listed(row.events) if len(row.events) < 9 else "any"
        to = listed([row.to]) if row.to else "stays"
        yield f"| {number} | {source} | {event} | {listed(row.said)} | {to} | {', '.join(row.rows) or '–'} |"
    yield ""


def rest(protocol: Protocol, raw: Mapping[str, Any]) -> Iterator[str]:
    """Starts, standing bans, guards, counters, facts, readings of what is open, commands."""
    yield "## Where a conversation begins\n"
    yield from (
        f"- {'channel not known' if name == 'default' else name}: `{stage}`" for name, stage in protocol.start.items()
    )
    yield "\n## Standing bans\n"
    yield f"- always: {listed(protocol.always)}"
    yield from (f"- `{name}` until `{until}`" for name, until in raw["standing"]["until"].items())
    yield "\n## Guards\n"
    for name, lines in raw["guards"].items():
        yield f"- `{name}`: {' or '.join(' and '.join(f'`{text}`' for text in line) for line in lines)}"
    yield "\n## Counters and facts\n"
    for counter in protocol.counters:
        yield f"- counter `{counter.name}`, at most {counter.most}: {listed(counter.on)}"
    for fact in protocol.facts:
        off = f"; taken back by {listed(fact.off)}" if fact.off else ""
        yield f"- fact `{fact.name}`: {listed(fact.on) if fact.on else 'known from the start'}{off}"
    yield "\n## Where the contract leaves something open\n"
    yield from (f"- {note['text']}{ids(note['rows'])}" for note in raw["readings"]["notes"])
    yield "\n## Commands\n\n| command | allowed while | why |\n|---|---|---|"
    for name, command in raw["commands"].items():
        lines = " or ".join(" and ".join(f"`{text}`" for text in line) for line in command["when"])
        yield f"| `{name}` | {lines} | {', '.join(command['rows'])} |"


def page(raw: Mapping[str, Any]) -> str:
    """The whole page of a protocol table."""
    protocol = load_protocol(raw)
    shown = sorted(protocol.tables, key=lambda table: list(_TITLES).index(table.name))
    lines = [_HEAD, *(line for table in shown for line in diagram(table, protocol)), *rest(protocol, raw)]
    return "\n".join([*lines, "\n## All rows\n", *(line for table in shown for line in details(table))]).rstrip() + "\n"


def main() -> None:
    keep_fresh({PAGE: page(tomllib.loads(TABLE.read_text(encoding="utf-8")))})


if __name__ == "__main__":
    main()
