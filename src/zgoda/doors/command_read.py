"""`zgoda read`: the options of reading messages; the work itself is loaded when it starts."""

from __future__ import annotations

import click

from zgoda.doors.options import OVERLAYS
from zgoda.doors.sources import KINDS, STDIN


@click.command(
    short_help="Read customers' messages and show the substance.",
    epilog="""\b
Examples:
  echo "Third time I ask: where is order 4412?" | zgoda read
  zgoda read complaint.txt mail.eml archive.mbox
  zgoda read --format json complaint.eml
  zgoda read messages.jsonl > readings.jsonl
  printf '{"id":"1","text":"Where is my parcel?"}\\n' | zgoda read --format jsonl -

A plain text file, or standard input, is one message. The kind of a file is told by its suffix:
.eml, .mbox, .jsonl, anything else is text. A line of JSON has `id` and `text` and may have `lang`,
`channel` and `now`; a line that cannot be read is answered on its place with `error`.
Relative dates are counted from --now, else from the date of the mail, else from the present.""",
)
@click.argument("files", nargs=-1, metavar="[FILE ...|-]", type=click.Path(allow_dash=True))
@click.option("--input", "kind", type=click.Choice(KINDS), help="What the input is, instead of telling by suffix.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "jsonl"]),
    help="How to answer. Usually text; jsonl for .jsonl files when the answer goes to a file or a pipe.",
)
@click.option("--lang", "language", type=click.Choice(["ru", "pl", "en"]), help="Language where the text leaves doubt.")
@click.option("--now", metavar="ISO", help="The time of reading, such as 2026-11-26T12:00+01:00.")
@click.option("--explain", is_flag=True, help="All reasons, each with its rule or feature and its source.")
@click.option("--show-abuse", is_flag=True, help="Show the words of abuse instead of folding them.")
@OVERLAYS
@click.pass_context
def read(
    ctx: click.Context,
    files: tuple[str, ...],
    kind: str | None,
    output: str | None,
    language: str | None,
    now: str | None,
    explain: bool,
    show_abuse: bool,
    overlays: tuple[str, ...],
) -> None:
    """Read customers' messages: state, claims, demands, facts to check, risks, and why."""
    from zgoda.doors.clock import parse_time
    from zgoda.doors.reading_run import Wishes, run
    from zgoda.errors import InputError

    try:
        time = parse_time(now) if now is not None else None
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--now") from error
    wishes = Wishes(files or (STDIN,), kind, output, language, time, explain, show_abuse, overlays)
    ctx.exit(run(wishes))
