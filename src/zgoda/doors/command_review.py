"""`zgoda review`: the options of reviewing replies; the work itself is loaded when it starts."""

from __future__ import annotations

import click

from zgoda.doors.options import OVERLAYS

_LANGUAGES = click.Choice(["ru", "pl", "en"])


@click.command(
    short_help="Review agents' replies: mistakes, what is owed, promises.",
    epilog="""\b
Examples:
  zgoda review reply.txt
  zgoda review --customer @complaint.txt reply.txt
  pbpaste | zgoda review --interface pl
  zgoda review --macros macros.csv --ignore "jargon=our customers are engineers"
  zgoda review replies.jsonl > reviews.jsonl

A plain text file, or standard input, is one reply; of a mail (.eml) it is the newest part. A line of JSON has
`text` and may have `id`, `customer`, `history` (turns with `author` and `text`), `context`, `lang` and `now`; a
line that cannot be read is answered on its place with `error`. Files that end in .csv, .tsv or .json, and those
of --macros, hold macros: each row is a reply, placeholders such as {{name}} are left alone.
Ignored is what --ignore names and what stands under [ignore] in .zgoda-ignore.toml of the current folder.

\b
Exit codes: 0 fine; 1 a finding as grave as --fail-on says stands, or some input could not be read; 2 wrong
usage. More: docs/review.md.""",
)
@click.argument("files", nargs=-1, metavar="[FILE ...|-]", type=click.Path(allow_dash=True))
@click.option(
    "--input",
    "kind",
    type=click.Choice(["text", "eml", "mbox", "jsonl", "macros"]),
    help="What the input is, instead of telling by suffix.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "jsonl"]),
    help="How to answer. Usually text; jsonl for .jsonl files when the answer goes to a file or a pipe.",
)
@click.option("--customer", metavar="TEXT|@FILE", help="The customer's last message, for replies that name none.")
@click.option("--lang", "language", type=_LANGUAGES, help="Language of the reply where the text leaves doubt.")
@click.option("--interface", type=_LANGUAGES, help="Language of the messages to the agent. Usually that of the reply.")
@click.option("--now", metavar="ISO", help="The time of writing, such as 2026-11-26T12:00+01:00.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="End with 1 where a finding of this severity or a graver one stands. Usually error; never for jsonl.",
)
@click.option("--acts", is_flag=True, help="Show also what each reply does (apology, promise, way out ...).")
@click.option(
    "--macros",
    multiple=True,
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="CSV or JSON of macros; repeatable.",
)
@click.option("--text-column", metavar="NAME", help="The column or key of macros that holds the text.")
@click.option("--id-column", metavar="NAME", help="The column or key of macros that holds the id.")
@click.option(
    "--ignore", multiple=True, metavar="RULE_OR_KIND=REASON", help="Let findings pass, with the reason; repeatable."
)
@OVERLAYS
@click.pass_context
def review(
    ctx: click.Context,
    files: tuple[str, ...],
    kind: str | None,
    output: str | None,
    customer: str | None,
    language: str | None,
    interface: str | None,
    now: str | None,
    fail_on: str | None,
    acts: bool,
    macros: tuple[str, ...],
    text_column: str | None,
    id_column: str | None,
    ignore: tuple[str, ...],
    overlays: tuple[str, ...],
) -> None:
    """Review replies before they are sent: what makes things worse, why, and what to say instead."""
    from zgoda.doors.clock import parse_time
    from zgoda.doors.ignoring import reasons_of
    from zgoda.doors.review_run import Wishes, run
    from zgoda.errors import InputError

    try:
        hint = "--now"
        time = parse_time(now) if now is not None else None
        hint = "--ignore"
        reasons_of(ignore)
        hint = "--customer"
        said = _said(customer)
    except InputError as error:
        raise click.BadParameter(str(error), param_hint=hint) from error
    wishes = Wishes(
        files=files,
        macros=macros,
        kind=kind,
        output=output,
        customer=said,
        language=language,
        interface=interface,
        now=time,
        fail_on=fail_on,
        acts=acts,
        text_column=text_column,
        id_column=id_column,
        ignore=ignore,
        overlays=overlays,
    )
    ctx.exit(run(wishes))


def _said(customer: str | None) -> str | None:
    """The customer's words, or those in the file behind an @."""
    from zgoda.doors.messages import decoded, whole
    from zgoda.doors.sources import opened
    from zgoda.errors import InputError

    if customer is None or not customer.startswith("@"):
        return customer
    name = customer[1:]
    try:
        with opened(name, "text") as source:
            return decoded(whole(source.stream))[0]
    except InputError as error:
        raise InputError(f"{name}: {error}") from error
