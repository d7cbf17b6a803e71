"""What a check looks at: a draft, what was said before it, and where the conversation stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zgoda.guidance.noticing.said import Said
from zgoda.guidance.noticing.words import NoticeWords
from zgoda.naming import NameBook
from zgoda.values import Context, Fact, Finding, Reading, Span


@dataclass(frozen=True, slots=True)
class Moment:
    """`heard` are the customer's turns, the last one last; `done` the acts of earlier turns of agents."""

    language: str
    said: Said
    heard: tuple[Said, ...]
    readings: tuple[Reading, ...]
    acts: tuple[Span, ...]
    findings: tuple[Finding, ...]
    done: frozenset[str]
    stage: str
    ladder: str
    context: Context
    facts: tuple[Fact, ...]
    words: NoticeWords
    limits: Mapping[str, Any]
    book: NameBook

    def does(self, *acts: str) -> bool:
        """Whether the draft does one of these acts."""
        return any(span.kind in acts for span in self.acts)

    @property
    def state(self) -> str:
        """The state of the customer's last turn, calm where he has said nothing."""
        return self.readings[-1].state if self.readings else "calm"

    def says(self, name: str) -> bool:
        """Whether the draft holds anything of a list."""
        return self.words.of(name).within(self.said)


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a check fires: code points of the draft, the check's own name, a suggestion in place of the words."""

    start: int
    end: int
    rule: str
    suggestion: str | None = None


def added(moment: Moment, rule: str, kind: str, sentence: int = 0, *, behind: bool = False) -> Iterator[Hit]:
    """A hit for what is missing: on one sentence, with the line that belongs before it or behind it."""
    start, end = moment.said.bounds[sentence]
    line = moment.words.choose(kind, moment.said.text)
    shown = moment.said.text[start:end]
    whole = f"{shown} {line}" if behind else f"{line} {shown}"
    yield Hit(start, end, rule, whole if line else None)


def opening(moment: Moment) -> int:
    """The first sentence that is no mere greeting: where a line about the feeling or the limit belongs."""
    greets = moment.words.of("greeting")
    for number in range(len(moment.said.sentences)):
        first, after = moment.said.sentences[number]
        if after - first > moment.limits["greeting_words"] or not greets.within(moment.said, (number,)):
            return number
    return 0
