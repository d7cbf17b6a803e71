"""Runs `zgoda read`: takes the sources in turn, reads each message, writes the answer, counts what failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zgoda.api import Engine, engine
from zgoda.doors.clock import here_and_now
from zgoda.doors.messages import Defaults, Message, channel_names, messages
from zgoda.doors.rounds import Round, go_round, usual_output
from zgoda.doors.sources import kind_of
from zgoda.doors.streams import goes_to_file, standard_output
from zgoda.doors.writers import JsonDocument, JsonLines, Writer
from zgoda.errors import ContentError
from zgoda.reading.pattern_examples import PARTS, pattern_book
from zgoda.values import Reading


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of one call."""

    files: tuple[str, ...]
    kind: str | None
    output: str | None
    language: str | None
    now: datetime | None
    explain: bool
    show_abuse: bool
    overlays: tuple[str, ...]


def run(wishes: Wishes) -> int:
    """Read everything and answer; the exit code is 1 where something could not be read."""
    files = [(name, kind_of(name, wishes.kind, wishes.output)) for name in wishes.files]
    output = wishes.output or usual_output(files)
    reader = checked_engine(wishes.overlays)
    channels = channel_names(reader.knowledge.table("common", "channels"))
    defaults = Defaults(wishes.language, wishes.now, here_and_now, channels)

    def answer(message: Message) -> Reading:
        return reader.read(message.text, now=message.now, language=message.language, channel=message.channel)

    failures = go_round(
        files,
        Round(
            items=lambda source: messages(source.kind, source.name, source.stream, defaults),
            answer=answer,
            writer=_writer(output, wishes, [kind for _, kind in files], reader),
        ),
    )
    return 1 if failures else 0


def checked_engine(overlays: tuple[str, ...]) -> Engine:
    """The engine; patterns of a company's folder are checked before anything is read."""
    built = engine(overlays)
    if overlays:
        faults = [fault for part in PARTS for fault in pattern_book(built.knowledge, part).faults]
        if faults:
            raise ContentError(faults)
    return built


def _writer(output: str, wishes: Wishes, kinds: list[str], reader: Engine) -> Writer[Message, Reading]:
    if output == "jsonl":
        return JsonLines(standard_output(), live=not goes_to_file())
    if output == "json":
        return JsonDocument(standard_output(), single=len(kinds) == 1 and kinds[0] in ("text", "eml"))
    from zgoda.doors.show import ReadingPage  # brings the drawing library along

    return ReadingPage(reader.knowledge.table("common", "wording"), wishes.explain, wishes.show_abuse)
