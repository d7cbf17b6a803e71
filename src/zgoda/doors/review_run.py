"""Runs `zgoda review`: reviews each reply, writes what was found, and tells by the exit code whether it may be sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from zgoda.api import Engine
from zgoda.doors.clock import here_and_now
from zgoda.doors.ignoring import IGNORE_FILE, Ignores, reasons_in, reasons_of
from zgoda.doors.json_fields import Failure
from zgoda.doors.macros import Columns
from zgoda.doors.messages import Defaults, channel_names
from zgoda.doors.placeholders import Placeholders
from zgoda.doors.replies import MACROS, Reply, ReplyDefaults, replies, reply_kind
from zgoda.doors.rounds import Round, go_round, usual_output
from zgoda.doors.sources import STDIN
from zgoda.doors.streams import goes_to_file, standard_output
from zgoda.doors.writers import JsonDocument, JsonLines, Writer, mail_wire
from zgoda.values import SEVERITIES, Context, Review

NEVER = "never"


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of one call."""

    files: tuple[str, ...] = ()
    macros: tuple[str, ...] = ()
    kind: str | None = None
    output: str | None = None
    customer: str | None = None
    language: str | None = None
    interface: str | None = None
    now: datetime | None = None
    fail_on: str | None = None
    acts: bool = False
    text_column: str | None = None
    id_column: str | None = None
    ignore: tuple[str, ...] = ()
    overlays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review without what the team lets pass; `ignored` counts that by rule or kind."""

    review: Review
    ignored: Counter[str]


@dataclass(slots=True)
class Tally:
    """What a call has seen so far."""

    replies: int = 0
    failed: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)

    def add(self, reviewed: Reviewed) -> None:
        """One more reply."""
        self.replies += 1
        self.severities.update(finding.severity for finding in reviewed.review.findings)
        self.ignored += reviewed.ignored
        self.languages.add(reviewed.review.language)

    def reaches(self, severity: str) -> bool:
        """Whether a finding of this severity, or a graver one, stands."""
        return severity != NEVER and any(self.severities[one] for one in SEVERITIES[SEVERITIES.index(severity) :])


def run(wishes: Wishes) -> int:
    """Review everything; the exit code is 1 where a finding is grave enough or something could not be read."""
    from zgoda.doors.reading_run import checked_engine

    files = [(name, reply_kind(name, wishes.kind, wishes.output)) for name in wishes.files]
    files += [(name, MACROS) for name in wishes.macros]
    files = files or [(STDIN, reply_kind(STDIN, wishes.kind, wishes.output))]
    output = wishes.output or usual_output(files)
    fail_on = wishes.fail_on or (NEVER if output == "jsonl" else "error")
    ignores = Ignores({**reasons_in(Path(IGNORE_FILE)), **reasons_of(wishes.ignore)})
    engine, tally = checked_engine(wishes.overlays), Tally()
    defaults = _defaults(wishes, engine)

    def answer(reply: Reply) -> Reviewed:
        reviewed = _review(reply, engine, defaults.placeholders, ignores)
        tally.add(reviewed)
        return reviewed

    writer = _Counting(_writer(output, wishes, files, engine, tally, ignores), tally)
    failures = go_round(files, Round(lambda source: replies(source, defaults), answer, writer))
    return 1 if failures or tally.reaches(fail_on) else 0


def _defaults(wishes: Wishes, engine: Engine) -> ReplyDefaults:
    table = engine.knowledge.table("common", "macros")
    channels = channel_names(engine.knowledge.table("common", "channels"))
    return ReplyDefaults(
        common=Defaults(wishes.language, wishes.now, here_and_now, channels),
        customer=wishes.customer,
        context=Context(interface_language=wishes.interface),
        columns=Columns(table["columns"], wishes.text_column, wishes.id_column),
        macros=table,
        placeholders=Placeholders.of(table["placeholders"]),
    )


def _review(reply: Reply, engine: Engine, placeholders: Placeholders, ignores: Ignores) -> Reviewed:
    review = engine.review(
        reply.text if reply.masked is None else reply.masked,
        customer=reply.customer,
        history=reply.history,
        context=reply.context,
        now=reply.now,
        language=reply.language,
    )
    review = placeholders.restored(review, reply.text, reply.places)
    findings, ignored = ignores.sifted(review.findings)
    return Reviewed(replace(review, findings=findings), ignored)


def wire(reply: Reply, reviewed: Reviewed) -> dict[str, Any]:
    """The JSON of a review: labels.md §2 behind the id, with the row of a macro or the text of a mail."""
    answer: dict[str, Any] = {"id": reply.id}
    if reply.row is not None:
        answer.update(row=reply.row, title=reply.title)
    answer.update(reviewed.review.as_dict())
    if reviewed.ignored:
        answer["ignored"] = dict(reviewed.ignored)
    if reply.mail is not None:
        answer["text"] = reply.text
        answer["mail"] = mail_wire(reply.mail)
    return answer


def _writer(
    output: str, wishes: Wishes, files: list[tuple[str, str]], engine: Engine, tally: Tally, ignores: Ignores
) -> Writer[Reply, Reviewed]:
    if output == "jsonl":
        return JsonLines(standard_output(), live=not goes_to_file(), wire=wire)
    if output == "json":
        single = len(files) == 1 and files[0][1] in ("text", "eml")
        return JsonDocument(standard_output(), single=single, wire=wire)
    from zgoda.doors.show_review import ReviewPage, ReviewWording  # brings the drawing library along

    wording = ReviewWording(engine.knowledge.table, wishes.interface)
    return ReviewPage(wording, tally, ignores, acts=wishes.acts, each=all(kind != "jsonl" for _, kind in files))


class _Counting:
    """Counts what could not be read on its way to the writer."""

    def __init__(self, writer: Writer[Reply, Reviewed], tally: Tally) -> None:
        self._writer, self._tally = writer, tally

    def message(self, reply: Reply, reviewed: Reviewed) -> None:
        """One review."""
        self._writer.message(reply, reviewed)

    def failure(self, failure: Failure) -> None:
        """One place where nothing could be read."""
        self._tally.failed += 1
        self._writer.failure(failure)

    def close(self) -> None:
        """Nothing follows."""
        self._writer.close()
