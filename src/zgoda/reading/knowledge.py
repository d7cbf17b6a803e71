"""Everything reading knows, compiled once from content: lexicons, disguises, tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from zgoda.model.language import LanguageGuess
from zgoda.reading.analysis import Analysis, cut
from zgoda.reading.unmask import Disguises, build_disguises, unmask
from zgoda.rules.forms import load_forms
from zgoda.rules.lexicon import Lexicon, Registry, compile_lexicon
from zgoda.rules.loader import Content, load_content
from zgoda.rules.matcher import Match
from zgoda.text.fold import fold
from zgoda.text.letters import Letters, letters_from
from zgoda.values import LANGUAGES

_MASKED_CONCEPTS = ("profanity",)


@dataclass
class Knowledge:
    """Compiled content; languages are compiled when they are first met."""

    content: Content
    letters: Letters
    lexicons: dict[str, Lexicon] = field(default_factory=dict)
    registry: Registry = field(default_factory=Registry)
    _disguises: Disguises | None = None

    def lexicon(self, language: str) -> Lexicon:
        """The lexicon of one language."""
        known = self.lexicons.get(language)
        if known is None:
            entries = self.content.entries[language].values()
            known = self.lexicons[language] = compile_lexicon(language, entries, load_forms(language), self.registry)
        return known

    def table(self, language: str, name: str) -> dict[str, Any]:
        """A content table, empty where a language has none."""
        return self.content.tables.get(language, {}).get(name, {})

    @property
    def disguises(self) -> Disguises:
        """Vulgar words of all languages, since people swear across borders."""
        if self._disguises is None:
            forms: dict[str, str] = {}
            stems: list[tuple[str, str]] = []
            for language in LANGUAGES:
                lexicon = self.lexicon(language)
                for concept in _MASKED_CONCEPTS:
                    entry = self.content.entries[language].get(concept)
                    if entry is not None:
                        words, prefixes = _realised(lexicon, entry.parsed)
                        forms.update(dict.fromkeys(words, concept))
                        stems.extend((p, concept) for p in prefixes)
            self._disguises = build_disguises(self.letters, forms, stems)
        return self._disguises

    def analyse(
        self,
        text: str,
        language: str,
        ignored: tuple[tuple[int, int], ...] = (),
        guess: LanguageGuess | None = None,
    ) -> Analysis:
        """Cut and match one message in `language`; with a `guess`, sentences in another language are matched in theirs."""
        analysis = cut(text, self.abbreviations(language), ignored)
        analysis.languages = [language] * len(analysis.sentences)
        if guess is not None and len(analysis.sentences) > 1:
            texts = analysis.tokens.texts
            words = [texts[i].lower() for i in analysis.words]
            analysis.languages = [guess.of_sentence(words[a:b], language) for a, b in analysis.sentences]
        hidden = unmask(analysis, self.disguises, self.registry.numbers)
        extra: dict[int, list[tuple[int, int]]] = {}
        for m in hidden:
            extra.setdefault(m.first, []).append((m.entry, m.after))
        concepts, rules = list(hidden), []
        for each in dict.fromkeys(analysis.languages):
            spans = [s for s, own in zip(analysis.sentences, analysis.languages, strict=True) if own == each]
            found, ruled = self.lexicon(each).match(analysis.keys, spans, extra)
            concepts.extend(found)
            rules.extend(ruled)
        analysis.concepts = sorted(concepts, key=lambda m: (m.first, m.after))
        analysis.rules = rules
        return analysis

    @cached_property
    def strong(self) -> frozenset[str]:
        """Concepts whose weight does not shrink with the length of the message."""
        files = tuple(f"/{name}.toml" for name in self.table("common", "reading")["weights"]["strong_files"])
        entries = self.content.entries
        return frozenset(e.id for by_id in entries.values() for e in by_id.values() if e.file.endswith(files))

    @lru_cache(maxsize=8)  # noqa: B019 - a Knowledge lives as long as the process
    def abbreviations(self, language: str) -> frozenset[str]:
        """Words after which a dot ends no sentence."""
        return frozenset(fold(word) for word in self.table(language, "text").get("abbreviations", []))

    def __hash__(self) -> int:
        return id(self)


def _realised(lexicon: Lexicon, parsed: Iterable[Any]) -> tuple[set[str], set[str]]:
    """Single words of an entry as folded forms, and its prefixes."""
    atoms = set()
    prefixes = set()
    for positions in parsed:
        if len(positions) != 1 or positions[0] is None:
            continue
        for atom in positions[0]:
            if atom.kind == "prefix":
                prefixes.add(fold(atom.text))
            atoms.add(lexicon.number(atom.kind, atom.text))
    words = {form for form, numbers in lexicon.forms.items() if atoms.intersection(numbers)}
    return words | {p for p in prefixes if len(p) > 3}, prefixes


def build_knowledge(overlays: Iterable[Path | str] = (), *, strict: bool = True) -> Knowledge:
    """Load and compile the shipped content and the company folders laid over it."""
    content = load_content(overlays, strict=strict)
    return Knowledge(content, letters_from(content.tables["common"]["letters"]))


__all__ = ["Knowledge", "Match", "build_knowledge"]
