"""Features of each clause of a reply: its constructions and its neighbours', its words, its shape, the customer's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zgoda.model.analysis import Analysis
from zgoda.reviewing.clauses import Clause

Where = tuple[int, int]
_STEM = 5
_CONTENT = 3  # letters; shorter words are grammar
_SHARES = (0.15, 0.3, 0.45, 0.6, 0.8)
_COUNTS = (1, 2, 3, 5)
_NEGATION_REACH = (1, 2)  # words behind a negation
_OVERLAP, _TAKEN = [f"s:ov{edge}" for edge in _SHARES], [f"s:on{edge}" for edge in _COUNTS]
_LENGTHS = (3, 6, 9, 12, 15)
_SENTENCES = (2, 3, 4, 6, 9)
_GRAMS = (3, 4)


@dataclass(frozen=True, slots=True)
class CustomerWords:
    """What of the customer's last message bears on the reply: stems, figures, whether he is abusive."""

    stems: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    abusive: bool = False


@dataclass(slots=True)
class ClauseFeatures:
    """Features of one clause in three blocks: `shared` share the weight of a clause, `fixed` do not, `words` neither.

    `where` tells the words a construction rests on.
    """

    clause: Clause
    shared: list[str] = field(default_factory=list)
    fixed: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    where: dict[str, Where] = field(default_factory=dict)


def customer_words(analysis: Analysis, abuse: frozenset[int]) -> CustomerWords:
    """The words of a customer's message; `abuse` are the numbers of the concepts of abuse."""
    return CustomerWords(
        stems=frozenset(key[:_STEM] for key in analysis.keys if len(key) > _CONTENT),
        figures=frozenset(key for key in analysis.keys if any(c.isdigit() for c in key)),
        abusive=any(m.entry in abuse for m in analysis.concepts),
    )


def clause_features(
    analysis: Analysis,
    clauses: Sequence[Clause],
    names: Sequence[str],
    negations: frozenset[int],
    customer: CustomerWords,
) -> list[ClauseFeatures]:
    """One row of features a clause, in order; `names` are those of concepts and rules by number."""
    rows = [ClauseFeatures(clause) for clause in clauses]
    starts = [clause.first for clause in clauses]
    concepts = _by_clause(analysis, starts, names, negations, rows)
    for n, row in enumerate(rows):
        for step, tag in ((n - 1, "p"), (n + 1, "n")):
            if 0 <= step < len(rows):
                same = "" if clauses[step].sentence == clauses[n].sentence else "."
                row.fixed.extend(f"{tag}{same}:{name}" for name in concepts[step])
        row.fixed.extend(_shape(analysis, row.clause, customer))
        row.words.extend(analysis.keys[row.clause.first : row.clause.after])
    return rows


def _by_clause(
    analysis: Analysis, starts: list[int], names: Sequence[str], negations: frozenset[int], rows: list[ClauseFeatures]
) -> list[list[str]]:
    """Hand concepts and rules to the clause in which they begin; returns the names of the concepts of each clause."""
    seen: list[dict[str, None]] = [{} for _ in rows]
    negated = {m.first + step for m in analysis.concepts if m.entry in negations for step in _NEGATION_REACH}
    for m in analysis.concepts:
        n = bisect_right(starts, m.first) - 1
        name = names[m.entry]
        row = rows[n]
        if name not in seen[n]:
            seen[n][name] = None
            row.shared.append(f"c:{name}")
            row.where[f"c:{name}"] = (m.first, m.after)
        if m.first in negated:
            feature = f"c:{name}@not"
            if feature not in row.where:
                row.shared.append(feature)
                row.where[feature] = (m.first, m.after)
    for m in analysis.rules:
        row = rows[bisect_right(starts, m.first) - 1]
        feature = f"r:{names[m.entry]}"
        if feature not in row.where:
            row.fixed.append(feature)
            row.where[feature] = (m.first, m.after)
    return [list(each) for each in seen]


def _shape(analysis: Analysis, clause: Clause, customer: CustomerWords) -> Iterator[str]:
    """How the clause stands: marks, length, place in the reply, figures, and what it takes from the customer."""
    mark = analysis.marks[clause.sentence]
    keys = analysis.keys[clause.first : clause.after]
    sentences = len(analysis.sentences)
    yield f"s:q{int('?' in mark)}"
    yield f"s:e{min(mark.count('!'), 2)}"
    yield f"s:len{bisect_right(_LENGTHS, clause.after - clause.first)}"
    yield f"s:ns{bisect_right(_SENTENCES, sentences)}"
    if clause.sentence == 0:
        yield "s:first"
    if clause.sentence == sentences - 1:
        yield "s:last"
    if any(not key.isalpha() and any(c.isdigit() for c in key) for key in keys):
        yield "s:num"
    content = [key for key in keys if len(key) > _CONTENT]
    taken = sum(key[:_STEM] in customer.stems for key in content)
    share = taken / max(1, len(content))
    yield from _OVERLAP[: bisect_right(_SHARES, share)]
    yield from _TAKEN[: bisect_right(_COUNTS, taken)]
    if not customer.figures.isdisjoint(keys):
        yield "s:cnum"
    if customer.abusive:
        yield "s:hot"


def word_features(language: str, key: str) -> Iterator[str]:
    """Features of one word: itself, its beginning, its character n-grams."""
    yield f"{language}w:{key}"
    if len(key) > _STEM:
        yield f"{language}5:{key[:_STEM]}"
    padded = f"<{key}>"
    for size in _GRAMS:
        for i in range(len(padded) - size + 1):
            yield f"{language}g:{padded[i : i + size]}"


def pair_feature(language: str, first: str, second: str) -> str:
    """The feature of two neighbouring words."""
    return f"{language}b:{first} {second}"
