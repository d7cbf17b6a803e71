"""Read one message: cut, match, weigh, judge, and say why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from zgoda.model import Weights
from zgoda.model.analysis import Analysis
from zgoda.model.knowledge import Knowledge
from zgoda.model.language import LanguageGuess
from zgoda.model.prepare import Prepared
from zgoda.model.score import Scorer
from zgoda.reading.facts import FactFinder
from zgoda.reading.labels import Judge, Judgement, Verdict, Verdicts, without_words
from zgoda.reading.roles import RoleWords, role_words, sentence_roles
from zgoda.reading.shouting import shouted
from zgoda.reading.why import Explainer, as_spans
from zgoda.rules.lexicon import Lexicon
from zgoda.values import Reading, Reason, Span


class Reader:
    """Knowledge and weights together; one Reader serves any number of messages."""

    def __init__(self, knowledge: Knowledge, weights: Weights, guess: LanguageGuess, facts: FactFinder) -> None:
        self.knowledge = knowledge
        self.table = knowledge.table("common", "reading")
        self.scorer = Scorer(weights, knowledge.index)
        self.judge = Judge(weights.index, weights.settings, self.table)
        self._guess = guess
        self._facts = facts
        self._roles: dict[str, RoleWords] = {}

    def read(self, prepared: Prepared, now: datetime | None) -> Reading:
        """The reading of a prepared text; words inside its ignored spans are not the writer's."""
        text = prepared.text
        lexicon = self.knowledge.lexicon(prepared.lexicon)
        guess = self._guess if prepared.mixed else None
        analysis = self.knowledge.analyse(text, prepared.lexicon, prepared.ignored, guess, prepared.tokens)
        verdicts = self._verdicts(analysis, lexicon)
        scores = self.scorer.score(analysis, lexicon)
        judgement = self.judge.judge(scores, verdicts)
        if not analysis.words:
            judgement = without_words(judgement)
        explain = Explainer(analysis, lexicon, self.scorer, scores, verdicts)
        shown = prepared.given
        abuse = self._labelled("abuse", judgement.abuse, shown, explain)
        signals = self._labelled("signals", judgement.signals, shown, explain)
        facts = self._facts.find(text, shown, analysis, now)
        return Reading(
            language=prepared.language,
            state=judgement.state,
            temperature=judgement.temperature,
            abuse=tuple(abuse),
            signals=tuple(signals),
            causes=tuple(judgement.causes),
            demands=tuple(judgement.demands),
            facts=facts,
            sentences=tuple(sentence_roles(analysis, lexicon, self._role_words(lexicon), facts)),
            reasons=tuple(self._reasons(judgement, text, explain)),
        )

    def _role_words(self, lexicon: Lexicon) -> RoleWords:
        known = self._roles.get(lexicon.language)
        if known is None:
            known = self._roles[lexicon.language] = role_words(self.table["roles"], lexicon)
        return known

    def _verdicts(self, analysis: Analysis, lexicon: Lexicon) -> Verdicts:
        """Labels that rules give or take; words quoted from others give none."""
        verdicts: Verdicts = {}
        for m in (*analysis.rules, *analysis.concepts):
            entry = lexicon.cards.get(lexicon.names[m.entry])
            if entry is None or entry.level == "hint" or not entry.label:
                continue
            if analysis.in_quotation(m.first):
                continue
            known = verdicts.get(entry.label)
            if known is None or (entry.level == "veto" and known.level != "veto"):
                verdicts[entry.label] = Verdict(entry.id, entry.level, m.first, m.after)
        where = shouted(analysis, self.table["loss_of_control"])
        if where is None:
            return verdicts
        verdicts.setdefault("abuse:loss_of_control", Verdict("shouting", "decide", *where))
        return verdicts

    def _labelled(self, name: str, kinds: list[str], text: str, explain: Explainer) -> list[Span]:
        table: dict[str, Any] = self.table["spans"][name]
        return [s for kind in kinds for s in as_spans(kind, text, explain.spans(f"{name}:{kind}", table[kind]))]

    def _reasons(self, judgement: Judgement, text: str, explain: Explainer) -> list[Reason]:
        reasons = []
        if judgement.state == "calm":
            reasons.append(Reason("state:calm", 0, len(text), "labels-1.1", rule="default"))
        else:
            reasons.append(explain.reason(f"state:{judgement.state}"))
        for name, kinds in (
            ("abuse", judgement.abuse),
            ("signals", judgement.signals),
            ("causes", judgement.causes),
            ("demands", judgement.demands),
        ):
            for i, kind in enumerate(kinds):
                if name == "causes" and kind == "other":
                    reasons.append(Reason("causes:other", 0, len(text), "labels-1.4", rule="default"))
                elif name == "causes" and i == 0:
                    reasons.append(explain.reason(f"causes:{kind}", f"main:{kind}"))
                else:
                    reasons.append(explain.reason(f"{name}:{kind}"))
        return reasons
