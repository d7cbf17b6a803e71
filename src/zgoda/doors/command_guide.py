"""`zgoda guide`: where conversations stand, turn by turn, and what is due next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from zgoda.doors.options import OVERLAYS

if TYPE_CHECKING:
    from datetime import datetime

    from zgoda.api import Engine
    from zgoda.doors.conversations import Case
    from zgoda.doors.messages import Failure
    from zgoda.values import Guidance


@click.command(
    short_help="Tell the next step of a conversation.",
    epilog="""\b
Examples:
  zgoda guide conversations.jsonl
  zgoda guide --format jsonl conversations.jsonl > steps.jsonl
  printf '{"id":"1","channel":"chat","turns":[{"author":"customer","text":"Where is my parcel?"}]}' | zgoda guide -

A line of JSON is one conversation: `id`, `turns` (each with `author` customer or agent, `text`, and perhaps `at`,
`name`, `role` supervisor), and what is known: `lang`, `channel`, `agent_name`, `company`, `customer_name`,
`colleague_available`, `now`. Each turn is answered with the step that is due after it; a line that cannot be
read is answered on its place with `error`.""",
)
@click.argument("file", default="-", metavar="[FILE|-]", type=click.Path(allow_dash=True))
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "jsonl"]),
    help="How to answer. Usually text; jsonl when the answer goes to a file or a pipe.",
)
@click.option("--lang", "language", type=click.Choice(["ru", "pl", "en"]), help="Language where the text leaves doubt.")
@click.option("--now", metavar="ISO", help="The time of asking, such as 2026-11-26T12:00+01:00.")
@OVERLAYS
@click.pass_context
def guide(
    ctx: click.Context, file: str, output: str | None, language: str | None, now: str | None, overlays: tuple[str, ...]
) -> None:
    """Tell where conversations stand: stage, ladder, safety, tension, what is owed and banned, and ready words."""
    from zgoda.doors.clock import parse_time
    from zgoda.errors import InputError

    try:
        time = parse_time(now) if now is not None else None
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--now") from error
    ctx.exit(_run(file, output, language, time, overlays))


def _run(file: str, output: str | None, language: str | None, now: datetime | None, overlays: tuple[str, ...]) -> int:
    """Answer every conversation; 1 where some line could not be read."""
    from zgoda.api import engine
    from zgoda.doors.clock import here_and_now
    from zgoda.doors.conversations import conversations
    from zgoda.doors.messages import Defaults, channel_names
    from zgoda.doors.sources import opened
    from zgoda.doors.streams import is_terminal
    from zgoda.errors import InputError

    guiding = engine(overlays)
    channels = channel_names(guiding.knowledge.table("common", "channels"))
    defaults = Defaults(language, now, here_and_now, channels)
    writer = _Lines() if (output or ("text" if is_terminal("stdout") else "jsonl")) == "jsonl" else _Cards()
    failures = 0
    try:
        with opened(file, "jsonl") as source:
            for case in conversations(source.stream, defaults):
                failures += not _answer(case, guiding, writer)
    except InputError as error:
        raise InputError(f"{'standard input' if file == '-' else file}: {error}") from error
    return 1 if failures else 0


def _answer(case: Case | Failure, guiding: Engine, writer: _Lines | _Cards) -> bool:
    """Write one answer; False where it could not be given."""
    from zgoda.doors.messages import Failure

    if isinstance(case, Failure):
        writer.failed(case)
        return False
    lines = _guided(case, guiding)
    if isinstance(lines, Failure):
        writer.failed(lines)
        return False
    writer.answered(case, lines)
    return True


def _guided(case: Case, guiding: Engine) -> tuple[Guidance, ...] | Failure:
    """The answers to one conversation; a fault in one must not cost the rest."""
    from zgoda.doors.messages import Failure
    from zgoda.errors import ZgodaError

    try:
        lines: tuple[Guidance, ...] = guiding.guide_turns(case.conversation, now=case.now)
        return lines
    except ZgodaError as error:
        return Failure(case.id, f"{case.place}{error}")
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        return Failure(case.id, f"{case.place}could not be answered, which is a fault of zgoda: {fault}")


class _Lines:
    """One object a turn."""

    def answered(self, case: Case, lines: tuple[Guidance, ...]) -> None:
        """All turns of a conversation."""
        for number, guidance in enumerate(lines):
            self._put({"id": case.id, "turn": number, **guidance.as_dict()})

    def failed(self, failure: Failure) -> None:
        """A line with `error`, on the place of the one that could not be read."""
        self._put({"id": failure.id, "error": failure.fault})

    def _put(self, value: dict[str, Any]) -> None:
        from zgoda.doors.streams import standard_output
        from zgoda.doors.writers import encode

        out = standard_output()
        out.write(encode(value) + b"\n")
        out.flush()


class _Cards:
    """A card a turn; what could not be read is told on the error stream."""

    def __init__(self) -> None:
        from zgoda.doors.show_guide import GuidePage

        self._page = GuidePage()

    def answered(self, case: Case, lines: tuple[Guidance, ...]) -> None:
        """The cards of a conversation."""
        self._page.conversation(case.id, case.conversation, lines)

    def failed(self, failure: Failure) -> None:
        """Why there are none."""
        from zgoda.doors.paper import clean

        name = "" if failure.id is None else f"{clean(str(failure.id))}: "
        click.echo(f"{name}{clean(failure.fault)}", err=True)
