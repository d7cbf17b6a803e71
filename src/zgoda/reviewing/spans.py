"""From clauses that carry a label to spans of the text: neighbours joined, nearly whole sentences made whole."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from zgoda.reviewing.draft import Draft

_JOINS = (",", ";", ":", "—", "–", "-", "(")
_ENDS = (".", "!", "?", "…")
_FIRST_WORD = re.compile(r"[^\W\d_]++")


def spans_of(draft: Draft, numbers: Iterable[int], whole: float) -> Iterator[tuple[int, int]]:
    """Code-point spans of the clauses `numbers`, in order; neighbours in one sentence are one span.

    A run of clauses that takes the share `whole` of its sentence or more takes all of it, mark and all, so that a
    replacement leaves no rest standing.
    """
    run: list[int] = []
    for n in sorted(numbers):
        if run and (n != run[-1] + 1 or draft.clauses[n].sentence != draft.clauses[run[0]].sentence):
            yield _span(draft, run, whole)
            run = []
        run.append(n)
    if run:
        yield _span(draft, run, whole)


def _span(draft: Draft, run: list[int], whole: float) -> tuple[int, int]:
    first, last = draft.clauses[run[0]], draft.clauses[run[-1]]
    begin, after = draft.analysis.sentences[first.sentence]
    if last.after - first.first >= whole * (after - begin):
        return _trimmed(draft.analysis.text, *draft.analysis.sentence_span(first.sentence))
    return draft.analysis.span(first.first, last.after)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the white space at its ends."""
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def fitted(suggestion: str, text: str, start: int, end: int, capitals: Container[str]) -> str:
    """The suggestion as it stands in place of `text[start:end]`: first letter and last mark suit what is around.

    `capitals` are words that keep their capital in the middle of a sentence.
    """
    before = text[:start]
    within = before.rstrip(" ")[-1:] in _JOINS
    first = _FIRST_WORD.match(suggestion)
    if within and first and first[0] not in capitals and not first[0][1:2].isupper():
        suggestion = suggestion[:1].lower() + suggestion[1:]
    bare = suggestion.rstrip(".")
    if bare.endswith(("!", "?", "…")):
        return bare
    return f"{bare}." if closes(text, end) else bare


def closes(text: str, end: int) -> bool:
    """Whether what stands in place of a span up to `end` ends its sentence with a mark of its own."""
    follows = text[end:].lstrip(" ")[:1]
    ends_sentence = text[end - 1 : end] in _ENDS or not text[end:].strip() or follows == "\n"
    return ends_sentence and follows not in _ENDS
