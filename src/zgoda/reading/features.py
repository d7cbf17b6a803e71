"""Features above words: concepts with who they are said of, negation, question and quotation, and the text's shape."""

from __future__ import annotations

from collections.abc import Iterator

from zgoda.reading.analysis import Analysis

_TARGETS = {
    "you-formal": "you",
    "you-informal": "you",
    "you-plural": "you",
    "past-you": "you",
    "firm-noun": "firm",
    "staff-noun": "staff",
    "me": "me",
    "third-person": "third",
}
_WINDOW = 4
_NEGATION_REACH = 2
_PAIRS_FROM = 14


def _bin(value: int, edges: tuple[int, ...]) -> int:
    return sum(value >= edge for edge in edges)


def _shape(analysis: Analysis) -> Iterator[str]:
    """How it is written: length, capitals, runs of marks, emoji."""
    text = analysis.text
    letters = caps = 0
    shouted = 0
    for i in analysis.words:
        word = analysis.tokens.texts[i]
        if word[0].isalpha():
            letters += len(word)
            if len(word) > 1 and word.isupper():
                caps += len(word)
                shouted += len(word) > 3
    share = caps / letters if letters else 0.0
    marks = "".join(analysis.marks)
    yield f"s:words{_bin(len(analysis.words), (3, 6, 12, 25, 50, 100))}"
    yield f"s:sents{_bin(len(analysis.sentences), (2, 3, 5, 9))}"
    yield f"s:caps{_bin(int(share * 100), (8, 25, 60, 90))}"
    yield f"s:shout{_bin(shouted, (1, 2, 4))}"
    yield f"s:exc{_bin(marks.count('!'), (1, 2, 4, 8))}"
    yield f"s:que{_bin(marks.count('?'), (1, 2, 4))}"
    runs = sum(1 for mark in analysis.marks if len(mark) >= 3)
    yield f"s:runs{_bin(runs, (1, 2, 4))}"
    if text[-1:] in "!?.":
        yield f"s:last{text[-1]}"
    first = next((c for c in text if c.isalpha()), "")
    if first.islower():
        yield "s:lower"


def concept_features(analysis: Analysis, names: list[str], strong: frozenset[str]) -> dict[str, tuple[int, int]]:
    """Feature name -> the word range `[first, after)` it rests on (for the reasons).

    `a:` features are concepts of abuse and risk (`strong`), `c:` other concepts, `p:` pairs of them, `r:` rules.
    """
    found: dict[str, tuple[int, int]] = {}
    by_sentence = _by_sentence(analysis)
    last = len(by_sentence) - 1
    for number, matches in enumerate(by_sentence):
        if not matches:
            continue
        question = "?" in analysis.marks[number]
        pointers = [(m.first, _TARGETS[names[m.entry]]) for m in matches if names[m.entry] in _TARGETS]
        negations = [m.first for m in matches if names[m.entry] == "negation"]
        present: dict[str, tuple[int, int]] = {}
        for m in matches:
            name = names[m.entry]
            where = (m.first, m.after)
            feature = f"a:{name}" if name in strong else f"c:{name}"
            if _quoted(analysis, m.first):
                found.setdefault(feature + "@quote", where)
                continue
            present.setdefault(name, where)
            found.setdefault(feature, where)
            target = _nearest(pointers, m.first)
            if target:
                found.setdefault(f"{feature}@{target}", where)
            if negations and any(0 < m.first - n <= _NEGATION_REACH for n in negations):
                found.setdefault(feature + "@not", where)
            if question:
                found.setdefault(feature + "@ask", where)
            if number == 0 and last > 0:
                found.setdefault(feature + "@first", where)
            elif number == last:
                found.setdefault(feature + "@last", where)
        _pairs(present, found)
    for m in analysis.rules:
        found.setdefault(f"r:{names[m.entry]}", (m.first, m.after))
    return found


def _quoted(analysis: Analysis, word: int) -> bool:
    return any(a <= word < b for a, b in analysis.quoted)


def _nearest(pointers: list[tuple[int, str]], word: int) -> str:
    best, name = _WINDOW + 1, ""
    for position, target in pointers:
        distance = abs(position - word)
        if 0 < distance < best:
            best, name = distance, target
    return name


def _by_sentence(analysis: Analysis) -> list[list]:  # type: ignore[type-arg]
    rows: list[list] = [[] for _ in analysis.sentences]  # type: ignore[type-arg]
    number = 0
    sentences = analysis.sentences
    for m in analysis.concepts:
        while m.first >= sentences[number][1]:
            number += 1
        rows[number].append(m)
    return rows


def _pairs(present: dict[str, tuple[int, int]], found: dict[str, tuple[int, int]]) -> None:
    """Two concepts in one sentence say more than each alone; long sentences are cut to the first few."""
    names = sorted(present)[:_PAIRS_FROM]
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            found.setdefault(f"p:{one}+{other}", present[other])


def shape_features(analysis: Analysis) -> list[str]:
    """Features of the text's shape."""
    return list(_shape(analysis))


def word_features(key: str) -> Iterator[str]:
    """Features of one word: itself, its beginning, its character n-grams."""
    yield f"w:{key}"
    if len(key) > 5:
        yield f"5:{key[:5]}"
    padded = f"<{key}>"
    for size in (3, 4):
        for i in range(len(padded) - size + 1):
            yield f"g:{padded[i : i + size]}"


def pair_features(analysis: Analysis) -> Iterator[str]:
    """Features of neighbouring words, in the language of their sentence."""
    previous = "<"
    for key, language in zip(analysis.keys, analysis.language_of_words(), strict=True):
        yield f"{language}b:{previous} {key}"
        previous = key
