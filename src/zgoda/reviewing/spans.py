"""From clauses that carry a label to spans of the text: neighbours joined, nearly whole sentences made whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zgoda.reviewing.draft import Draft


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


def fitted(suggestion: str, text: str, start: int, end: int) -> str:
    """The suggestion as it stands in place of `text[start:end]`: small letter after a comma, no mark before a mark."""
    before = text[:start].rstrip()
    if before and before[-1] in ",;:—–-(" and suggestion[:1].isupper() and not suggestion[1:2].isupper():
        suggestion = suggestion[:1].lower() + suggestion[1:]
    follows = text[end:].lstrip(" ")[:1]
    if follows and follows in ",.;:!?…)":
        suggestion = suggestion.rstrip(".!")
    elif text[end - 1 : end].isalnum() and not follows:
        suggestion = suggestion.rstrip(".") if "." in suggestion[:-1] else suggestion
    return suggestion
