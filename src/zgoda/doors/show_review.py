"""Draws reviews as a linter does: the place, the line with a mark under the words, why, and what to say instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from zgoda.doors.json_fields import Failure
from zgoda.doors.paper import Paper, clean
from zgoda.doors.snippet import position, snippet
from zgoda.values import ACTS, LANGUAGES, SEVERITIES, Finding, Promise, Review, Span

if TYPE_CHECKING:
    from zgoda.doors.ignoring import Ignores
    from zgoda.doors.replies import Reply
    from zgoda.doors.review_run import Reviewed, Tally

_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_INDENT = 4
_DEFAULT = "en"


class ReviewWording:
    """The words around a review, in the language asked for, else that of the reply (tables/review_page, review)."""

    def __init__(self, table: Callable[[str, str], Mapping[str, Any]], interface: str | None) -> None:
        self._table = table
        self.interface = interface

    def language(self, reply: str) -> str:
        """The language to speak in about a reply in `reply`."""
        return self.interface or (reply if reply in LANGUAGES else _DEFAULT)

    def word(self, language: str, key: str, group: str = "words") -> str:
        """A word of the page; one that is missing is the key itself."""
        return str(self._table(language, "review_page").get(group, {}).get(key, key))

    def name(self, language: str, kind: str) -> str:
        """The short name of an act."""
        return str(self._table(language, "review").get("names", {}).get(kind, kind.replace("_", " ")))


class ReviewPage:
    """Writes reviews as text; `each` gives every clean reply its line, which thousands of lines do not need."""

    def __init__(
        self,
        wording: ReviewWording,
        tally: Tally,
        ignores: Ignores,
        *,
        acts: bool = False,
        each: bool = True,
        paper: Paper | None = None,
    ) -> None:
        self.paper = paper or Paper()
        self._wording, self._tally, self._ignores = wording, tally, ignores
        self._acts, self._each = acts, each
        self._above = ""  # what stands last on the page: a block, a line, or nothing

    def message(self, reply: Reply, reviewed: Reviewed) -> None:
        """One reply: its findings, then what is owed, promised and done."""
        review = reviewed.review
        language = self._wording.language(review.language)
        for finding in review.findings:
            self._finding(reply, finding, language)
        if not review.findings and self._each and reply.row is None:
            self._begin("line")
            self.paper.line(Text(f"{clean(reply.where)}: {self._wording.word(language, 'clean')}", style="green"))
        self._rest(reply, review, language)
        self.paper.console.file.flush()

    def failure(self, failure: Failure) -> None:
        """What could not be read is told on the error stream."""
        name = "" if failure.id is None else f"{clean(str(failure.id))}: "
        click.echo(f"{name}{clean(failure.fault)}", err=True)

    def close(self) -> None:
        """The sum, where there were several replies, and what was let pass."""
        tally, paper = self._tally, self.paper
        language = self._wording.interface or _only(tally.languages)
        if tally.replies > 1 or (tally.replies and tally.failed):
            counts = [("replies", tally.replies), *((one, tally.severities[one]) for one in reversed(SEVERITIES))]
            counts.append(("failed", tally.failed))
            shown = [
                f"{self._wording.word(language, key, 'summary')}: {count}"
                for key, count in counts
                if count or key not in ("info", "failed")
            ]
            self._begin("block")
            paper.line(Text(", ".join(shown), style="bold"))
        for name, count in sorted(tally.ignored.items()):
            reason = clean(self._ignores.reasons[name])
            paper.line(Text(f"{self._wording.word(language, 'ignored')}: {name} {count} ({reason})", style="dim"))
        paper.console.file.flush()

    def _begin(self, what: str) -> None:
        """An empty line around blocks, none between lines."""
        if self._above and "block" in (self._above, what):
            self.paper.line()
        self._above = what

    # -- one finding -------------------------------------------------------------------------------------------------

    def _finding(self, reply: Reply, finding: Finding, language: str) -> None:
        self._begin("block")
        line, column = position(reply.text, finding.start)
        head = Text(f"{clean(reply.where)}{': ' if reply.place else ':'}{line}:{column}: ", style="bold")
        head = Text().append_text(head)
        head.append(finding.severity, style=_STYLES.get(finding.severity, "bold"))
        self.paper.line(head.append(f" {finding.kind}"))
        self._quote(reply.text, finding)
        self._row(Text(clean(finding.message)))
        if finding.suggestion:
            say = Text(f"{self._wording.word(language, 'say')}: ", style="green")
            self._row(Text().append_text(say).append(clean(finding.suggestion)))
        elif finding.start < finding.end:
            self._row(Text(self._wording.word(language, "omit"), style="green"))
        behind = f"{self._wording.word(language, 'rule')} {finding.rule} {self.paper.signs.dot} {finding.source}"
        self._row(Text(clean(behind), style="dim"))

    def _quote(self, text: str, finding: Finding) -> None:
        width = self.paper.width - _INDENT
        for shown in snippet(text, finding.start, finding.end, width, self.paper.signs.more):
            self.paper.line(Text(" " * _INDENT + shown.line))
            mark = Text("~" * shown.width, style=_STYLES.get(finding.severity, ""))
            self.paper.line(Text(" " * (_INDENT + shown.start)).append_text(mark))

    def _row(self, body: Text) -> None:
        self.paper.block(Text(), body, _INDENT)

    # -- the rest ----------------------------------------------------------------------------------------------------

    def _rest(self, reply: Reply, review: Review, language: str) -> None:
        """What else is known of a reply, below its findings."""
        rows = list(self._rows(reply, review, language))
        if not rows:
            return
        if review.findings or self._above != "line":
            self._begin("block")
            self.paper.line(Text(f"{clean(reply.where)}:", style="bold"))
        for row in rows:
            self._row(row)
        self._above = "block"

    def _rows(self, reply: Reply, review: Review, language: str) -> Iterator[Text]:
        """What is owed and promised is not told of a macro: it is a part of a reply."""
        wording = self._wording
        if review.truncated:
            yield Text(wording.word(language, "truncated"), style="dim")
        if reply.row is None:
            names = ", ".join(wording.name(language, kind) for kind in review.missing)
            yield from self._named("missing", [Text(names)] if names else [], language)
            yield from self._named("promises", [self._promise(one, language) for one in review.promises], language)
        if self._acts:
            spans = sorted(review.acts, key=lambda span: (span.start, ACTS.index(span.kind)))
            yield from self._named("acts", [self._act(span, language) for span in spans], language)

    def _named(self, key: str, rows: Sequence[Text], language: str) -> Iterator[Text]:
        """Rows with a heading before the first."""
        for number, row in enumerate(rows):
            heading = "" if number else f"{self._wording.word(language, key)}: "
            yield Text().append_text(Text(heading, style="bold")).append_text(row)

    def _act(self, span: Span, language: str) -> Text:
        name = Text(f"{self._wording.name(language, span.kind)}  ", style="dim")
        return Text().append_text(name).append_text(self.paper.quoted(Text(clean(span.text).strip())))

    def _promise(self, promise: Promise, language: str) -> Text:
        paper, wording = self.paper, self._wording
        due = promise.due.replace("T", " ") if promise.due else wording.word(language, "no_time")
        told = [due, wording.word(language, promise.who, "who")]
        if promise.channel:
            told.append(wording.word(language, promise.channel, "channels"))
        out = paper.quoted(Text(clean(promise.text).strip())).append(f" {paper.signs.arrow} ")
        return out.append(f" {paper.signs.dot} ".join(told), style="dim")


def _only(languages: set[str]) -> str:
    """The one language of all replies, else English."""
    (one, *others) = languages or {_DEFAULT}
    return _DEFAULT if others or one not in LANGUAGES else one
