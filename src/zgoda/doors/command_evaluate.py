"""`zgoda evaluate`: how well readings agree with labelled messages."""

from __future__ import annotations

import click

from zgoda.doors.sources import STDIN


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
@click.argument("file", metavar="FILE|-", type=click.Path(allow_dash=True))
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to answer.")
@click.option("--by", type=click.Choice(["lang"]), help="Also apart for each language.")
@click.option("--resamples", type=click.IntRange(10, 100_000), help="How often the intervals draw the messages again.")
@click.option("--seed", type=int, help="The start of the drawing; the same seed gives the same intervals.")
@click.pass_context
def messages(
    ctx: click.Context, file: str, output: str, by: str | None, resamples: int | None, seed: int | None
) -> None:
    """Precision, recall and F1 of every label of a customer's message, with 95 % intervals."""
    from dataclasses import replace

    from zgoda.doors.evaluation_run import labelled_lines
    from zgoda.doors.sources import opened
    from zgoda.errors import InputError
    from zgoda.evaluation import evaluate as measure
    from zgoda.evaluation import settings_from_content

    settings = settings_from_content()
    settings = replace(settings, resamples=resamples or settings.resamples)
    settings = replace(settings, seed=settings.seed if seed is None else seed)
    try:
        with opened(file, "jsonl") as source, labelled_lines(source) as lines:
            found = measure(lines, settings=settings, by_language=by == "lang")
    except InputError as error:
        raise InputError(f"{'standard input' if file == STDIN else file}: {error}") from error
    for fault in found.faults:
        click.echo(fault, err=True)
    if output == "json":
        from zgoda.doors.streams import standard_output
        from zgoda.doors.writers import encode

        standard_output().write(encode(found.as_dict(), 2) + b"\n")
    else:
        from zgoda.doors.show_evaluation import draw_evaluation

        draw_evaluation(found, settings.confidence)
    ctx.exit(1 if found.faults else 0)
