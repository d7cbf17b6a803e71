"""What stands in a message before anything is weighed: words, sentences, concepts, rules, who is spoken of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from zgoda.rules.matcher import Match
from zgoda.text.sentences import in_sentences
from zgoda.text.tokens import Tokens

_QUOTED = re.compile(r"«[^«»\n]{3,400}»|„[^„”\"\n]{3,400}[”\"]|“[^“”\n]{3,400}”|\"[^\"\n]{3,400}\"")


@dataclass(slots=True)
class Analysis:
    """One message cut up and matched; positions in `matches` and `sentences` count words, not code points."""

    text: str
    tokens: Tokens
    words: list[int]
    keys: list[str]
    sentences: list[tuple[int, int]]
    marks: list[str]
    languages: list[str] = field(default_factory=list)
    quoted: list[tuple[int, int]] = field(default_factory=list)
    concepts: list[Match] = field(default_factory=list)
    rules: list[Match] = field(default_factory=list)

    def span(self, first: int, after: int) -> tuple[int, int]:
        """Code points of the words `[first, after)`."""
        return self.tokens.starts[self.words[first]], self.tokens.ends[self.words[after - 1]]

    def in_quotation(self, word: int) -> bool:
        """Whether a word lies in a quotation; found by halving, since a message may be nothing but quotations."""
        place = bisect_right(self.quoted, (word, len(self.words)))
        return place > 0 and word < self.quoted[place - 1][1]

    def own_words(self) -> dict[str, str]:
        """The writer's different words with the language of their sentence; what he quotes is left out."""
        if not self.quoted and len(set(self.languages)) == 1:
            return dict.fromkeys(self.keys, self.languages[0])
        languages = [own for own, (a, b) in zip(self.languages, self.sentences, strict=True) for _ in range(a, b)]
        if not self.quoted:
            return dict(zip(self.keys, languages, strict=True))
        pairs = enumerate(zip(self.keys, languages, strict=True))
        return {key: language for i, (key, language) in pairs if not self.in_quotation(i)}

    def sentence_span(self, number: int) -> tuple[int, int]:
        """Code points of a sentence."""
        first, after = self.tokens.sentences[number]
        return self.tokens.starts[first], self.tokens.ends[after - 1]


def _is_word(text: str) -> bool:
    head = text[0]
    return head.isalnum() or head > "\u2030"


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _inside(starts: list[int], spans: list[tuple[int, int]]) -> frozenset[int]:
    """The tokens that begin inside spans; both go up, so that one walk is enough."""
    inside: list[int] = []
    token = 0
    for start, end in spans:
        while token < len(starts) and starts[token] < start:
            token += 1
        while token < len(starts) and starts[token] < end:
            inside.append(token)
            token += 1
    return frozenset(inside)


def cut(tokens: Tokens, abbreviations: frozenset[str], ignored: tuple[tuple[int, int], ...] = ()) -> Analysis:
    """Gather tokens into words and sentences; words inside the `ignored` spans (quoted mails) are left out."""
    text = tokens.source
    words: list[int] = []
    sentences: list[tuple[int, int]] = []
    marks: list[str] = []
    skipped = _inside(tokens.starts, _joined(ignored)) if ignored else frozenset[int]()
    kept_sentences: list[tuple[int, int]] = []
    for first, after in in_sentences(text, abbreviations).sentences:
        begin = len(words)
        mark = ""
        for i in range(first, after):
            if i in skipped:
                continue
            token = tokens.texts[i]
            if _is_word(token):
                words.append(i)
            elif token[0] in "!?":
                mark += token
        if len(words) > begin or mark:
            sentences.append((begin, len(words)))
            marks.append(mark)
            kept_sentences.append((first, after))
    tokens = replace(tokens, sentences=kept_sentences)
    keys = [tokens.keys[i] for i in words]
    analysis = Analysis(text, tokens, words, keys, sentences, marks)
    analysis.quoted = _quoted_words(analysis)
    return analysis


def _quoted_words(analysis: Analysis) -> list[tuple[int, int]]:
    """Word ranges inside quotation marks: somebody's speech, a title, a word held at arm's length."""
    text = analysis.text
    if not any(mark in text for mark in '"«„“'):
        return []
    starts = [analysis.tokens.starts[i] for i in analysis.words]
    ranges = []
    position = 0
    for match in _QUOTED.finditer(text):
        while position < len(starts) and starts[position] < match.start():
            position += 1
        first = position
        while position < len(starts) and starts[position] < match.end():
            position += 1
        if position > first:
            ranges.append((first, position))
    # A message that is nothing but a quotation is what the writer has to say.
    return ranges if sum(b - a for a, b in ranges) < len(starts) else []
