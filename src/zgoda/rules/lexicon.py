"""The compiled knowledge of one language: which entries a row of words matches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zgoda.rules.matcher import Found, Match, Node, Trie, find
from zgoda.rules.schema import Entry
from zgoda.rules.terms import Position
from zgoda.text.fold import fold, squeeze

_MAX_PREFIX = 24
_CACHE_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Word:
    """What the lexicon knows about one folded word: its atoms (numbers), empty for most words."""

    atoms: tuple[int, ...]


_NOTHING = Word(())


class Registry:
    """Numbers of concepts and rules, the same in every language, so that a text may mix languages."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.numbers: dict[str, int] = {}

    def number(self, identity: str) -> int:
        """Number of a concept or rule, given out on first use."""
        number = self.numbers.get(identity)
        if number is None:
            number = self.numbers[identity] = len(self.names)
            self.names.append(identity)
        return number


class Lexicon:
    """Concepts and rules of one language, ready to match; build it with `compile_lexicon`."""

    def __init__(self, language: str, registry: Registry) -> None:
        self.language = language
        self.registry = registry
        self.names = registry.names
        self.numbers = registry.numbers
        self.entries: dict[str, Entry] = {}
        self.forms: dict[str, tuple[int, ...]] = {}
        self.prefixes: dict[str, tuple[int, ...]] = {}
        self.prefix_lengths: tuple[int, ...] = ()
        self.concept_trie = Trie()
        self.rule_trie = Trie()
        self.unless_trie = Trie()
        self._atom_numbers: dict[tuple[str, str], int] = {}
        self._words: dict[str, Word] = {}

    # -- building ------------------------------------------------------------------------------------------------

    def number(self, kind: str, text: str) -> int:
        """Number of an atom (or, for `concept`, of the concept it names)."""
        if kind == "concept":
            return self.registry.number(text)
        return self._atom_numbers.setdefault((kind, text), len(self._atom_numbers))

    def finish(self, forms: dict[str, list[str]]) -> None:
        """Index every atom by the words that realise it; `forms` maps a word to its folded forms."""
        index: dict[str, list[int]] = {}
        prefixes: dict[str, list[int]] = {}
        for (kind, text), number in self._atom_numbers.items():
            if kind == "prefix":
                prefixes.setdefault(fold(text), []).append(number)
                continue
            realised = {fold(text), *forms.get(text, ())} if kind == "word" else {fold(text)}
            for form in realised:
                index.setdefault(form, []).append(number)
        self.forms = {form: tuple(numbers) for form, numbers in index.items()}
        self.prefixes = {text[:_MAX_PREFIX]: tuple(numbers) for text, numbers in prefixes.items()}
        self.prefix_lengths = tuple(sorted({len(p) for p in self.prefixes}))

    # -- matching ------------------------------------------------------------------------------------------------

    def word(self, key: str) -> Word:
        """Atoms of a folded word, through a bounded memory."""
        known = self._words.get(key)
        if known is None:
            known = self._look_up(key)
            if len(self._words) < _CACHE_LIMIT:
                self._words[key] = known
        return known

    def _exact(self, key: str) -> list[int]:
        atoms = list(self.forms.get(key, ()))
        for length in self.prefix_lengths:
            if length > len(key):
                break
            atoms.extend(self.prefixes.get(key[:length], ()))
        return atoms

    def _look_up(self, key: str) -> Word:
        atoms = self._exact(key)
        if not atoms:
            for keep in (1, 2):
                short = squeeze(key, keep)
                if short != key:
                    atoms.extend(self._exact(short))
        return Word(tuple(dict.fromkeys(atoms))) if atoms else _NOTHING

    def match(
        self, keys: Sequence[str], sentences: Iterable[tuple[int, int]], extra: Found | None = None
    ) -> tuple[list[Match], list[Match]]:
        """Concept matches and rule matches over folded words; `extra` are concepts found by other means."""
        spans = list(sentences)
        atoms: list[tuple[int, ...]] = [()] * len(keys)
        for first, after in spans:
            for i in range(first, after):
                atoms[i] = self.word(keys[i]).atoms
        concepts = find(self.concept_trie, atoms, spans)
        found: Found = {first: list(values) for first, values in (extra or {}).items()}
        for match in concepts:
            found.setdefault(match.first, []).append((match.entry, match.after))
        rules = find(self.rule_trie, atoms, spans, found)
        if rules and self.unless_trie.root != Node():
            rules = self._without_cancelled(rules, atoms, spans, found)
        return concepts, rules

    def _without_cancelled(
        self, rules: list[Match], atoms: Sequence[tuple[int, ...]], spans: list[tuple[int, int]], found: Found
    ) -> list[Match]:
        """Drop rules whose `unless` matches in the same sentence."""
        kept = []
        for first, stop in spans:
            inside = [m for m in rules if first <= m.first < stop]
            if not inside:
                continue
            cancelled = {m.entry for m in find(self.unless_trie, atoms, [(first, stop)], found)}
            kept.extend(m for m in inside if m.entry not in cancelled)
        return kept


def compile_lexicon(
    language: str, entries: Iterable[Entry], forms: dict[str, list[str]], registry: Registry
) -> Lexicon:
    """Put concepts and rules of one language into tries and index their words."""
    lexicon = Lexicon(language, registry)
    ordered = sorted(entries, key=lambda e: (e.kind, e.id))
    for entry in ordered:
        number = registry.number(entry.id)
        lexicon.entries[entry.id] = entry
        trie = lexicon.concept_trie if entry.kind == "concept" else lexicon.rule_trie
        for positions in entry.parsed:
            trie.add(positions, number, lexicon.number)
        for positions in entry.unless:
            lexicon.unless_trie.add(positions, number, lexicon.number)
    lexicon.finish(forms)
    return lexicon


def words_to_expand(entries: Iterable[Entry]) -> list[str]:
    """Every plain word of the entries that a dictionary should expand to its forms."""
    words = set()
    for entry in entries:
        for positions in (*entry.parsed, *entry.unless):
            words.update(_plain(positions))
    return sorted(words)


def _plain(positions: Sequence[Position]) -> Iterable[str]:
    for position in positions:
        for atom in position or ():
            if atom.kind == "word":
                yield atom.text
