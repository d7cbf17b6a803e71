"""The catalogue of mistakes: its wrong sentences are found, its better ones are left alone."""

import json
from functools import cache

from tools.dataset import DATA
from tools.reply_dataset import FINDING_OF
from zgoda.api import engine
from zgoda.values import LANGUAGES, Turn

KINDS = {heading: {finding} for heading, finding in FINDING_OF.items()} | {
    "proving_wrong": {"blame_customer", "denial"},
    "closing_sting": {"reproach", "closing_sting"},
    "unauthorised_promise": {"overpromise", "disclosure"},
}
"""Kinds by heading, as the contract of labels says in its part on the catalogue."""
AGREED = {
    "ru": (
        Turn("customer", "Верните деньги за чайник."),
        Turn("agent", "Верну 1 500 ₽ сегодня на карту. Вас это устроит?"),
        Turn("customer", "Да, меня это устраивает, спасибо."),
    ),
    "pl": (
        Turn("customer", "Proszę o zwrot pieniędzy za czajnik."),
        Turn("agent", "Zwrócę 150 zł dziś na kartę. Czy to Panu odpowiada?"),
        Turn("customer", "Tak, zgadzam się, dziękuję."),
    ),
    "en": (
        Turn("customer", "I want my money back for the kettle."),
        Turn("agent", "I will refund £30 to your card today. Does that suit you?"),
        Turn("customer", "Yes, I agree, thank you."),
    ),
}


@cache
def examples():
    """Language and row of every example."""
    return [
        (language, json.loads(line))
        for language in LANGUAGES
        for line in (DATA / "catalogue" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def found(text, language, history=()):
    return {finding.kind for finding in engine().review(text, history=history, language=language).findings}


def kinds(row):
    return {row["finding"]} if row.get("finding") else KINDS[row["heading"]]


def caught(row, language):
    wanted = kinds(row)
    if wanted & found(row["wrong"], language):
        return True
    return row["heading"] == "closing_sting" and bool(wanted & found(row["wrong"], language, AGREED[language]))


def test_catalogue_has_every_heading_in_every_language():
    for language in LANGUAGES:
        assert {row["heading"] for each, row in examples() if each == language} == set(KINDS)


def test_wrong_sentences_get_a_finding_of_their_kind():
    missed = [f"{row['id']}: {row['wrong']}" for language, row in examples() if not caught(row, language)]
    assert len(missed) <= 0.05 * len(examples()), "\n".join(["", *missed])


def test_better_sentences_get_none():
    alarms = [
        f"{row['id']}: {row['better']} -> {told}"
        for language, row in examples()
        if (told := sorted(found(row["better"], language)))
    ]
    assert len(alarms) <= 0.02 * len(examples()), "\n".join(["", *alarms])


def test_stings_are_found_once_the_customer_has_agreed():
    stings = [(language, row["wrong"]) for language, row in examples() if row["heading"] == "closing_sting"]
    missed = [text for language, text in stings if not KINDS["closing_sting"] & found(text, language, AGREED[language])]
    assert len(missed) <= 0.05 * len(stings), "\n".join(["", *missed])
