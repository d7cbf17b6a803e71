"""What is noticed of a draft at its moment of a conversation, and what is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guidance.notice_moments import examples, fires, kinds, noticer, notices, table
from zgoda.guidance.noticing.said import _QUOTED
from zgoda.rules.linear import faults
from zgoda.values import (
    ACTS,
    CHANNELS,
    FINDINGS,
    LANGUAGES,
    NOTICES,
    RUNGS,
    SEVERITIES,
    STAGES,
    STATES,
    Context,
    Fact,
    Review,
)

NOTE = Context(kind="note")
ROWS = [pytest.param(row, lang, id=f"{lang}-{n}") for lang in LANGUAGES for n, row in enumerate(examples(lang))]


@pytest.mark.parametrize(("row", "language"), ROWS)
def test_examples_of_the_content_fire_or_pass_as_they_say(row, language):
    assert fires(row, language) is row["expect"], row["draft"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_six_examples_that_fire_and_six_that_pass(language):
    for kind in NOTICES:
        told = [row["expect"] for row in examples(language) if row["kind"] == kind]
        assert told.count(True) >= 6, kind
        assert told.count(False) >= 6, kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_examples_of_a_kind_share_their_draft_and_their_moment(language):
    rows = [tuple(sorted((key, str(value)) for key, value in row.items())) for row in examples(language)]
    assert len(rows) == len(set(rows))


def test_expressions_of_the_content_are_linear():
    regexes = [form["regex"] for language in LANGUAGES for form in table(language, "notices").get("form", ())]
    assert regexes
    for regex in (*regexes, _QUOTED.pattern):
        assert faults(regex) == []


def test_every_kind_has_its_severity_and_source():
    common = table("common", "notices")
    assert set(common["severity"]) == set(common["sources"]) == set(NOTICES)
    assert set(common["severity"].values()) <= set(SEVERITIES)
    assert common["severity"]["closing_sting"] == "error"


def test_sting_after_agreement_is_an_error_and_before_it_is_none():
    draft = "See? And all that shouting. The engineer comes at ten."
    [notice] = [n for n in notices(draft, "Fine.", stage="agreed") if n.kind == "closing_sting"]
    assert notice.severity == "error"
    assert draft[notice.start : notice.end] == "And all that shouting."
    assert notice.suggestion is not None
    assert "closing_sting" not in kinds(draft, "Fine.", stage="offer")


def test_a_reproach_found_by_the_review_is_not_reported_twice_as_a_sting():
    found = notices("Happy now?", "Fine.", stage="close", findings=["reproach"])
    assert [n.rule for n in found if n.kind == "closing_sting"] == ["notice-closing_sting.reproach"]


def test_empathy_given_earlier_need_not_be_given_again():
    draft = "Мастер назначен на вторник, время с 9 до 18, заявка номер 117."
    hot = {"language": "ru", "state": "angry"}
    assert "no_empathy_when_hot" in kinds(draft, "Сколько можно ждать!", **hot)
    assert "no_empathy_when_hot" not in kinds(draft, "Сколько можно ждать!", **hot, done={"apology"})


def test_missing_empathy_is_suggested_before_the_first_sentence_of_substance():
    draft = "Здравствуйте! Мастер назначен на вторник, время с 9 до 18, заявка номер 117."
    [notice] = [
        n
        for n in notices(draft, "Сколько можно ждать!", language="ru", state="angry")
        if n.kind == "no_empathy_when_hot"
    ]
    shown = draft[notice.start : notice.end]
    assert shown.startswith("Мастер")
    assert notice.suggestion.endswith(shown)
    assert notice.suggestion != shown


def test_first_insult_to_the_firm_asks_for_no_limit_and_an_open_rung_does():
    draft = "Your parcel comes tomorrow between ten and two."
    said = {"state": "abusive", "abuse": ["insult"]}
    assert "abuse_without_limit" not in kinds(draft, "You are crooks.", **said, ladder="none")
    assert "abuse_without_limit" in kinds(draft, "You idiot.", **said, ladder="boundary")


def test_rage_without_an_insult_asks_for_no_limit_on_the_first_rung():
    draft = "Your parcel comes tomorrow between ten and two."
    raged = {"state": "abusive", "abuse": ["loss_of_control"], "ladder": "personalise"}
    assert "abuse_without_limit" not in kinds(draft, "WHERE IS IT!!!", **raged)


def test_two_apologies_pass_and_words_close_together_are_one():
    assert "over_apology" not in kinds("Sorry, do forgive us. It comes at six. Once more, sorry.")
    assert "over_apology" in kinds("Sorry. It is late. I apologise. It comes at six. Once more, sorry.")


def test_questions_that_ask_for_agreement_do_not_make_a_barrage():
    asked = "Which model is it? What is on the screen? Does that work for you?"
    assert "question_barrage" not in kinds(asked)
    assert "question_barrage" in kinds(asked + " Has it been descaled?")


def test_a_rhetorical_question_needs_no_answer():
    draft = "Thank you for writing."
    assert "substance_unanswered" not in kinds(draft, "Are you kidding me?")
    assert "substance_unanswered" in kinds(draft, "Where is my wardrobe?")


def test_a_question_taken_up_in_other_forms_of_its_words_is_answered():
    assert "substance_unanswered" not in kinds("Kurtkę znalazła ochrona.", "Gdzie moja kurtka?", language="pl")


def test_labels_count_in_notes_only_and_other_notices_in_replies_only():
    assert kinds("Total psycho, refund refused.", context=NOTE) == {"person_label"}
    assert "person_label" not in kinds("Total psycho, refund refused.")


def test_a_label_is_replaced_by_behaviour():
    [notice] = notices("Клиентка истеричка, не перезванивать.", language="ru", context=NOTE)
    assert notice.start == len("Клиентка ")
    assert notice.suggestion == "остро переживает случившееся"


def test_a_label_that_somebody_is_reported_to_have_said_is_not_the_writers():
    assert not notices("Nazwał konsultantkę wariatką, uprzedzony.", language="pl", context=NOTE)


def test_wrong_vocative_is_put_right():
    draft = "Panie Tomasz, zadzwonimy we wtorek."
    [notice] = [n for n in notices(draft, "Czekam.", language="pl") if n.kind == "register"]
    assert (draft[notice.start : notice.end], notice.suggestion) == ("Panie Tomasz", "Panie Tomaszu")


def test_surname_of_the_context_behind_panie_is_noticed_whatever_its_ending():
    told = Context(customer_name="Jan Mazur")
    draft = "Szanowny Panie Mazur, pismo wpłynęło."
    [notice] = [n for n in notices(draft, "Czekam.", language="pl", context=told) if n.kind == "register"]
    assert notice.suggestion == "Panie Janie"
    assert "register" not in kinds(draft, "Czekam.", language="pl")


def test_mixed_capitals_fire_at_the_rarer_form_with_the_other_one():
    draft = "Получили Ваше письмо. Завтра Вам позвонит мастер, он привезёт вам лампу."
    [notice] = [n for n in notices(draft, "Жду.", language="ru") if n.kind == "register"]
    assert (draft[notice.start : notice.end], notice.suggestion) == ("вам", "Вам")


def test_capital_at_the_beginning_of_a_sentence_is_no_mixture():
    assert "register" not in kinds("Вам позвонит мастер, он привезёт вам лампу. Вы дома?", "Жду.", language="ru")


@pytest.mark.parametrize("channel", CHANNELS)
def test_stiff_salutation_is_for_letters_and_mails_alone(channel):
    stiff = "register" in kinds("Dear Sir or Madam, it is on its way.", "Hi", context=Context(channel=channel))
    assert stiff is (channel in ("chat", "messenger", "sms", "phone"))


def test_offer_is_too_early_only_while_nothing_is_known():
    moment = {"state": "angry", "acts": ["solution"], "stage": "listen"}
    assert "solution_before_listening" in kinds("We'll refund you.", "This is a disgrace!", **moment)
    order = [Fact("order", 0, 4, "4412")]
    assert "solution_before_listening" not in kinds("We'll refund you.", "A disgrace!", **moment, facts=order)
    assert "solution_before_listening" not in kinds("We'll refund you.", "A disgrace!", **moment, demands=["refund"])


def test_refusal_left_to_the_review_where_it_has_found_the_policy_shield():
    draft = "We cannot refund the headphones."
    assert "refusal_without_way_out" in kinds(draft, "Refund?")
    assert "refusal_without_way_out" not in kinds(draft, "Refund?", findings=["hide_behind_policy"])


def test_notice_turns_into_a_finding_of_the_review():
    draft = "Твой заказ в пути."
    [notice] = [n for n in notices(draft, "Жду.", language="ru") if n.kind == "register"]
    finding = notice.finding(draft, "why")
    assert (finding.kind, finding.text, finding.severity, finding.message) == ("register", "Твой", "info", "why")


def test_language_without_words_has_no_notices():
    assert noticer().notices("Hola, idiota.", language="und", review=Review("und")) == ()


WORDS = st.sampled_from(
    ("Вы", "вам", "ты", "извините!", "Уважаемый,", "Panie", "Kowalski", "Pani", "Anna,", "nie", "możemy", "zwrócić")
)
MORE = st.sampled_from(("sorry?", "why", "did", "you", "mate,", "Happy now?", "«ты»", "„ty”", "15", "\n"))
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS | MORE, max_size=14).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(
    draft=TEXTS,
    customer=st.lists(TEXTS, max_size=3),
    language=st.sampled_from(LANGUAGES),
    state=st.sampled_from(STATES),
    acts=st.lists(st.sampled_from(ACTS), max_size=3),
    findings=st.lists(st.sampled_from(FINDINGS), max_size=2),
    stage=st.sampled_from(("", *STAGES)),
    ladder=st.sampled_from(RUNGS),
    context=st.builds(
        Context, kind=st.sampled_from((None, "note")), channel=st.sampled_from(CHANNELS), customer_name=TEXTS
    ),
)
def test_whatever_is_said_notices_lie_within_the_draft(draft, customer, **moment):
    for notice in notices(draft, *customer, **moment):
        assert notice.kind in NOTICES
        assert 0 <= notice.start <= notice.end <= len(draft)
        assert notice.severity in SEVERITIES
        assert notice.suggestion is None or notice.suggestion.strip()
