"""Every phrase and suggestion that is shipped, filled as an agent would send it: they teach and test the review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from zgoda.guidance.phrase import KEYS
from zgoda.guidance.phrases import PhraseBank
from zgoda.model.knowledge import Knowledge
from zgoda.reviewing.times import TimeWords, WorkingTime
from zgoda.rules.loader import REVIEWING
from zgoda.values import CHANNELS, FINDINGS, LANGUAGES, Context

FACTS = ("fault_established", "broken_promise", "warned", "authority", "business", "note")
MANY = 99
NOT_SENT = ("aftercare",)  # for the agent himself
_SAME = {"date": "2026-11-26", "time": "15:00", "order": "4412", "case": "77-15", "email": "desk@orion.example"}
SLOTS: Mapping[str, Mapping[str, str]] = {
    "ru": _SAME
    | {
        "clause": "курьер не приехал",
        "amount": "900 ₽",
        "option": "заменить товар",
        "manager": "Ирина Белова",
        "phone": "8 800 555-01-00",
        "question": "когда Вам удобно",
    },
    "pl": _SAME
    | {
        "clause": "kurier nie przyjechał",
        "amount": "59 zł",
        "option": "wymienić towar",
        "manager": "Irena Biel",
        "phone": "22 555 01 00",
        "question": "o której wygodnie rozmawiać",
    },
    "en": _SAME
    | {
        "clause": "the courier did not come",
        "amount": "£20",
        "option": "replace it",
        "manager": "Irene Bell",
        "phone": "020 7946 0000",
        "question": "what time suits you",
    },
}
MOMENTS = (datetime(2026, 11, 23, 9, 30), datetime(2026, 11, 24, 14, 0), datetime(2026, 11, 27, 18, 0), None)
"""When suggestions with times are taken: a Monday morning, a Tuesday afternoon, a Friday evening, no time at all."""
CUSTOMERS = {"ru": "Елена Викторовна Орлова", "pl": "Anna Nowak", "en": "Anna Novak"}
AGENTS = {"ru": "Марк", "pl": "Marek", "en": "Mark"}


def phrases(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    """Language, id and text of every phrase, for both genders, with and without the customer's name, each once."""
    bank = PhraseBank.of(knowledge.content.tables)
    seen: set[tuple[str, str]] = set()
    for language in LANGUAGES:
        for key in KEYS:
            if key in NOT_SENT:
                continue
            for channel in CHANNELS:
                for context in _contexts(language, channel):
                    chosen = bank.choose(
                        key,
                        language=language,
                        channel=channel,
                        context=context,
                        slots=SLOTS[language],
                        count=MANY,
                        facts=FACTS,
                    )
                    for phrase in chosen:
                        if (language, phrase.text) not in seen:
                            seen.add((language, phrase.text))
                            yield language, phrase.id, phrase.text


def _contexts(language: str, channel: str) -> Iterator[Context]:
    for agent, customer, name in (("m", "f", CUSTOMERS[language]), ("f", "m", None), ("f", None, None)):
        yield Context(
            channel=channel,
            agent_name=AGENTS[language],
            agent_gender=agent,
            company="Orion",
            customer_name=name,
            customer_gender=customer,
            customer_company="Vega",
            manager=SLOTS[language]["manager"],
        )


def suggestions(knowledge: Knowledge, moments: Iterable[datetime | None] = MOMENTS) -> Iterator[tuple[str, str, str]]:
    """Language, kind or rule, and text of every suggestion of the review, with times as they stand at `MOMENTS`."""
    times = TimeWords(WorkingTime.of(knowledge.table("common", "review")["working"]), knowledge.content.tables)
    for language, identity, text in suggested(knowledge):
        for said in dict.fromkeys(times.filled(text, language, now) for now in moments):
            yield language, identity, said


def suggested(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    """Language, kind or rule, and text of every suggestion of the review, its slots of time open."""
    review = knowledge.on(REVIEWING)
    for language in LANGUAGES:
        for kind in FINDINGS:
            for text in knowledge.table(language, "review").get("suggestions", {}).get(kind, ()):
                yield language, kind, text
        for card in review.lexicon(language).cards.values():
            if card.suggestion:
                yield language, card.id, card.suggestion
