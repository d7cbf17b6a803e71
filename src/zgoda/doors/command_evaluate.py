"""`zgoda evaluate`: how well the engine agrees with labelled messages, replies and conversations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

_OPTIONS = (
    click.argument("file", metavar="FILE|-", type=click.Path(allow_dash=True)),
    click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to answer."),
    click.option("--by", type=click.Choice(["lang"]), help="Also apart for each language."),
    click.option("--resamples", type=click.IntRange(10, 100_000), help="How often the intervals draw the lines again."),
    click.option("--seed", type=int, help="The start of the drawing; the same seed gives the same intervals."),
    click.pass_context,
)


def _measuring(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments that all three share."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.group()
def evaluate() -> None:
    """Measure the engine against labelled lines."""


@evaluate.command(
    epilog="""\b
Examples:
  zgoda evaluate messages labelled.jsonl
  zgoda evaluate messages labelled.jsonl --by lang
  zgoda evaluate messages labelled.jsonl --format json > scores.json
  cat en.jsonl pl.jsonl | zgoda evaluate messages -

Each line is {"id","text","lang","state","abuse","signals","causes","demands","facts"}, where a fact is
{"kind","text"}. A fact is right if its kind is the same and the spans overlap, one to one. Lines that
cannot be used are named on the error stream and left out."""
)
@_measuring
def messages(
    ctx: click.Context, file: str, output: str, by: str | None, resamples: int | None, seed: int | None
) -> None:
    """Precision, recall and F1 of every label of a customer's message, with 95 % intervals."""
    from zgoda.doors.evaluation_run import Wishes, run_messages

    ctx.exit(run_messages(Wishes(file, output, by == "lang", resamples, seed)))


@evaluate.command(
    epilog="""\b
Examples:
  zgoda evaluate replies labelled.jsonl
  zgoda evaluate replies labelled.jsonl --by lang --format json > scores.json

Each line is {"id","lang","customer","text","acts","findings"}: the customer's last message, the reply, what
it does and the mistakes in it; `customer` may be missing, and `notices` may name those of the conversation.
False alarms: share of the replies without a labelled mistake that get an error or a warning. Caught: share
of those with one that get at least one right finding. Flagged: that get an error or a warning at all."""
)
@_measuring
def replies(
    ctx: click.Context, file: str, output: str, by: str | None, resamples: int | None, seed: int | None
) -> None:
    """Acts and mistakes of an agent's replies: precision, recall and F1, false alarms, with 95 % intervals."""
    from zgoda.doors.evaluation_run import Wishes, run_replies

    ctx.exit(run_replies(Wishes(file, output, by == "lang", resamples, seed)))


@evaluate.command(
    epilog="""\b
Examples:
  zgoda evaluate conversations told.jsonl
  zgoda evaluate conversations told.jsonl --format json > agreement.json

Each line is a conversation as `zgoda guide` takes it, with what is expected after some of its turns:
  {"id","lang","channel","turns":[{"author","text"}],
   "expect":[{"turn":0,"stage":"listen","ladder":"none","safety":"none","tension":"steady"}]}
Turns count from 0; a field that is left out is not compared. The answer tells how often each field agrees, on how
many turns all of them do together, in how many conversations every turn does, and where they differ."""
)
@_measuring
def conversations(
    ctx: click.Context, file: str, output: str, by: str | None, resamples: int | None, seed: int | None
) -> None:
    """Agreement of stage, rung, safety and tension with the steps expected in conversations, with 95 % intervals."""
    from zgoda.doors.evaluation_run import Wishes, run_conversations

    ctx.exit(run_conversations(Wishes(file, output, by == "lang", resamples, seed)))
