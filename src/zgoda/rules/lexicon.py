"""The compiled knowledge of one language: which entries a row of words matches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from zgoda.rules.automaton import Automaton
from zgoda.rules.matcher import Found, Match, find
from zgoda.rules.schema import Entry
from zgoda.rules.terms import Atom, Position
from zgoda.rules.trie import Node, Step, add_term, concepts_in
from zgoda.text.fold import fold, squeeze
from zgoda.text.letters import Letters
from zgoda.text.remembered import Remembered

MAX_PREFIX = 24
_CACHE_LIMIT = 50_000
_WORDS_KEPT = 20_000  # of sentences whose matches are remembered: a draft is reviewed at every pause in typing
_NOTHING: Found = {}
_Places = tuple[tuple[int, int, int], ...]
_Matches = tuple[_Places, _Places]  # plain tuples of numbers: what is remembered is no work for the collector


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


@dataclass(frozen=True, slots=True)
class Card:
    """What reading needs to know of an entry once its terms are compiled."""

    id: str
    kind: str
    level: str
    label: str
    source: str
    file: str
    suggestion: str = ""


def card_of(entry: Entry) -> Card:
    """What is kept of an entry."""
    return Card(entry.id, entry.kind, entry.level, entry.label, entry.source, entry.file, entry.suggestion)


class Word(NamedTuple):
    """The atoms of one folded word, and their number: words with the same atoms have the same."""

    atoms: tuple[int, ...]
    number: int


_UNKNOWN = Word((), 0)


class Lexicon:
    """Concepts and rules of one language, ready to match; `tries` are those of concepts, rules and `unless`."""

    def __init__(self, language: str, registry: Registry) -> None:
        self.language = language
        self.registry = registry
        self.names = registry.names
        self.numbers = registry.numbers
        self.cards: dict[str, Card] = {}
        self.forms: dict[str, tuple[int, ...]] = {}
        self.prefixes: dict[str, tuple[int, ...]] = {}
        self.prefix_lengths: tuple[int, ...] = ()
        self.disguised: dict[str, tuple[list[str], list[str]]] = {}
        self.letters: Letters | None = None
        self.concepts, self.rules, self.unless = Node(), Node(), Node()
        self._words: dict[str, Word] = {}
        self._of_atoms: dict[tuple[int, ...], Word] = {}
        self._given = 0

    def _word(self, key: str) -> Word:
        """What a folded word is and opens (nothing for most words), through a bounded memory."""
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

    def _variants(self, key: str) -> Iterable[str]:
        """Other spellings of a word that is not known as it stands."""
        for keep in (1, 2):
            short = squeeze(key, keep)
            if short != key:
                yield short
        if self.letters is None:
            return
        one_script = self.letters.one_script(key)
        if one_script is not None:
            yield one_script
        elif self.language == "ru" and key.isascii() and len(key) > 2:
            yield self.letters.russian(key)

    def _look_up(self, key: str) -> Word:
        atoms = self._exact(key)
        if not atoms:
            for variant in self._variants(key):
                atoms.extend(self._exact(variant))
        if not atoms:
            return _UNKNOWN
        own = tuple(dict.fromkeys(atoms))
        known = self._of_atoms.get(own)  # the forms of a word have the same atoms
        if known is None:
            self._given += 1  # never given twice, since the automata remember it
            known = Word(own, self._given)
            if len(self._of_atoms) < _CACHE_LIMIT:
                self._of_atoms[own] = known
        return known

    @cached_property
    def _automata(self) -> tuple[Automaton, Automaton, Automaton]:
        """Of concepts, rules and `unless`, once all terms are in their tries."""
        return Automaton(self.concepts), Automaton(self.rules), Automaton(self.unless)

    @cached_property
    def _heard(self) -> frozenset[int]:
        """The few concepts that rules ask for."""
        return concepts_in(self.rules, self.unless)

    def match(
        self, keys: Sequence[str], sentences: Iterable[tuple[int, int]], extra: Found
    ) -> tuple[list[Match], list[Match]]:
        """Concept matches and rule matches over folded words; `extra` are concepts found by other means."""
        concepts: list[Match] = []
        rules: list[Match] = []
        for first, after in sentences:
            words = tuple(keys[first:after])
            other = _from(extra, first, after) if extra else None
            found, ruled = self._in_sentence(words, other) if other else self._remembered(words)
            concepts += _moved(found, first)
            rules += _moved(ruled, first)
        return concepts, rules

    @cached_property
    def _remembered(self) -> Remembered[_Matches]:
        return Remembered(self._in_sentence, _WORDS_KEPT)

    def _in_sentence(self, keys: Sequence[str], extra: Found = _NOTHING) -> _Matches:
        """The matches in the words of one sentence, counted from its first."""
        memory = self._words
        words = [memory.get(key) or self._word(key) for key in keys]
        atoms = [word.atoms for word in words]
        numbers = [word.number for word in words]
        whole = [(0, len(keys))]
        of_concepts, of_rules, of_unless = self._automata
        concepts = find(of_concepts, numbers, atoms, whole)
        if of_rules.empty:
            return _plain(concepts), ()
        heard = self._heard
        found: Found = {}
        for first, values in extra.items():
            if wanted := [value for value in values if value[0] in heard]:
                found[first] = wanted
        for entry, first, after in concepts:
            if entry in heard:
                found.setdefault(first, []).append((entry, after))
        rules = find(of_rules, numbers, atoms, whole, found)
        if rules and not of_unless.empty:
            cancelled = {m.entry for m in find(of_unless, numbers, atoms, whole, found)}
            rules = [m for m in rules if m.entry not in cancelled]
        return _plain(concepts), _plain(rules)


def _from(found: Found, first: int, after: int) -> Found:
    """The concepts that begin in a sentence, counted from its first word."""
    return {at - first: [(entry, end - first) for entry, end in found[at]] for at in range(first, after) if at in found}


def _plain(matches: list[Match]) -> _Places:
    return tuple([(entry, first, after) for entry, first, after in matches])


def _moved(matches: _Places, by: int) -> list[Match]:
    """Matches of a sentence as matches of the text."""
    return [Match(entry, first + by, after + by) for entry, first, after in matches]


class _Numbers:
    """Gives atoms their numbers while a lexicon is compiled."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.atoms: dict[frozenset[Atom], int] = {}

    def steps(self, positions: Sequence[Position]) -> list[Step]:
        """A parsed term in numbers."""
        return [None if position is None else self._step(position) for position in positions]

    def _step(self, position: Sequence[Atom]) -> tuple[int, ...]:
        """Numbers of one position; alternatives share one number, lest a few positions make thousands of states."""
        concepts = [-1 - self._registry.number(a.text) for a in position if a.kind == "concept"]
        words = frozenset(a for a in position if a.kind != "concept")
        return (*concepts, self.atoms.setdefault(words, len(self.atoms))) if words else tuple(concepts)


def compile_lexicon(
    language: str,
    entries: Iterable[Entry],
    forms: dict[str, list[str]],
    registry: Registry,
    note: Callable[[int, int, list[Step]], None] | None = None,
) -> Lexicon:
    """Put concepts and rules of one language into tries and index their words; `note` hears of every term added."""
    lexicon = Lexicon(language, registry)
    numbers = _Numbers(registry)
    for entry in sorted(entries, key=lambda e: (e.kind, e.id)):
        number = registry.number(entry.id)
        lexicon.cards[entry.id] = card_of(entry)
        which = 0 if entry.kind == "concept" else 1
        for trie, terms in ((which, entry.parsed), (2, entry.unless)):
            for positions in terms:
                steps = numbers.steps(positions)
                add_term((lexicon.concepts, lexicon.rules, lexicon.unless)[trie], steps, number)
                if note is not None:
                    note(trie, number, steps)
    _index(lexicon, numbers, forms)
    return lexicon


def _index(lexicon: Lexicon, numbers: _Numbers, forms: dict[str, list[str]]) -> None:
    """Index every atom by the words that realise it; `forms` maps a word to its folded forms."""
    index: dict[str, list[int]] = {}
    prefixes: dict[str, list[int]] = {}
    for atoms, number in numbers.atoms.items():
        realised: set[str] = set()
        for atom in atoms:
            if atom.kind == "prefix":
                prefixes.setdefault(fold(atom.text)[:MAX_PREFIX], []).append(number)
            else:
                realised.add(fold(atom.text))
                realised.update(forms.get(atom.text, ()) if atom.kind == "word" else ())
        for form in realised:
            index.setdefault(form, []).append(number)
    same: dict[tuple[int, ...], tuple[int, ...]] = {}
    lexicon.forms = {form: same.setdefault(t, t) for form, t in ((f, tuple(n)) for f, n in index.items())}
    set_prefixes(lexicon, {text: tuple(n) for text, n in prefixes.items()})


def set_prefixes(lexicon: Lexicon, prefixes: dict[str, tuple[int, ...]]) -> None:
    """Give the lexicon its prefixes and the lengths they come in."""
    lexicon.prefixes = prefixes
    lexicon.prefix_lengths = tuple(sorted({len(p) for p in prefixes}))


def disguised_words(entry: Entry, forms: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """One-word forms and prefixes of an entry, to be recognised under stars and spaces."""
    words: set[str] = set()
    prefixes: set[str] = set()
    for positions in entry.parsed:
        if len(positions) != 1 or positions[0] is None:
            continue
        for atom in positions[0]:
            if atom.kind == "prefix":
                prefixes.add(fold(atom.text))
            else:
                words.update((fold(atom.text), *(forms.get(atom.text, ()) if atom.kind == "word" else ())))
    return sorted(words | {p for p in prefixes if len(p) > 3}), sorted(prefixes)


def words_to_expand(entries: Iterable[Entry]) -> list[str]:
    """Every plain word of the entries that a dictionary should expand to its forms."""
    words: set[str] = set()
    for entry in entries:
        for positions in (*entry.parsed, *entry.unless):
            words.update(atom.text for position in positions for atom in position or () if atom.kind == "word")
    return sorted(words)
