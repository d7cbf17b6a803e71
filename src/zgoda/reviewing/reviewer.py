"""Review one reply: cut into clauses, weigh, judge, and say why and what to say instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from zgoda.model import Weights
from zgoda.model.knowledge import Knowledge
from zgoda.model.language import LanguageGuess
from zgoda.model.prepare import Prepared
from zgoda.reviewing.draft import Draft, Drafter
from zgoda.reviewing.features import CustomerWords
from zgoda.reviewing.judge import Judge, Said
from zgoda.reviewing.score import ClauseOdds, ClauseScorer
from zgoda.reviewing.spans import closes, fitted, spans_of
from zgoda.reviewing.times import TimeWords, WorkingTime, has_time
from zgoda.reviewing.verdicts import verdicts_of
from zgoda.reviewing.words import Place, ReviewWords
from zgoda.text.remembered import Remembered
from zgoda.values import LANGUAGES, Finding, Span

_MODEL_RULE, _MODEL_SOURCE = "learned", "labels-2.2"
_TIMELESS = "findings:vague_promise"

_KEPT = 200_000  # code points: a draft is reviewed again and again, what it answers stays the same


@dataclass(frozen=True, slots=True)
class Judged:
    """Acts and findings of a reply, spans indexing the prepared text."""

    acts: tuple[Span, ...]
    findings: tuple[Finding, ...]


class Reviewer:
    """Knowledge and weights together; one Reviewer serves any number of replies."""

    def __init__(self, knowledge: Knowledge, weights: Weights, guess: LanguageGuess) -> None:
        self.drafter = Drafter(knowledge)
        self.words = ReviewWords({lang: knowledge.table(lang, "review") for lang in LANGUAGES})
        table = knowledge.table("common", "review")
        self.times = TimeWords(WorkingTime.of(table["working"]), knowledge.content.tables)
        self._severity: dict[str, str] = table["severity"]
        self.whole: float = table["spans"]["whole"]
        self.capitals = frozenset(table["spans"]["capitals"])
        self._scorer = ClauseScorer(weights)
        self._judge = Judge(weights)
        self._guess = guess
        self._heard = Remembered(self.drafter.customer, _KEPT)

    def review(
        self,
        prepared: Prepared,
        customer: str,
        interface: str | None,
        now: datetime | None = None,
        promised: Callable[[], bool] = bool,
    ) -> Judged:
        """Acts and findings of a prepared reply; `customer` is his last message, empty where there is none.

        `now` (local time) says which times suggestions may name; `promised` tells, where a suggestion is chosen,
        whether the reply already promises something by a time.
        """
        knowledge = self.drafter.knowledge
        guess = self._guess if prepared.mixed else None
        analysis = knowledge.analyse(prepared.text, prepared.lexicon, prepared.ignored, guess, prepared.tokens)
        heard = self._heard(customer, prepared.lexicon) if customer else CustomerWords()
        draft = self.drafter.draft(analysis, heard)
        scored = [self._scorer.score(row, draft.language(row.clause)) for row in draft.rows]
        said = self._judge.judge(scored, verdicts_of(draft, knowledge, self._judge.distrusted), prepared.lexicon)
        acts = [span for one in said if one.label.startswith("acts:") for span in self._acts(one, draft, prepared)]
        told = _Telling(self, draft, scored, prepared, interface or prepared.lexicon, now, promised)
        wrong = [one for one in said if one.label.startswith("findings:")]
        wrong.sort(key=lambda one: one.label != _TIMELESS)  # the one time that is offered belongs where a time lacks
        findings = [f for one in wrong for f in told.findings(one)]
        return Judged(tuple(acts), tuple(sorted(findings, key=lambda f: (f.start, f.end, f.kind))))

    def _acts(self, one: Said, draft: Draft, prepared: Prepared) -> list[Span]:
        kind = one.label.partition(":")[2]
        spans = spans_of(draft, one.clauses, self.whole)
        return [Span(kind, start, end, prepared.given[start:end]) for start, end in spans]

    def severity(self, kind: str) -> str:
        """How grave a kind of finding is."""
        return self._severity[kind]

    def grounds(self, one: Said, scored: list[ClauseOdds], language: str) -> tuple[str, str, str]:
        """Rule or construction, its source and its own suggestion, behind one label."""
        lexicon = self.drafter.knowledge.lexicon(language)
        identity = one.rule
        if identity is None:
            feature = self._scorer.weightiest(scored[one.clauses[0]].features, one.label)
            identity = feature.partition(":")[2].partition("@")[0] if feature else None
        card = lexicon.cards.get(identity or "")
        if card is None:
            return _MODEL_RULE, _MODEL_SOURCE, ""
        return card.id, card.source, card.suggestion if one.rule else ""


class _Telling:
    """Puts the findings of one reply into words; no suggestion is given twice."""

    def __init__(
        self,
        reviewer: Reviewer,
        draft: Draft,
        scored: list[ClauseOdds],
        prepared: Prepared,
        interface: str,
        now: datetime | None,
        promised: Callable[[], bool],
    ) -> None:
        self._reviewer = reviewer
        self._draft = draft
        self._scored = scored
        self._prepared = prepared
        self._interface = interface
        self._now = now
        self._told_of_promises = promised
        self._taken: set[str] = set()

    @cached_property
    def _promised(self) -> bool:
        return self._told_of_promises()

    def findings(self, one: Said) -> list[Finding]:
        """One finding for each run of clauses that carries the mistake."""
        kind = one.label.partition(":")[2]
        words = self._reviewer.words
        language = self._draft.language(self._draft.clauses[one.clauses[0]])
        rule, source, own = self._reviewer.grounds(one, self._scored, language)
        shown = self._prepared.given
        made = []
        for start, end in spans_of(self._draft, one.clauses, self._reviewer.whole):
            made.append(
                Finding(
                    kind=kind,
                    start=start,
                    end=end,
                    text=shown[start:end],
                    severity=self._reviewer.severity(kind),
                    message=words.message(kind, self._interface),
                    suggestion=self._suggestion(kind, language, own, start, end),
                    rule=rule,
                    source=source,
                )
            )
        return made

    def _suggestion(self, kind: str, language: str, own: str, start: int, end: int) -> str | None:
        """The words to stand in place of `[start, end)`, with one promise by a time in the whole reply at most."""
        shown = self._prepared.given
        promised = self._promised or any(map(has_time, self._taken))
        place = Place(shown[start:end], closes(shown, end), promised)
        chosen = self._reviewer.words.choose(kind, language, place, self._taken, own)
        if chosen is None:
            return None
        self._taken.add(chosen)
        said = self._reviewer.times.filled(chosen, language, self._now)
        return fitted(said, shown, start, end, self._reviewer.capitals)
