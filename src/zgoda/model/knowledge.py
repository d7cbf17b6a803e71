"""Everything reading knows, compiled once from content: lexicons, disguises, tables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from zgoda.expressions import Expressions, build
from zgoda.model.analysis import Analysis, cut
from zgoda.model.features import ConceptIndex, concept_index
from zgoda.model.language import LanguageGuess
from zgoda.model.unmask import Disguises, build_disguises, unmask
from zgoda.rules.forms import load_forms
from zgoda.rules.laid import lay_over
from zgoda.rules.lexicon import Lexicon, Registry, compile_lexicon, disguised_words
from zgoda.rules.loader import READING, Content, lay_folders, load_content
from zgoda.rules.pack import DISGUISED, digest, load_common, load_lexicon
from zgoda.text.fold import fold
from zgoda.text.letters import Letters, letters_from
from zgoda.text.mail_markers import MailMarkers
from zgoda.text.tokens import Tokens, tokens_of
from zgoda.values import LANGUAGES


class Knowledge:
    """Compiled content; a language is compiled (or taken from its pack) when it is first met.

    `shelves` are the folders whose entries are matched: those for reading messages, or those for reviewing replies.
    """

    def __init__(self, content: Content, stamp: str = "", shelves: tuple[str, ...] = READING) -> None:
        self.content = content
        self.shelves = shelves
        self.letters: Letters = letters_from(content.tables["common"]["letters"])
        self.registry = Registry()
        self._stamp = stamp
        self._whole = not stamp  # with packs, shipped entries are not in the content until they must be compiled
        self._others: dict[tuple[str, ...], Knowledge] = {}
        self._lexicons: dict[str, Lexicon] = {}
        self._expressions: dict[str, Expressions] = {}
        self._abbreviations: dict[str, frozenset[str]] = {}

    def lexicon(self, language: str) -> Lexicon:
        """The lexicon of one language."""
        known = self._lexicons.get(language)
        if known is None:
            known = self._packed(language) or self._compiled(language)
            known.letters = self.letters
            self._lexicons[language] = known
        return known

    def _packed(self, language: str) -> Lexicon | None:
        """The shipped lexicon from its pack with the company's entries laid over it; None where that cannot be."""
        packed = load_lexicon(language, self.registry, self._stamp, self.shelves) if self._stamp else None
        own = self.content.shelved(language, self.shelves).values() if packed else ()
        return packed if packed and lay_over(packed, own, self.registry) else None

    def _compiled(self, language: str) -> Lexicon:
        if self._stamp and not self._whole:
            self.content.entries = load_content(path for path, _label in self.content.roots[1:]).entries
            self._whole = True
        entries = self.content.shelved(language, self.shelves)
        forms = load_forms(language)
        lexicon = compile_lexicon(language, entries.values(), forms, self.registry)
        lexicon.disguised = {c: disguised_words(entries[c], forms) for c in DISGUISED if c in entries}
        return lexicon

    def on(self, shelves: tuple[str, ...]) -> Knowledge:
        """The same content, compiled for other folders."""
        if shelves == self.shelves:
            return self
        if shelves not in self._others:
            self._others[shelves] = Knowledge(self.content, self._stamp, shelves)
        return self._others[shelves]

    def table(self, language: str, name: str) -> dict[str, Any]:
        """A content table, empty where a language has none."""
        return self.content.tables.get(language, {}).get(name, {})

    @cached_property
    def disguises(self) -> Disguises:
        """Vulgar words of all languages, since people swear across borders."""
        forms: dict[str, str] = {}
        stems: list[tuple[str, str]] = []
        for language in LANGUAGES:
            for concept, (words, prefixes) in self.lexicon(language).disguised.items():
                forms.update(dict.fromkeys(words, concept))
                stems.extend((prefix, concept) for prefix in prefixes)
        return build_disguises(self.letters, forms, stems)

    @cached_property
    def index(self) -> ConceptIndex:
        """Features, targets and families of all concepts, by number."""
        cards = [card for language in LANGUAGES for card in self.lexicon(language).cards.values()]
        families = {c.id: c.file.rsplit("/", 1)[-1].removesuffix(".toml") for c in cards if c.kind == "concept"}
        return concept_index(self.registry.names, families, self.table("common", "reading"))

    @cached_property
    def markers(self) -> MailMarkers:
        """How greetings, closings and quoted mails look, in all languages together."""
        return MailMarkers.of(self.table(language, "mail") for language in LANGUAGES)

    def expressions(self, language: str) -> Expressions:
        """The patterns of dates, sums and the like in one language, built when it is first met."""
        known = self._expressions.get(language)
        if known is None:
            parts = ("common", language)
            entries = [entry for part in parts for entry in self.content.patterns.get(part, [])]
            tables = [self.table(part, "expressions") for part in parts]
            known = self._expressions[language] = build(language, tables, entries)
        return known

    def abbreviations(self, language: str) -> frozenset[str]:
        """Words after which a dot ends no sentence."""
        known = self._abbreviations.get(language)
        if known is None:
            words = self.table(language, "text").get("abbreviations", [])
            known = self._abbreviations[language] = frozenset(fold(word) for word in words)
        return known

    def analyse(
        self,
        text: str,
        language: str,
        ignored: tuple[tuple[int, int], ...] = (),
        guess: LanguageGuess | None = None,
        tokens: Tokens | None = None,
    ) -> Analysis:
        """Cut and match one message in `language`; with a `guess`, each sentence in its own language."""
        analysis = cut(tokens or tokens_of(text), self.abbreviations(language), ignored)
        analysis.languages = [language] * len(analysis.sentences)
        if guess is not None and len(analysis.sentences) > 1:
            texts = analysis.tokens.texts
            words = [texts[i].lower() for i in analysis.words]
            analysis.languages = [guess.of_sentence(words[a:b], language) for a, b in analysis.sentences]
        lexicons = {each: self.lexicon(each) for each in dict.fromkeys(analysis.languages)}
        hidden = unmask(analysis, self.disguises, self.registry.numbers)
        extra: dict[int, list[tuple[int, int]]] = {}
        for m in hidden:
            extra.setdefault(m.first, []).append((m.entry, m.after))
        concepts, rules = list(hidden), []
        for each, lexicon in lexicons.items():
            spans = [s for s, own in zip(analysis.sentences, analysis.languages, strict=True) if own == each]
            found, ruled = lexicon.match(analysis.keys, spans, extra)
            concepts.extend(found)
            rules.extend(ruled)
        if hidden or len(lexicons) > 1:
            concepts.sort(key=lambda m: (m.first, m.after))
        analysis.concepts = concepts
        analysis.rules = rules
        return analysis


def build_knowledge(overlays: Iterable[Path | str] = (), *, strict: bool = True) -> Knowledge:
    """Load the shipped content and the company folders laid over it.

    The shipped packs are used where they fit the content, and the company's entries are laid over them; where there
    are none, or an entry of the company stands in for a shipped one, everything is compiled from TOML.
    Raises ContentError with every fault; with `strict` False the faults are left in `content.faults` and the packs
    are not used.
    """
    folders = list(overlays)
    if strict:
        stamp = digest()
        content = load_common(stamp)
        if content is not None:
            return Knowledge(lay_folders(content, folders), stamp)
    return Knowledge(load_content(folders, strict=strict))
