"""Which words of a message are folded away: insults, swearing, hate and threats, never facts and never self-harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from zgoda_desk.conversations.shown.spans import Stretch, touching, without

# The gravest first: it names the fold, and what lies within its words is not counted again.
GRAVITY = ("threat", "hate", "harassment", "insult", "profanity")
# What lies in single words; a threat lies in what the whole sentence says.
_BY_WORDS = frozenset(("hate", "insult", "profanity"))
# What can be checked stays in the open; a named thing or person may be the very insult.
_CHECKABLE = frozenset(("order", "date", "time", "duration", "money", "quantity", "place", "phone", "email", "url"))
_MOST = 50  # spans over each other of which repeated ones are told apart

_MARKS = " \t\r\n.,;:!?…-–—()[]«»„”“\"'"

Counts = tuple[tuple[str, int], ...]


class Fold(NamedTuple):
    """A part `[start, end)` that is folded, with how many abuses of each kind begin in it, the gravest first."""

    start: int
    end: int
    counts: Counts


class Lay(NamedTuple):
    """How a message lies: its sentences by role, its facts, its abuse and its words of self-harm; sorted, in range."""

    sentences: Sequence[Stretch]
    facts: Sequence[Stretch]
    abuse: Sequence[Stretch]
    care: Sequence[Stretch]


def unions(abuse: Iterable[Stretch]) -> list[Fold]:
    """The abuse of a message with spans over each other joined, each abuse counted once."""
    found: list[list[Stretch]] = []
    for span in abuse:
        if span.kind not in GRAVITY:
            continue
        if found and span.start < max(other.end for other in found[-1][-_MOST:]):
            found[-1].append(span)
        else:
            found.append([span])
    return [Fold(group[0].start, max(span.end for span in group), _counts(group)) for group in found]


def folds(text: str, lay: Lay) -> list[Fold]:
    """The parts of a text to be folded, in order and apart from each other."""
    found = unions(_narrowed(text, lay))
    if not found:
        return []
    kept = _merged(sorted([*_open_facts(lay, found), *lay.care]))
    return [part for fold in widened(text, lay, found) for part in _parts(text, fold, kept)]


def widened(text: str, lay: Lay, found: Iterable[Fold]) -> list[Fold]:
    """Abuse with the sentences that hold nothing else; what lies on one line with no word between is joined."""
    return _joined(text, [_widened(text, fold, lay) for fold in found])


def speakable(span: Mapping[str, Any], abuse: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the words of a fact or signal may stand by themselves: no abuse in them, nor all of them within one.

    What can be checked may be lifted out of longer words of abuse: the sum stands, the insult round it does not.
    """
    start, end = span["start"], span["end"]
    for other in abuse:
        if other["kind"] not in GRAVITY or other["end"] <= start or end <= other["start"]:
            continue
        lifted = other["start"] <= start and end <= other["end"] and other["end"] - other["start"] > end - start
        if not (lifted and span["kind"] in _CHECKABLE):
            return False
    return True


def _counts(group: Sequence[Stretch]) -> Counts:
    """How many of each kind, without those that lie within the words of a graver one (or of its like)."""
    if len(group) == 1:
        return ((group[0].kind, 1),)
    graver = sorted(group, key=lambda span: (GRAVITY.index(span.kind), span.start - span.end))
    counted: list[Stretch] = []
    for span in graver:
        if len(counted) > _MOST or not any(o.start <= span.start and span.end <= o.end for o in counted):
            counted.append(span)
    tally = Counter(span.kind for span in counted)
    return tuple((kind, tally[kind]) for kind in GRAVITY if tally[kind])


def _narrowed(text: str, lay: Lay) -> Sequence[Stretch]:
    """The abuse without spans as wide as a sentence that tells or asks something, where its very words are known too.

    Where a label rests on the whole sentence, folding it would hide the matter; the words within it are folded, the
    first of them under the graver name.
    """
    if len(lay.abuse) > _MOST:
        return lay.abuse
    wide = [span for span in lay.abuse if span.kind in _BY_WORDS and _is_wide(text, span, lay)]
    kept = [span for span in lay.abuse if span not in wide]
    for span in wide:
        inner = next((n for n, o in enumerate(kept) if span.start <= o.start and o.end <= span.end), None)
        if inner is None or kept[inner].kind not in GRAVITY:
            return lay.abuse
        kept[inner] = kept[inner]._replace(kind=min(span.kind, kept[inner].kind, key=GRAVITY.index))
    return kept


def _is_wide(text: str, span: Stretch, lay: Lay) -> bool:
    over = touching(lay.sentences, span.start, span.end)
    return any(one.kind in ("fact", "demand") and _only_marks_beside(text, one, span) for one in over)


def _widened(text: str, fold: Fold, lay: Lay) -> Fold:
    """The whole sentences instead, where they hold nothing but heat or no word beside."""
    start, end = fold.start, fold.end
    for sentence in touching(lay.sentences, start, end):
        if _only_heat(sentence, lay) or _only_marks_beside(text, sentence, fold):
            start, end = min(start, sentence.start), max(end, sentence.end)
    return Fold(start, end, fold.counts)


def _only_heat(sentence: Stretch, lay: Lay) -> bool:
    held = touching(lay.facts, sentence.start, sentence.end) or touching(lay.care, sentence.start, sentence.end)
    return sentence.kind == "emotion" and not held


def _only_marks_beside(text: str, sentence: Stretch, fold: Fold | Stretch) -> bool:
    """Whether no word of a sentence stands beside the fold."""
    beside = text[sentence.start : fold.start] + text[fold.end : sentence.end]
    return not any(char.isalnum() for char in beside)


def _joined(text: str, found: Iterable[Fold]) -> list[Fold]:
    """Folds on one line with no word between them become one."""
    kept: list[Fold] = []
    for fold in found:
        if kept and _nothing_between(text[kept[-1].end : fold.start]):
            first = kept.pop()
            kept.append(Fold(first.start, max(first.end, fold.end), added(first.counts, fold.counts)))
        else:
            kept.append(fold)
    return kept


def added(first: Counts, second: Counts) -> Counts:
    """Two counts as one."""
    tally = Counter(dict(first)) + Counter(dict(second))
    return tuple((kind, tally[kind]) for kind in GRAVITY if tally[kind])


def _nothing_between(gap: str) -> bool:
    return "\n" not in gap and not any(char.isalnum() for char in gap)


def _open_facts(lay: Lay, found: Iterable[Fold]) -> list[Stretch]:
    """The facts that stay in the open: those that can be checked and hold no abuse in their own words."""
    whole = [Stretch(fold.start, fold.end, "") for fold in found]
    kept = []
    for fact in lay.facts:
        abused = any(fact.start <= o.start and o.end <= fact.end for o in touching(whole, fact.start, fact.end))
        if fact.kind in _CHECKABLE and not abused:
            kept.append(fact)
    return kept


def _merged(spans: Sequence[Stretch]) -> list[Stretch]:
    """Sorted spans with those over each other joined."""
    kept: list[Stretch] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            kept[-1] = kept[-1]._replace(end=max(kept[-1].end, span.end))
        else:
            kept.append(span)
    return kept


def _parts(text: str, fold: Fold, kept: Sequence[Stretch]) -> list[Fold]:
    """What stays folded beside the words that stay in the open; the first part carries the counts."""
    left = without(Stretch(fold.start, fold.end, ""), kept)
    worded = [part for part in left if len(left) == 1 or text[part.start : part.end].strip(_MARKS)]
    return [Fold(part.start, part.end, () if number else fold.counts) for number, part in enumerate(worded)]
