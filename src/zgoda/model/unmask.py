"""Vulgar words in disguise: starred, spaced, dotted, with figures for letters, run together behind a hashtag."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from zgoda.model.analysis import Analysis
from zgoda.rules.matcher import Match
from zgoda.text.fold import fold, squeeze
from zgoda.text.letters import Letters
from zgoda.text.remembered import Remembered

_SIGN = r"*@#$%&!+|€£0-9"
_MASKED = re.compile(
    rf"(?<![\w@/&])(?!@[^\W\d_])[^\W\d_]{{0,14}}(?:[{_SIGN}]{{1,8}}|\.{{2,6}}|…|[.\-_·•](?=[^\W\d_]))"
    rf"(?:[^\W\d_]{{1,14}}|[{_SIGN}]{{1,8}}|\.{{2,6}}|…|[.\-_·•](?=[^\W\d_])){{0,24}}"
)
_SPACED = re.compile(r"(?<!\w)[^\W\d_](?:[ ._\-*]{1,2}[^\W\d_](?!\w)){2,20}")
# Begins with one set of characters and looks back from there, so that the search skips over letters fast.
_TRIGGER = re.compile(
    r"[*@#$%€£|…·•.\-_!0-9+ ](?:(?<=[*@#$%€£|…·•])|(?<=\w[.\-_!0-9+])\w|(?<=\.)\."
    r"|(?<=(?<!\w)\w[ ._\-*])[ ._\-*]?\w[ ._\-*]{1,2}\w(?!\w))"
)
_HASHTAG = re.compile(r"#([^\W_]{4,60})")
_JOINTS = frozenset(".-_·•")
_RUN = re.compile(r"[.\-_·•]{2}")
_KEPT = 20_000  # characters
_MIN_LETTERS = 2
_MIN_INFIX = 4


class Pool:
    """Word forms in one text, the short before the long, so that a pattern goes over all of them at once."""

    def __init__(self, forms: Sequence[str]) -> None:
        self._text = "\n".join(forms) + "\n"
        self._until: list[int] = []
        place = 0
        for form in forms:
            while len(self._until) < len(form):
                self._until.append(place)  # behind the last form of that length
            place += len(form) + 1
        self._until.append(place)

    def first(self, shape: str, longest: int) -> str | None:
        """The first form of at most `longest` letters that has the shape as a whole."""
        stop = self._until[min(longest, len(self._until) - 1)]
        found = re.compile(f"^{shape}$", re.MULTILINE).search(self._text, 0, stop)
        return found[0] if found else None


@dataclass(frozen=True)
class Disguises:
    """Word forms to recognise under a mask, by first letter, and the stems to look for inside hashtags."""

    letters: Letters
    forms: dict[str, str]
    by_first: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)
    stem_lengths: tuple[int, ...] = ()
    stems_with: dict[tuple[int, int, str], frozenset[str]] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=dict)

    @cached_property
    def known_concept(self) -> Remembered[str | None]:
        """`concept_of`, remembered: the same figures and hyphens come again and again."""
        return Remembered(self.concept_of, _KEPT)

    def concept_of(self, disguised: str) -> str | None:
        """The concept whose word stands behind `disguised` (lower case, signs still in it), or None."""
        bare = "".join(c for c in disguised if c.isalpha())
        if not bare or disguised[0].isdigit() or sum(c.isdigit() for c in disguised) * 2 >= len(disguised):
            return None  # an article number, a price
        if disguised.rstrip(".…") == bare and bare != disguised:
            return self.forms.get(fold(bare)) or self._cut_off(bare)
        if len(bare) > 2:
            for candidate in (bare, squeeze(bare, 1), self.letters.one_script(bare) or bare):
                known = self._known(fold(candidate))
                if known:
                    return known
        if _JOINTS.issuperset(c for c in disguised if not c.isalpha()) and not _RUN.search(disguised):
            return None  # single dots and hyphens only part the letters, they hide none
        if len(bare) < _MIN_LETTERS:
            return self._initial(disguised)
        return self._wild(disguised) or self._sign_by_sign(disguised)

    def _cut_off(self, bare: str) -> str | None:
        """A word broken off before dots, if what is left can only be the beginning of a vulgar one."""
        return next(iter(self.stems.values()), None) if fold(bare) in self.letters.cut_off else None

    def _known(self, word: str) -> str | None:
        found = self.forms.get(word)
        if found is None:
            for length in self.stem_lengths:
                found = self.stems.get(word[:length])
                if found is not None:
                    break
        return found

    def concept_inside(self, tag: str) -> str | None:
        """The concept of the alphabetically first stem that stands anywhere in a hashtag, or None."""
        pieces = (tag[at : at + length] for length in self.stem_lengths for at in range(len(tag) - length + 1))
        found = [piece for piece in pieces if piece in self.stems]
        return self.stems[min(found)] if found else None

    def _initial(self, disguised: str) -> str | None:
        """`f***`: one letter and two stars or more stand for a word that is at least about as long."""
        if disguised.count("*") < 2 or len(disguised) < 3 or not disguised[0].isalpha():
            return None
        pool = self.by_first.get(fold(disguised[0]), [])
        return next((self.forms[form] for form in pool if abs(len(form) - len(disguised)) <= 1), None)

    def _sign_by_sign(self, disguised: str) -> str | None:
        """A stem whose letters stand where the disguise has letters, each sign hiding one letter."""
        letters = [(place, fold(c)) for place, c in enumerate(disguised) if c.isalpha()]
        fitting: set[str] = set()
        for length in self.stem_lengths:
            inside = [letter for letter in letters if letter[0] < length]
            if length <= len(disguised) and len(inside) * 2 > length:
                having = [self.stems_with.get((length, *letter), frozenset()) for letter in inside]
                fitting |= frozenset.intersection(*having)
        return self.stems[min(fitting)] if fitting else None

    def _wild(self, disguised: str) -> str | None:
        shape = self._shape(disguised)
        if shape is None:
            return None
        first = fold(disguised[:1])
        pool = self.pools.get(first if first.isalpha() else "")
        form = pool.first(shape, len(disguised) + 3) if pool else None
        return self.forms[form] if form else None

    def _shape(self, disguised: str) -> str | None:
        """A bounded pattern: signs stand for their letters, stars and dots for one to a few letters."""
        out: list[str] = []
        wild = 0
        run = 0
        for char in [*disguised, "\n"]:
            if char in "*#&%.…-_·•":
                run += 3 if char == "…" else 1
                continue
            if run:
                out.append(rf"\w{{1,{min(run + 1, 6)}}}" if run > 1 else r"\w{1,2}")
                wild += 1
                run = 0
            if char == "\n":
                break
            if char in self.letters.signs:
                out.append(rf"(?:[{self.letters.signs[char]}]|\w)")
                wild += 1
            else:
                out.append(re.escape(fold(char)))
        return "".join(out) if wild else None


def build_disguises(letters: Letters, forms: dict[str, str], stems: Iterable[tuple[str, str]]) -> Disguises:
    """Index `forms` (folded form -> concept) and `stems` (folded stem, concept)."""
    by_first: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda f: (len(f), f)):
        by_first.setdefault(form[0], []).append(form)
    long_stems = {stem: concept for stem, concept in sorted(stems) if len(stem) >= _MIN_INFIX}
    having: dict[tuple[int, int, str], set[str]] = {}
    for stem in long_stems:
        for place, letter in enumerate(stem):
            having.setdefault((len(stem), place, letter), set()).add(stem)
    lengths = tuple(sorted({len(stem) for stem in long_stems}))
    stems_with = {key: frozenset(found) for key, found in having.items()}
    pools = {first: Pool(pool) for first, pool in by_first.items()}
    pools[""] = Pool(sorted(forms, key=lambda f: (len(f), f)))
    return Disguises(letters, forms, by_first, long_stems, lengths, stems_with, pools)


def _hidden(text: str, disguises: Disguises) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for pattern in (_SPACED, _MASKED):
        for m in pattern.finditer(text):
            raw = m[0].rstrip(".-_…!")
            low = m[0].lower()
            if pattern is _SPACED:
                low = "".join(c for c in low if c.isalpha() or c == "*")
            concept = disguises.known_concept(low)
            if concept:
                found.append((m.start(), m.start() + len(raw), concept))
    for m in _HASHTAG.finditer(text):
        concept = disguises.concept_inside(fold(m[1]))
        if concept:
            found.append((m.start(1), m.end(1), concept))
    return list(dict.fromkeys(found))


def unmask(analysis: Analysis, disguises: Disguises, numbers: dict[str, int]) -> list[Match]:
    """Matches for the disguised words of a message, as word ranges."""
    text = analysis.text
    if not _TRIGGER.search(text):
        return []
    matches: list[Match] = []
    starts = [analysis.tokens.starts[i] for i in analysis.words]
    ends = [analysis.tokens.ends[i] for i in analysis.words]
    for start, end, concept in _hidden(text, disguises):
        first, after = bisect_right(ends, start), bisect_left(starts, end)
        if first < after and concept in numbers:
            match = Match(numbers[concept], first, after)
            if match not in matches[-2:]:
                matches.append(match)
    return matches
