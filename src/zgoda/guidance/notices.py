"""Notices about process (labels-5): what a draft gets wrong at this moment of the conversation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from zgoda.guidance.noticing.closing import closing_sting
from zgoda.guidance.noticing.heat import abuse_without_limit, no_empathy_when_hot
from zgoda.guidance.noticing.listening import question_barrage, solution_before_listening, substance_unanswered
from zgoda.guidance.noticing.manner import abstract, impersonal, over_apology
from zgoda.guidance.noticing.moment import Hit, Moment
from zgoda.guidance.noticing.notice import Notice
from zgoda.guidance.noticing.refusing import person_label, refusal_without_way_out
from zgoda.guidance.noticing.register import register
from zgoda.guidance.noticing.said import Said
from zgoda.guidance.noticing.words import NoticeWords
from zgoda.naming import NameBook
from zgoda.text.fold import fold
from zgoda.text.remembered import Remembered
from zgoda.values import LANGUAGES, NOTICES, Context, Fact, Reading, Review, Turn

__all__ = ["Notice", "Noticer"]

_NOTE, _LABEL = "note", "person_label"
_NO_CONTEXT = Context()
_KEPT = 200_000  # code points: a draft is reviewed again and again, the customer's turns before it stay the same
_CHECKS: dict[str, Callable[[Moment], Iterator[Hit]]] = {
    "closing_sting": closing_sting,
    "solution_before_listening": solution_before_listening,
    "over_apology": over_apology,
    "question_barrage": question_barrage,
    "substance_unanswered": substance_unanswered,
    "abstract": abstract,
    "impersonal": impersonal,
    "no_empathy_when_hot": no_empathy_when_hot,
    "abuse_without_limit": abuse_without_limit,
    "register": register,
    "person_label": person_label,
    "refusal_without_way_out": refusal_without_way_out,
}


class Noticer:
    """The checks with the words of all languages; built once, holds nothing of any conversation."""

    def __init__(
        self,
        words: Mapping[str, NoticeWords],
        table: Mapping[str, Any],
        book: NameBook,
        abbreviations: Mapping[str, Iterable[str]],
    ) -> None:
        self._words = dict(words)
        self._limits = table["limits"]
        self._severity: Mapping[str, str] = table["severity"]
        self._sources: Mapping[str, str] = table["sources"]
        self._book = book
        self._abbreviations = {lang: frozenset(map(fold, short)) for lang, short in abbreviations.items()}
        self._said = Remembered(Said, _KEPT)

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, Any]]) -> Noticer:
        """From the tables of the content by language (`Knowledge.content.tables`); raises ContentError."""
        words = {lang: NoticeWords(tables[lang]["notices"]) for lang in LANGUAGES if "notices" in tables.get(lang, {})}
        short = {lang: tables[lang].get("text", {}).get("abbreviations", []) for lang in words}
        return cls(words, tables["common"]["notices"], NameBook.of(tables), short)

    def notices(
        self,
        draft: str,
        *,
        language: str,
        review: Review,
        history: Sequence[Turn] = (),
        readings: Sequence[Reading] = (),
        stage: str = "",
        ladder: str = "none",
        context: Context = _NO_CONTEXT,
        done: Collection[str] = (),
        facts: Sequence[Fact] | None = None,
    ) -> tuple[Notice, ...]:
        """The notices on one draft, in the order in which they stand in it; none in a language without words.

        `history` are the turns before the draft, `readings` those of the customer's turns in order, `stage` and
        `ladder` what `guide` says is due for the draft, `done` the acts that earlier turns of agents hold
        (`Guidance.done`), `facts` those of the case (default: all of the readings). An internal note
        (`context.kind`) is looked at for labels on persons alone.
        """
        words = self._words.get(language)
        if words is None:
            return ()
        short = self._abbreviations[language]
        heard = tuple(self._said(turn.text, short) for turn in history if turn.author == "customer")
        told = tuple(fact for reading in readings for fact in reading.facts) if facts is None else tuple(facts)
        moment = Moment(
            language=language,
            said=Said(draft, short),
            heard=heard,
            readings=tuple(readings),
            acts=review.acts,
            findings=review.findings,
            done=frozenset(done),
            stage=stage,
            ladder=ladder,
            context=context,
            facts=told,
            words=words,
            limits=self._limits,
            book=self._book,
        )
        kinds = [kind for kind in NOTICES if (kind == _LABEL) == (context.kind == _NOTE)]
        found = [self._notice(kind, hit) for kind in kinds for hit in _CHECKS[kind](moment)]
        return tuple(sorted(found, key=lambda n: (n.start, n.end, NOTICES.index(n.kind))))

    def _notice(self, kind: str, hit: Hit) -> Notice:
        rule = f"notice-{kind}.{hit.rule}"
        return Notice(kind, hit.start, hit.end, hit.suggestion, rule, self._sources[kind], self._severity[kind])
