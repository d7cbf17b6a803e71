"""What a reading says of whole messages, in three languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zgoda
from zgoda.errors import InputError
from zgoda.values import ABUSE, CAUSES, DEMANDS, FACTS, ROLES, SIGNALS, STATES

BANDS = {"calm": (0, 19), "dissatisfied": (20, 49), "angry": (50, 79), "abusive": (80, 100)}
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)

PROFANE = [
    "где мой заказ блять",
    "п.и.з.д.е.ц а не сервис",
    "gdzie ta paczka k...a mać",
    "p i e r d o l ę taki sklep",
    "what kind of sh!tshow is this",
    "f u c k your queue",
    "#мтсговно опять нет связи",
    "suka blyat gde moi zakaz",
]
CALM = [
    "Здравствуйте, подскажите, до какого часа работает пункт выдачи в субботу?",
    "Dzień dobry, czy mogę zapłacić kartą przy odbiorze?",
    "Hello, do you deliver to Cork, and how long does it take?",
    "CZY SKLEP JEST OTWARTY W NIEDZIELE? PROSZE O ODPOWIEDZ",
]


@pytest.mark.parametrize("text", PROFANE)
def test_vulgar_words_count_in_every_disguise(text: str) -> None:
    reading = zgoda.read(text)
    assert reading.state == "abusive"
    assert "profanity" in [span.kind for span in reading.abuse]


@pytest.mark.parametrize("text", CALM)
def test_a_plain_question_is_calm(text: str) -> None:
    assert zgoda.read(text).state == "calm"


@pytest.mark.parametrize(
    "text",
    [
        "Ваш оператор сказал мне «пошёл на хуй» и бросил трубку. Прошу разобраться.",
        "Kasjerka powiedziała do mnie „spierdalaj”. Proszę o wyjaśnienie.",
        'Your manager told the trainee "you fucking idiot" in front of us. Please look into it.',
    ],
)
def test_reported_abuse_is_not_the_writers(text: str) -> None:
    assert zgoda.read(text).abuse == ()


def test_an_older_mail_quoted_below_is_not_the_writers() -> None:
    mail = (
        "Dziękuję, paczka dotarła, wszystko w porządku.\n\nW dniu 24.11.2026 o 10:12 Jan Nowak napisał(a):\n"
        "> kurwa gdzie jest moja paczka, złodzieje!!!\n> Oddajcie pieniądze\n"
    )
    reading = zgoda.read(mail)
    assert reading.state == "calm"
    assert reading.abuse == ()


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Если деньги не вернут до пятницы, подам иск в суд.", "legal"),
        ("Zgłoszę sprawę do UOKiK.", "regulator"),
        ("I am closing my account and moving to another bank.", "churn"),
        ("Третий раз пишу вам об этом.", "repeat_contact"),
        ("I can't do this any more, I'm going to kill myself tonight.", "self_harm"),
    ],
)
def test_risks_are_signals_and_no_abuse(text: str, signal: str) -> None:
    reading = zgoda.read(text)
    assert signal in [span.kind for span in reading.signals]
    assert reading.abuse == ()


@pytest.mark.parametrize(
    "text",
    [
        "Я знаю, где ты живёшь. Приеду и переломаю тебе ноги.",
        "Znajdę cię i połamię ci ręce.",
        "I know where you live. I will find you and break your legs.",
    ],
)
def test_a_threat_to_a_person_is_abuse(text: str) -> None:
    assert "threat" in [span.kind for span in zgoda.read(text).abuse]


def test_every_label_has_a_reason_whose_words_stand_in_the_text() -> None:
    text = "Третий раз пишу! Верните 34 990 руб. за холодильник, иначе суд. Вы там все тупые?"
    reading = zgoda.read(text, now=NOW)
    labels = [r.label for r in reading.reasons]
    assert labels[0] == f"state:{reading.state}"
    wanted = {f"abuse:{s.kind}" for s in reading.abuse} | {f"signals:{s.kind}" for s in reading.signals}
    wanted |= {f"causes:{c}" for c in reading.causes} | {f"demands:{d}" for d in reading.demands}
    assert wanted <= set(labels)
    assert all(0 <= r.start < r.end <= len(text) for r in reading.reasons)
    assert all((r.rule is None) != (r.feature is None) and r.source for r in reading.reasons)


def test_the_wire_form_is_the_contract() -> None:
    wire = zgoda.read("Where is order 4412-K? I paid £349.00 on 3 November.", now=NOW).as_dict()
    assert list(wire) == [
        "schema", "language", "state", "temperature", "abuse", "signals", "causes", "demands", "facts", "sentences",
        "reasons",
    ]  # fmt: skip
    assert wire["schema"] == 1
    money = [f for f in wire["facts"] if f["kind"] == "money"]
    assert [(f["text"], f["value"]) for f in money] == [("£349.00", "349.00 GBP")]
    assert [f["value"] for f in wire["facts"] if f["kind"] == "date"] == ["2026-11-03"]


def test_spans_of_html_index_it_as_passed() -> None:
    html = "<p>Oddajcie <b>349,00&nbsp;zł</b> za zamówienie nr 4412, ile mam czekać?!</p>"
    facts = zgoda.read(html, now=NOW).facts
    assert any(f.kind == "money" and html[f.start : f.end] == f.text and "349,00" in f.text for f in facts)


def test_a_very_long_text_is_read_at_both_ends() -> None:
    filler = "Просто длинное письмо о погоде и дорогах. " * 6_000
    text = "Верните деньги за заказ 4412! " + filler + " Позвоните мне: +7 900 000-00-17."
    reading = zgoda.read(text, now=NOW)
    assert reading.truncated
    assert reading.as_dict()["truncated"] is True
    assert any(f.kind == "phone" and text[f.start : f.end] == f.text for f in reading.facts)


def test_a_hint_decides_only_where_the_text_does_not() -> None:
    assert zgoda.read("Gdzie jest moja paczka, czekam od wtorku?", language="ru").language == "pl"
    assert zgoda.read("4412", language="pl").language == "pl"
    assert zgoda.read("Де моє замовлення? Чому ви не відповідаєте?").language == "und"


def test_each_sentence_of_a_mixed_text_is_read_in_its_own_language() -> None:
    text = "Where is my order? Верните деньги немедленно! Złodzieje, zgłoszę to do UOKiK."
    reading = zgoda.read(text)
    assert "refund" in reading.demands
    assert "regulator" in [s.kind for s in reading.signals]


@pytest.mark.parametrize("bad", [b"bytes", None, 7])
def test_what_is_no_text_is_refused(bad: object) -> None:
    with pytest.raises(InputError, match="expected the text"):
        zgoda.read(bad)  # type: ignore[arg-type]


def test_a_time_without_zone_and_unknown_hints_are_refused() -> None:
    with pytest.raises(InputError, match="time zone"):
        zgoda.read("x", now=datetime(2026, 1, 1))
    with pytest.raises(InputError, match="language"):
        zgoda.read("x", language="de")
    with pytest.raises(InputError, match="channel"):
        zgoda.read("x", channel="pigeon")


WORDS = st.sampled_from(
    ["заказ", "верните", "деньги", "тупые", "сука", "где", "!!!", "\n", "paczka", "oddajcie", "kurwa", "nie", "refund",
     "you", "idiots", "?", "12.11", "5 000 zł", "«", "»", "<b>", "&amp;", "😡", "#", "k...a", "суд", "спасибо"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_has_a_reading_that_agrees_with_itself(text: str) -> None:
    reading = zgoda.read(text)
    low, high = BANDS[reading.state]
    assert low <= reading.temperature <= high
    assert (reading.state == "abusive") == bool(reading.abuse)
    assert set(reading.causes) <= set(CAUSES)
    assert len(set(reading.causes)) == len(reading.causes)
    assert bool(reading.causes) or reading.state == "calm" or {"harassment"} == {s.kind for s in reading.abuse}
    assert set(reading.demands) <= set(DEMANDS)
    assert reading.state in STATES
    for span, kinds in [(s, ABUSE) for s in reading.abuse] + [(s, SIGNALS) for s in reading.signals]:
        assert span.kind in kinds
        assert text[span.start : span.end] == span.text
    for fact in reading.facts:
        assert fact.kind in FACTS
        assert text[fact.start : fact.end] == fact.text
    assert all(s.role in ROLES and 0 <= s.start <= s.end <= len(text) for s in reading.sentences)
    assert zgoda.read(text) == reading
