"""Normalised values, read on Thursday 26 November 2026."""

from datetime import UTC, datetime

import pytest

from tests.expressions.content import expressions

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def value(language: str, text: str, **options):
    facts = expressions(language).find(text, **{"now": NOW, **options})
    assert len(facts) == 1, facts
    return facts[0].value


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "жду уже три недели", "P3W"),
        ("ru", "третий день", "P3D"),
        ("ru", "полтора часа", "PT1.5H"),
        ("ru", "полгода", "P6M"),
        ("ru", "ехал час двадцать", "PT1H20M"),
        ("pl", "dwadzieścia dwa dni", "P22D"),
        ("pl", "kwadrans", "PT15M"),
        ("en", "forty-five minutes", "PT45M"),
        ("en", "1 hr 20", "PT1H20M"),
        ("en", "a fortnight", "P2W"),
        ("ru", "пару дней", None),
        ("ru", "10-15 минут", None),
        ("en", "since yesterday", "P1D"),
        ("ru", "не работает с понедельника", "P3D"),
    ],
)
def test_duration(language, text, expected):
    assert value(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "в семь утра", "07:00"),
        ("ru", "в половине второго ночи", "01:30"),
        ("ru", "в 8 вечера", "20:00"),
        ("pl", "o wpół do trzeciej", "02:30"),
        ("pl", "o siódmej rano", "07:00"),
        ("en", "at half six", "06:30"),
        ("en", "at 4pm", "16:00"),
        ("en", "at 12 am", "00:00"),
        ("en", "by noon", "12:00"),
        ("en", "by six, please", None),
    ],
)
def test_time(language, text, expected):
    assert value(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "две тысячи семьсот рублей", "2700.00 RUB"),
        ("ru", "80 тыс. ₽", "80000.00 RUB"),
        ("ru", "пять косарей", "5000.00 RUB"),
        ("ru", "10 баксов", "10.00 USD"),
        ("pl", "tysiąc dwieście złotych", "1200.00 PLN"),
        ("pl", "2.000 EUR", "2000.00 EUR"),
        ("pl", "osiem stówek", "800.00 PLN"),
        ("en", "£1,846.20", "1846.20 GBP"),
        ("en", "a fiver", "5.00 GBP"),
        ("en", "two hundred and six euro", "206.00 EUR"),
    ],
)
def test_money(language, text, expected):
    assert value(language, text) == expected


@pytest.mark.parametrize(
    ("text", "spoken", "expected"),
    [
        ("в среду", "past", "2026-11-25"),
        ("в среду", "future", "2026-12-02"),
        ("в прошлую пятницу", "future", "2026-11-20"),
        ("в следующую пятницу", "past", "2026-11-27"),
        ("28 ноября", "past", "2025-11-28"),
        ("3 января", "future", "2027-01-03"),
        ("3 января", None, "2027-01-03"),
        ("двадцать пятого ноября", None, "2026-11-25"),
        ("к 30-му", "future", "2026-11-30"),
        ("в октябре", "past", "2026-10"),
        ("послезавтра", None, "2026-11-28"),
        ("31.02.2026", None, None),
    ],
)
def test_date_follows_what_is_spoken_of(text, spoken, expected):
    assert value("ru", text, spoken=spoken) == expected


def test_spoken_may_depend_on_the_place():
    facts = expressions("en").find(
        "You came on Monday. Come on Friday.", now=NOW, spoken=lambda at: "past" if at < 20 else "future"
    )
    assert [fact.value for fact in facts] == ["2026-11-23", "2026-11-27"]


def test_relative_date_has_no_value_without_a_time():
    assert value("pl", "wczoraj", now=None) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "тел. 8 (900) 000-45-12", "+79000004512"),
        ("pl", "tel. 512 440 098", "+48512440098"),
        ("en", "ring 07700 900733", "+447700900733"),
        ("en", "ring (504) 555-0119", "+15045550119"),
        ("en", "ring 555-0148", None),
    ],
)
def test_phone(language, text, expected):
    assert value(language, text) == expected


def test_number_behind_an_order_word_is_no_phone():
    kinds = {
        fact.kind
        for lang, text in (("ru", "заказ 89086714528"), ("en", "order 07700900733"))
        for fact in expressions(lang).find(text)
    }
    assert kinds == {"order"}
