"""A reply made ready for judging: cut into clauses, with the features of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from zgoda.model.analysis import Analysis
from zgoda.model.knowledge import Knowledge
from zgoda.reviewing.clauses import Clause, ClauseRules
from zgoda.reviewing.features import ClauseFeatures, CustomerWords, clause_features, customer_words
from zgoda.rules.loader import REVIEWING
from zgoda.values import LANGUAGES


@dataclass(frozen=True, slots=True)
class Draft:
    """One reply with its clauses and their features, row by row."""

    analysis: Analysis
    clauses: list[Clause]
    rows: list[ClauseFeatures]

    def span(self, clause: Clause) -> tuple[int, int]:
        """Code points of a clause, without the mark behind it."""
        return self.analysis.span(clause.first, clause.after)

    def language(self, clause: Clause) -> str:
        """Language of the sentence a clause stands in."""
        return self.analysis.languages[clause.sentence]


class Drafter:
    """Turns texts into drafts by the content's lexicons and rules of clauses."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge.on(REVIEWING)
        openers = {lang: knowledge.table(lang, "clauses").get("openers", []) for lang in LANGUAGES}
        self._cutter = ClauseRules(knowledge.table("common", "clauses"), openers)
        self._table = knowledge.table("common", "review")

    @cached_property
    def _negations(self) -> frozenset[int]:
        return frozenset(self.knowledge.registry.number(name) for name in self._table["negation"]["concepts"])

    @cached_property
    def _abuse(self) -> frozenset[int]:
        files = set(self._table["abuse"]["files"])
        cards = [card for lang in LANGUAGES for card in self.knowledge.lexicon(lang).cards.values()]
        names = {
            c.id for c in cards if c.kind == "concept" and c.file.rsplit("/", 1)[-1].removesuffix(".toml") in files
        }
        return frozenset(self.knowledge.registry.number(name) for name in names)

    def customer(self, text: str, language: str) -> CustomerWords:
        """What bears on a reply of the customer's last message."""
        return customer_words(self.knowledge.analyse(text, language), self._abuse)

    def draft(self, analysis: Analysis, customer: CustomerWords) -> Draft:
        """Clauses and features of an analysed reply."""
        clauses = self._cutter.cut(analysis)
        names = self.knowledge.registry.names
        return Draft(analysis, clauses, clause_features(analysis, clauses, names, self._negations, customer))
