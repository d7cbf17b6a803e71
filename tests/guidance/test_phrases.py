"""The phrase bank: what every phrase must hold, and what is said to whom."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.guidance.bank import BANK, FACTS, LANGUAGES, OPEN, STARTS, STRAY, TABLES, contexts, every, slots
from zgoda.errors import ContentError, InputError
from zgoda.guidance.phrase import KEYS, SLOT
from zgoda.guidance.phrases import PhraseBank
from zgoda.values import CHANNELS, Context

OWED = {
    "acknowledge": {"acknowledge", "personalise"},
    "listen": {"invite"},
    "reflect": {"paraphrase"},
    "soothe": {"empathy", "apology"},
    "facts": {"invite"},
    "defer": {"commit"},
    "investigate": {"commit"},
    "findings": {"findings"},
    "offer": {"solution"},
    "agreed": {"thanks", "confirm"},
    "confirm": {"confirm", "thanks"},
    "close": {"thanks"},
    "follow_up": {"follow_up"},
    "transfer": {"transfer"},
    "release": {"release"},
}
MOST_ROW = {"1": 40, "2": 76, "3": 48, "4": 28}
VAGUE = {
    "ru": "скоро|вскоре|ближайшее время|как можно скорее|незамедлительно|к сожалению|успокойт|вы должны|обязаны",
    "pl": "wkrótce|niebawem|najszybciej|niezwłocznie|niestety|uspok|musi pan|regulamin|zasady są",
    "en": r"soon\b(?! as)|shortly|as possible|unfortunately|calm down|you must|you have to|if you feel|our policy",
}


def phrases(language):
    return BANK.phrases(language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filled", [True, False])
def test_every_phrase_is_said_clean_to_everybody(language, filled):
    for context in contexts(language):
        for key, channel, said in every(language, context, slots(language) if filled else {}):
            where = (said.id, channel, context.customer_name, said.text)
            bare = OPEN.sub("X", said.text)
            assert not STRAY.search(bare), where
            assert {found.strip("{}") for found in OPEN.findall(said.text)} == set(said.open_slots), where
            assert all(letter[1] == letter[1].upper() for letter in STARTS.finditer(bare)), where
            assert said.text.strip() == said.text, where
            assert key in KEYS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_and_channel_has_words_for_somebody_unknown(language):
    for key in KEYS:
        assert len([p for p in BANK.phrases(language, key) if not p.needs]) >= 5, key
        for channel in CHANNELS:
            assert BANK.choose(key, language=language, channel=channel), (key, channel)


def test_ids_acts_channels_and_rows_correspond_across_languages():
    def facts(language):
        return [(p.id, p.stage, p.channels, p.acts, p.rows, p.needs, p.whole) for p in phrases(language)]

    assert facts("ru") == facts("pl") == facts("en")
    assert {p.stage for p in phrases("en")} == set(KEYS)


def test_rows_exist_in_the_method():
    for phrase in phrases("pl"):
        for row in phrase.rows:
            seed, _, number = row.removeprefix("S").partition(".")
            assert 1 <= int(number) <= MOST_ROW[seed], phrase.id


def test_phrases_perform_what_their_stage_owes():
    for phrase in phrases("en"):
        if "note" not in phrase.needs:
            assert OWED.get(phrase.stage, set()) <= set(phrase.acts), phrase.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_promises_name_a_time(language):
    for phrase in phrases(language):
        if "commit" in phrase.acts:
            assert re.search(r"\{(date2?|time)(:\w+)?\}", phrase.text), phrase.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_holds_words_of_the_mistakes(language):
    for phrase in phrases(language):
        assert not re.search(rf"(?<!\w)(?:{VAGUE[language]})", phrase.text.lower()), phrase.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_chat_and_sms_say_at_most_two_sentences(language):
    for phrase in phrases(language):
        if {"chat", "messenger", "sms"} & set(phrase.channels) and not {"note"} & set(phrase.needs):
            if phrase.stage == "aftercare":
                continue  # said to the agent
            sentences = re.findall(r"[.!?](?=\s|$)", phrase.text.replace("godz.", "godz"))
            assert len(sentences) <= 2, phrase.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_replies_hold_no_personal_data(language):
    allowed = {"company", "email", "date", "clause", "clause2", "emergency", "helpline"}
    for phrase in phrases(language):
        if phrase.channels == ("review",):
            assert {found[1] for found in SLOT.finditer(phrase.text)} <= allowed, phrase.id
        elif "review" in phrase.channels:
            assert phrase.stage == "aftercare" or "note" in phrase.needs, phrase.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_have_no_contractions_and_whole_releases_all_six_elements(language):
    for phrase in phrases(language):
        if phrase.channels[0] == "letter" and language == "en":
            assert "'" not in phrase.text, phrase.id
        if phrase.stage == "release" and phrase.whole:
            assert phrase.rows == ("S1.30", "S1.31", "S1.32", "S1.33", "S1.34", "S1.35")
            assert "{company}" in phrase.text


def texts(key, language, **more):
    return [
        one.text for one in BANK.choose(key, language=language, channel=more.pop("channel", None), count=99, **more)
    ]


def test_surname_is_never_called_in_polish():
    for name in ("Pan Kowalski", "Tomasz Kowalski", "Kowalski Tomasz"):
        for _, _, said in every("pl", Context(customer_name=name, agent_name="Ewa", agent_gender="f"), slots("pl")):
            assert not re.search(r"Panie Kowalski|Szanowny Panie Kowalski", said.text), said


def test_vocative_is_used_where_certain_and_left_out_where_not():
    anna = " ".join(texts("boundary", "pl", context=Context(customer_name="Anna Nowak")))
    kasia = " ".join(texts("boundary", "pl", context=Context(customer_name="Kasia Nowak")))
    assert "Pani Anno, chcę to rozwiązać" in anna
    assert "Kasi" not in kasia
    assert "Ma Pani prawo" in kasia


def test_unknown_gender_gets_neutral_words_only():
    for _, _, said in every("pl", Context(customer_name="Nikola Zając"), slots("pl")):
        assert not re.search(r"\b(Pan|Pani|Pana|Panu|Panem|Panią|Panie)\b", said.text), said


def test_gender_of_the_agent_is_never_guessed():
    assert not any("zrobiłem" in text or "zrobiłam" in text for text in texts("transfer", "pl"))
    woman = Context(customer_name="Anna Nowak", agent_gender="f")
    assert any("zrobiłam wszystko, co mogłam" in text for text in texts("transfer", "pl", context=woman))


def test_gender_told_otherwise_than_the_name_leaves_the_name_out():
    context = Context(customer_name="Anna Nowak", customer_gender="m")
    for _, _, said in every("pl", context, slots("pl")):
        assert "Anno" not in said.text
        assert "Anna" not in said.text


def test_manager_is_inflected_only_where_certain():
    sure = texts("transfer", "ru", channel="phone", context=Context(manager="Анна Петрова"))
    unsure = texts("transfer", "ru", channel="phone", context=Context(manager="Жанибек Толстой"))
    assert any("Соединяю Вас с Анной Петровой" in text for text in sure)
    assert any("передаю Ваш вопрос Анне Петровой" in text for text in sure)
    assert not any("Соединяю" in text or "передаю Ваш вопрос" in text for text in unsure)
    assert any("займётся Жанибек Толстой" in text for text in unsure)


def test_small_you_in_chat_and_capital_in_mail():
    values = {"clause": "Вы ждёте с мая", "date": "2026-11-26", "time": "15:00"}
    context = Context(agent_name="Ольга", company="Ваш Дом")
    for channel, word in (("chat", "вы"), ("email", "Вы")):
        said = texts("acknowledge", "ru", channel=channel, slots=values, context=context)
        assert any(f"{word} пишете, что {word} ждёте с мая" in text for text in said), said
    assert any("Ваш Дом:" in text for text in texts("acknowledge", "ru", channel="chat", slots=values, context=context))


@pytest.mark.parametrize(
    ("language", "date", "expected"),
    [
        ("pl", "2026-11-26", "w czwartek 26 listopada do godz. 15:00"),
        ("pl", "2026-12-01T10:00", "we wtorek 1 grudnia do godz. 15:00"),
        ("pl", "26 listopada", "26 listopada do godz. 15:00"),
        ("ru", "2026-11-26", "в четверг, 26 ноября, до 15:00"),
        ("ru", "2026-12-01", "во вторник, 1 декабря, до 15:00"),
        ("en", "2026-11-26", "on Thursday 26 November by 15:00"),
        ("en", "Thursday 26 November", "on Thursday 26 November by 15:00"),
    ],
)
def test_dates_stand_with_their_weekday(language, date, expected):
    said = texts("defer", language, channel="sms", slots={"date": date, "time": "15:00"})
    assert any(expected in text for text in said), said


@pytest.mark.parametrize(("language", "date"), [("pl", "czwartek"), ("ru", "среда"), ("en", "tomorrow")])
def test_date_whose_form_is_not_certain_is_not_said(language, date):
    assert not any(date in text for text in texts("defer", language, slots={"date": date, "time": "15:00"}))


def test_stop_of_a_company_and_of_a_clause_meets_no_second_stop():
    context = Context(company="Zorza sp. z o.o.", agent_name="Ewa")
    said = texts("soothe", "pl", context=context, facts=FACTS, slots={"clause": "paczka nie dotarła."})
    assert any(text.endswith("w imieniu firmy Zorza sp. z o.o.") for text in said)
    assert any("paczka nie dotarła. Przykro mi" in text for text in said)


def test_a_phrase_already_said_comes_last():
    first, *_ = BANK.choose("soothe", language="en", channel="chat")
    again = BANK.choose("soothe", language="en", channel="chat", used=[first.id], count=99)
    assert again[0].id != first.id
    assert again[-1].id == first.id


def test_same_input_gives_the_same_phrases_and_count_holds():
    one = BANK.choose("defer", language="pl", channel="email", count=2)
    assert one == BANK.choose("defer", language="pl", channel="email", count=2)
    assert len(one) == 2


def test_fewest_open_slots_come_first():
    said = BANK.choose("defer", language="en", channel="chat", slots={"date": "2026-11-26", "time": "15:00"}, count=9)
    assert said[0].open_slots == ()
    assert [len(one.open_slots) for one in said] == sorted(len(one.open_slots) for one in said)


def test_phrase_that_needs_a_finding_waits_for_it():
    assert not any("nasz błąd" in text for text in texts("soothe", "pl"))
    assert any("nasz błąd" in text for text in texts("soothe", "pl", facts=["fault_established"]))


def test_self_harm_is_met_with_a_question_before_the_number():
    for language in LANGUAGES:
        first, *rest = BANK.choose("self_harm", language=language, channel="chat", count=9)
        assert first.id == "self_harm-stay"
        assert any("112" in one.text or "999" in one.text for one in rest)


def test_row_of_the_method_is_the_rule():
    (said,) = BANK.choose("boundary", language="en", channel="letter", count=1)
    assert said.rule == "S1.16"


@pytest.mark.parametrize(
    ("key", "language", "channel"), [("shout", "pl", "chat"), ("soothe", "cs", "chat"), ("soothe", "pl", "pigeon")]
)
def test_unknown_stage_language_and_channel_are_refused(key, language, channel):
    with pytest.raises(InputError):
        BANK.choose(key, language=language, channel=channel)


def test_faults_of_a_bank_come_all_at_once():
    bad = {"stage": "sooth", "text": "{nmae} [a|b", "channels": ["pigeon"], "acts": ["hug"], "rows": [], "tune": 1}
    with pytest.raises(ContentError) as caught:
        PhraseBank.of({"en": {"phrases": {**TABLES["en"]["phrases"], "ours": bad, "loose": "text"}}})
    faults = "\n".join(caught.value.faults)
    for word in ("sooth", "{nmae}", "pair", "pigeon", "hug", "rows is empty", "tune", "loose"):
        assert word in faults


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_strange_names_and_clauses_break_nothing(name, clause, language):
    context = Context(customer_name=name, agent_name=name)
    for key in ("acknowledge", "soothe", "boundary"):
        for said in BANK.choose(
            key, language=language, channel="email", context=context, slots={"clause": clause}, count=99
        ):
            assert "\n\n" not in said.text
            assert "  " not in said.text
            assert set(said.open_slots) == {found.strip("{}") for found in OPEN.findall(said.text)}
            assert not said.text.startswith((",", "Panie ,", "Pani ,"))
