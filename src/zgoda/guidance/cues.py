"""What a customer's words tell beside their reading: yes, no, cooling down, asking, and whom the abuse aims at.

The words are content (tables/conversation of each language); what is not in them is not guessed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zgoda.guidance.phrase_set import PhraseSet
from zgoda.text.tokens import tokenise
from zgoda.values import Reading, Span

_NEAR = 2  # words between a negation, or a "you", and what it belongs to
_AROUND = 40  # words of its sentence that tell whom an insult aims at
_MOST = 20  # spans of abuse that are looked at: a flood of them aims no other way
_INSULT, _THREAT, _PROFANITY = "insult", "threat", "profanity"


@dataclass(frozen=True, slots=True)
class Cues:
    """`aim` is `person`, `firm` or `situation`, `threat` is `person` or `property`, None where no such abuse stands.

    `cooling` are the words of a yes, thanks or regret.
    """

    accepts: bool = False
    refuses: bool = False
    cools: bool = False
    asks: bool = False
    aim: str | None = None
    threat: str | None = None
    cooling: tuple[str, ...] = ()


NO_CUES = Cues()


class _Text:
    """The words of a message with their places and sentences."""

    def __init__(self, text: str) -> None:
        tokens = tokenise(text)
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentences: list[tuple[int, int]] = []
        self.questions: set[int] = set()
        first = 0
        for number, (sign, key) in enumerate(zip(tokens.texts, tokens.keys, strict=True)):
            if key[:1].isalnum():
                self.words.append(key)
                self.starts.append(tokens.starts[number])
                self.ends.append(tokens.ends[number])
            elif sign[0] in ".!?…\n" and len(self.words) > first:
                if "?" in sign:
                    self.questions.add(len(self.sentences))
                self.sentences.append((first, len(self.words)))
                first = len(self.words)
            elif "?" in sign and self.sentences:
                self.questions.add(len(self.sentences) - 1)
        if len(self.words) > first:
            self.sentences.append((first, len(self.words)))

    def sentence(self, word: int) -> tuple[int, int]:
        """The words of the sentence in which a word stands."""
        return self.sentences[bisect_right(self.sentences, (word, len(self.words))) - 1]

    def around(self, span: Span) -> tuple[int, int, int, int]:
        """The words of a span, and those of its sentence near it: `first, after, begins, ends`."""
        first, after = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        if first >= after:
            return 0, 0, 0, min(len(self.words), _AROUND)
        begins, ends = self.sentence(first)[0], self.sentence(after - 1)[1]
        return first, after, max(begins, first - _AROUND), min(ends, after + _AROUND)

    def said(self, first: int, after: int) -> str:
        """The words as they were written."""
        return self.text[self.starts[first] : self.ends[after - 1]]


class _Words:
    """The phrase sets of one language."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        accept, aim = table["accept"], table["aim"]
        self.strong, self.weak = PhraseSet(accept["strong"]), PhraseSet(accept["weak"])
        self.refuse, self.but = PhraseSet(accept["refuse"]), PhraseSet(accept["but"])
        self.negation = PhraseSet(accept["negation"])
        self.cool, self.not_cool = PhraseSet(table["cool"]["phrases"]), PhraseSet(table["cool"]["unless"])
        self.openers = PhraseSet(table["ask"]["openers"])
        self.aim = {name: PhraseSet(phrases) for name, phrases in aim.items()}


class CueBook:
    """The words of all languages."""

    def __init__(self, words: Mapping[str, _Words], limits: Mapping[str, Any]) -> None:
        self._words = words
        self._weak: int = limits["weak_words"]
        self._strong: int = limits["strong_words"]

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, Any]]) -> CueBook:
        """From the tables of the content, `{language: {"conversation": ...}}` and tables/protocol of `common`."""
        words = {lang: _Words(own["conversation"]) for lang, own in tables.items() if "conversation" in own}
        return cls(words, tables["common"]["protocol"]["observing"])

    def cues(self, text: str, reading: Reading) -> Cues:
        """The cues of one turn; of a language without a table only that abuse is there, aimed at the person."""
        words = self._words.get(reading.language)
        if words is None:
            return _unknown(reading)
        said = _Text(text)
        refuses = self._refuses(said, words)
        accepts = not refuses and self._accepts(said, words, reading)
        cools = any(
            words.cool.within(said.words, *s) and not words.not_cool.within(said.words, *s) for s in said.sentences
        )
        calming = [words.cool] if cools else []
        calming += [words.strong] if accepts else []
        return Cues(
            accepts=accepts,
            refuses=refuses,
            cools=cools,
            asks=_asks(said, words),
            aim=_aim(said, words, reading),
            threat=_threat(said, words, reading),
            cooling=tuple(dict.fromkeys(said.said(*s) for phrases in calming for s in phrases.spans(said.words))),
        )

    def _refuses(self, said: _Text, words: _Words) -> bool:
        if words.refuse.within(said.words):
            return True
        return any(_negated(said, words, at) for at, _ in words.strong.spans(said.words))

    def _accepts(self, said: _Text, words: _Words, reading: Reading) -> bool:
        """A clear yes in a sentence that is no question, or a weak one in a short turn with no "but".

        Who is angry and says "but" agrees to the tone at most ("Fine, no more swearing. But this is a disgrace!").
        """
        if reading.state == "abusive" or (reading.state == "angry" and words.but.within(said.words)):
            return False
        for number, (first, after) in enumerate(said.sentences):
            short = after - first <= self._strong and number not in said.questions
            if short and words.strong.within(said.words, first, after):
                return True
        short = len(said.words) <= self._weak and reading.state != "angry" and not said.questions
        if not short or words.but.within(said.words):
            return False
        return any(not _negated(said, words, at) for at, _ in words.weak.spans(said.words))


def _negated(said: _Text, words: _Words, at: int) -> bool:
    return words.negation.within(said.words, max(said.sentence(at)[0], at - _NEAR), at)


def _asks(said: _Text, words: _Words) -> bool:
    """A question mark, or a sentence that begins like a question."""
    if said.questions:
        return True
    return any(words.openers.within(said.words, first, first + 1 + _NEAR, only=first) for first, _ in said.sentences)


def _unknown(reading: Reading) -> Cues:
    kinds = {span.kind for span in reading.abuse}
    aim = "person" if _INSULT in kinds else "situation" if _PROFANITY in kinds else None
    return Cues(aim=aim, threat="person" if _THREAT in kinds else None)


def _aim(said: _Text, words: _Words, reading: Reading) -> str | None:
    """The gravest aim of insults and vulgar words: a person before the firm before the situation."""
    insults = [span for span in reading.abuse if span.kind == _INSULT][:_MOST]
    aims = {_aim_of(said, words.aim, span) for span in insults}
    if any(span.kind == _PROFANITY for span in reading.abuse):
        firm = {i for a, b in words.aim["curse_firm"].spans(said.words) for i in range(a, b)}
        person = [a for a, _ in words.aim["curse_person"].spans(said.words) if a not in firm]
        aims.add("person" if person else "firm" if firm else "situation")
    return next((aim for aim in ("person", "firm", "situation") if aim in aims), None)


def _aim_of(said: _Text, sets: Mapping[str, PhraseSet], span: Span) -> str:
    first, after, begins, ends = said.around(span)
    several = sets["plural"].within(said.words, first, after)
    if not several and sets["direct"].within(said.words, max(begins, first - _NEAR), after):
        return "person"
    if several or sets["group"].within(said.words, begins, ends):
        return "firm"
    third = sets["third"].within(said.words, begins, ends)
    return "firm" if third and not sets["direct"].within(said.words, begins, ends) else "person"


def _threat(said: _Text, words: _Words, reading: Reading) -> str | None:
    """`property` only where a thing is named and no person: in doubt a person is in danger."""
    threats = [span for span in reading.abuse if span.kind == _THREAT][:_MOST]
    aims = set()
    for span in threats:
        _, _, begins, ends = said.around(span)
        thing = words.aim["property"].within(said.words, begins, ends)
        aims.add("property" if thing and not words.aim["body"].within(said.words, begins, ends) else "person")
    return next((aim for aim in ("person", "property") if aim in aims), None)
