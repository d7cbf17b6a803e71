"""Split tokens into sentences: the unit in which blame, negation and demand are judged."""

from __future__ import annotations

from dataclasses import replace

from zgoda.text.remembered import Remembered
from zgoda.text.tokens import TEXTS_KEPT, Tokens, tokens_of

_WRAP = 50
_ENDS = "!?…"


def _breaks_line(tokens: Tokens, i: int) -> bool:
    """A newline ends a sentence unless it merely wraps a long line of a mail."""
    if len(tokens.texts[i]) > 1 or i + 1 >= len(tokens):
        return True
    line_start = tokens.source.rfind("\n", 0, tokens.starts[i]) + 1
    following = tokens.texts[i + 1]
    return tokens.starts[i] - line_start < _WRAP or not following[0].islower()


def _breaks_dot(tokens: Tokens, i: int, abbreviations: frozenset[str]) -> bool:
    """A dot ends a sentence unless it stands in a number, an address or after an abbreviation."""
    if i + 1 >= len(tokens):
        return True
    end = tokens.ends[i]
    if tokens.starts[i + 1] == end and tokens.texts[i + 1][0] not in "\n!?":
        return len(tokens.texts[i]) > 1
    following = tokens.texts[i + 1]
    if len(tokens.texts[i]) > 1:
        return True
    previous = tokens.keys[i - 1] if i else ""
    if tokens.ends[i - 1] == tokens.starts[i] if i else False:
        if previous in abbreviations:
            return False
        if len(previous) == 1 and previous.isalpha() and following[:1].isupper():
            return False
    return True


def split_sentences(tokens: Tokens, abbreviations: frozenset[str]) -> list[tuple[int, int]]:
    """Return token ranges `[first, after)` of the sentences; every token belongs to exactly one."""
    spans: list[tuple[int, int]] = []
    first = 0
    total = len(tokens)
    texts = tokens.texts
    i = 0
    while i < total:
        mark = texts[i][0]
        if mark in "\n.!?…":
            ends = (
                mark in _ENDS
                or (mark == "\n" and _breaks_line(tokens, i))
                or (mark == "." and _breaks_dot(tokens, i, abbreviations))
            )
            if ends:
                # Marks and emoji after the end still belong to the sentence before them.
                while i + 1 < total and (texts[i + 1][0] in ".!?…\n)" or texts[i + 1][0] > "\u2600"):
                    i += 1
                spans.append((first, i + 1))
                first = i + 1
        i += 1
    if first < total:
        spans.append((first, total))
    return spans


def _in_sentences(text: str, abbreviations: frozenset[str]) -> Tokens:
    tokens = tokens_of(text)
    return replace(tokens, sentences=split_sentences(tokens, abbreviations))


_remembered = Remembered(_in_sentences, TEXTS_KEPT)


def in_sentences(text: str, abbreviations: frozenset[str]) -> Tokens:
    """The tokens of a text with its sentences, for texts that several rooms look at."""
    return _remembered(text, abbreviations)
