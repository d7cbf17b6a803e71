"""The shipped bank, read once, and what the tests ask of every phrase."""

import re

from tests.naming.book import table
from zgoda.guidance.phrases import PhraseBank
from zgoda.guidance.slots import FREE
from zgoda.values import Context

LANGUAGES = ("ru", "pl", "en")
TABLES = {lang: {name: table(lang, name) for name in ("first_names", "phrases")} for lang in LANGUAGES}
BANK = PhraseBank.of(TABLES)
NAMES = {
    "ru": (None, "Викторова Елена Викторовна", "Павел", "Саша", "tomek77"),
    "pl": (None, "Anna Nowak", "Tomasz Kowalski", "Kasia Nowak", "Nikola Zając", "Kowalski sp. z o.o."),
    "en": (None, "Ms Nowak", "Alex Taylor", "dark_knight"),
}
CLAUSES = {"ru": "Вы ждёте посылку с мая", "pl": "paczka nie dotarła", "en": "the parcel did not arrive"}
SLOTS = {
    "order": "4412",
    "case": "Z-17",
    "date": "2026-11-26",
    "date2": "2026-12-01",
    "date3": "2026-11-20",
    "time": "15:00",
    "time2": "17:00",
    "phone": "22 123 45 67",
    "email": "help@example.com",
    "amount": "50",
}
FACTS = (
    *("fault_established", "broken_promise", "warned", "warned_twice", "relapsed", "lapsed", "authority", "note"),
    "business",
)
STRAY = re.compile(r"[\[\]<>|]|  |\s[,.;:?!]|\.\.|,,|\?\.|!\.|/|^[,.]|None")
OPEN = re.compile(r"\{[^{}]*\}")
STARTS = re.compile(r"(?:^|(?<=[.!?] )|(?<=[.!?]\n))(\w)")


def slots(language):
    return {**SLOTS, **dict.fromkeys(FREE, CLAUSES[language])}


def contexts(language):
    for name in NAMES[language]:
        for gender in (None, "m", "f"):
            for agent in (None, "m", "f"):
                yield Context(
                    customer_name=name,
                    customer_gender=gender,
                    agent_name="Marek" if agent else None,
                    agent_gender=agent,
                    company="Zorza" if agent else None,
                    manager="Ewa Maj" if agent else None,
                    customer_company="Kolej" if agent else None,
                )


def every(language, context, values):
    """All that can be said in all channels, by stage."""
    from zgoda.guidance.phrase import KEYS
    from zgoda.values import CHANNELS

    for key in KEYS:
        for channel in CHANNELS:
            for said in BANK.choose(
                key, language=language, channel=channel, context=context, slots=values, count=99, facts=FACTS
            ):
                yield key, channel, said
