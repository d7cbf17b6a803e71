"""`zgoda.review` in its conversation: what is owed and promised, notes, languages, wrong arguments."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

import zgoda
from zgoda.api import engine
from zgoda.errors import InputError
from zgoda.values import LANGUAGES, Context, Turn

COMPLAINT = {
    "ru": "Вы потеряли мою посылку! Где она?",
    "pl": "Zgubiliście moją paczkę! Gdzie ona jest?",
    "en": "You lost my parcel! Where is it?",
}
CALM = {"ru": "Успокойтесь.", "pl": "Proszę się uspokoić.", "en": "Calm down."}
PROMISE = {
    "ru": "Проверю заказ и позвоню Вам завтра до 15:00.",
    "pl": "Sprawdzę zamówienie i zadzwonię jutro do 15:00.",
    "en": "I will check the order and call you tomorrow by 3 pm.",
}
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
NOTE = Context(kind="note")
AGREED = (
    Turn("customer", "I want my money back for the kettle."),
    Turn("agent", "I will refund £30 to your card today. Does that suit you?"),
    Turn("customer", "Yes, I agree, thank you."),
)


def kinds(told):
    return [found.kind for found in told.findings]


# -- what is missing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("channel", "owed"), [("email", "acknowledge"), ("chat", "invite"), ("phone", "invite")])
def test_first_reply_owes_what_its_channel_asks_for(language, channel, owed):
    told = zgoda.review("4412.", customer=COMPLAINT[language], context=Context(channel=channel), language=language)
    assert owed in told.missing


def test_act_that_the_reply_holds_is_not_owed():
    letter = "Hello Anna, we have received your letter. My name is Mark."
    assert zgoda.review(letter, customer=COMPLAINT["en"], context=Context(channel="email")).missing == ()


def test_act_of_an_earlier_turn_is_not_owed_again():
    before = (Turn("customer", COMPLAINT["en"]),)
    after = (
        *before,
        Turn("agent", "Hello Anna, we have received your letter. My name is Mark."),
        Turn("customer", "And?"),
    )
    context = Context(channel="email")
    assert "acknowledge" in zgoda.review("4412.", history=before, context=context).missing
    assert "acknowledge" not in zgoda.review("4412.", history=after, context=context).missing


def test_stage_of_the_conversation_decides_what_is_owed():
    assert "thanks" in zgoda.review("4412.", history=AGREED).missing
    assert "thanks" not in zgoda.review("4412.", history=AGREED[:1]).missing


def test_reply_alone_owes_nothing():
    assert zgoda.review("4412.").missing == ()


def test_customers_message_counts_once_when_it_ends_the_history():
    history = (Turn("customer", COMPLAINT["en"]),)
    both = zgoda.review(CALM["en"], customer=COMPLAINT["en"], history=history)
    assert both == zgoda.review(CALM["en"], history=history)


def test_sting_after_the_customer_has_agreed_is_noticed():
    text = "Next time read the contract."
    assert "closing_sting" in kinds(zgoda.review(text, history=AGREED))
    assert "closing_sting" not in kinds(zgoda.review(text, history=AGREED[:1]))


def test_notices_need_a_history():
    assert set(kinds(zgoda.review("4412.", customer=COMPLAINT["en"]))) == set()


def test_same_draft_over_two_histories_is_judged_by_each():
    first = zgoda.review("4412.", history=AGREED)
    assert zgoda.review("4412.", history=AGREED[:1]) != first
    assert zgoda.review("4412.", history=list(AGREED)) == first


# -- promises ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_promise_is_told_with_its_time(language):
    (promise,) = zgoda.review(PROMISE[language], now=NOW).promises
    assert (promise.due, promise.channel, promise.who) == ("2026-11-27T15:00+00:00", "phone", "agent")


def test_promise_without_a_now_has_no_date():
    (promise,) = zgoda.review(PROMISE["en"]).promises
    assert promise.due is None


def test_promise_in_a_quoted_mail_is_not_made_again():
    text = "Thank you, the parcel is here.\n\nOn Monday Mark wrote:\n> I will call you tomorrow by 3 pm.\n"
    assert zgoda.review(text).promises == ()


def test_promise_in_markup_is_told_in_the_words_of_the_text():
    text = "<p>Hello.</p><p>I will call you tomorrow <b>by 3 pm</b>.</p>"
    (promise,) = zgoda.review(text).promises
    assert promise.text == text[promise.start : promise.end] == "I will call you tomorrow <b>by 3 pm"
    assert promise.what in promise.text


# -- notes and languages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("history", [(), AGREED])
def test_note_is_looked_at_for_labels_on_persons_alone(history):
    text = "Customer is hysterical. Calm down. You should have read it."
    told = zgoda.review(text, history=history, context=NOTE)
    assert [(found.kind, found.text) for found in told.findings] == [("person_label", "hysterical")]
    assert (told.acts, told.missing) == ((), ())


def test_label_on_a_person_is_a_matter_of_notes():
    assert "person_label" not in kinds(zgoda.review("Customer is hysterical.", history=AGREED))


@pytest.mark.parametrize("interface", LANGUAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_in_the_agents_language_and_suggestions_in_the_replys(language, interface):
    (found,) = zgoda.review(CALM[language], context=Context(interface_language=interface)).findings
    words = engine().reviewer.words
    assert found.message == words.message("calm_down", interface)
    assert found.suggestion == zgoda.review(CALM[language]).findings[0].suggestion
    assert any("а" <= letter <= "я" for letter in found.suggestion) == (language == "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_in_the_replys_language_where_nothing_is_said_of_it(language):
    (found,) = zgoda.review(CALM[language]).findings
    assert found.message == engine().reviewer.words.message("calm_down", language)


def test_interface_language_that_is_not_ours_gets_english():
    (found,) = zgoda.review(CALM["pl"], context=Context(interface_language="de")).findings
    assert found.message == engine().reviewer.words.message("calm_down", "en")


# -- wrong arguments ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", [None, b"bytes", 3, ["text"]])
def test_what_is_no_text_is_refused(what):
    with pytest.raises(InputError, match="expected the text of a message"):
        zgoda.review(what)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"now": datetime(2026, 11, 26, 10)}, "now needs a time zone"),
        ({"language": "de"}, "language must be one of ru, pl, en or None, came 'de'"),
        ({"context": Context(channel="pigeon")}, "channel must be one of phone, .* came 'pigeon'"),
        ({"customer": 5}, "expected the customer's message as a text or None, came int"),
        ({"history": (Turn("customer", "Hello"), Turn("agent", None))}, "turn 1: expected a text, came NoneType"),
    ],
)
def test_wrong_argument_is_refused_in_plain_words(about, told):
    with pytest.raises(InputError, match=told):
        zgoda.review("Hello.", **about)


EVENING = datetime(2026, 11, 27, 19, 30, tzinfo=ZoneInfo("Europe/Warsaw"))  # a Friday
VAGUE = {"ru": "Мы Вам перезвоним.", "pl": "Skontaktujemy się z Panem.", "en": "Someone will be in touch."}
MONDAY = {"ru": "в понедельник до 12:00", "pl": "w poniedziałek do południa", "en": "on Monday by noon"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_friday_evening_a_suggestion_offers_monday(language):
    (found,) = zgoda.review(VAGUE[language], now=EVENING).findings
    assert MONDAY[language] in found.suggestion
    (promise,) = (p for p in zgoda.review(found.suggestion, now=EVENING).promises if p.due)
    assert promise.due == "2026-11-30T12:00+01:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_that_promises_by_a_time_is_offered_no_second_promise(language):
    kept = {
        "ru": "Завтра до 15:00 отвечу.",
        "pl": "Odpowiem jutro do 15:00.",
        "en": "I'll write to you tomorrow by 3 pm.",
    }
    for now in (None, EVENING):
        found = zgoda.review(f"{kept[language]} {VAGUE[language]}", now=now).findings[-1]
        assert found.kind == "vague_promise"
        assert not any(p.due for p in zgoda.review(found.suggestion, now=EVENING).promises)


def test_the_one_time_that_is_offered_stands_where_a_time_lacks():
    told = zgoda.review("That's not our problem. Calm down. Someone will be in touch.", now=EVENING).findings
    assert [f.kind for f in told if MONDAY["en"] in f.suggestion] == ["vague_promise"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_question_gets_an_answer_by_a_time_that_lies_ahead(language):
    asked = {"ru": "Когда приедет мастер?", "pl": "Kiedy przyjedzie serwisant?", "en": "When does the engineer come?"}
    thanks = {"ru": "Спасибо за обращение к нам.", "pl": "Dziękujemy za kontakt.", "en": "Thank you for contacting us."}
    told = zgoda.review(thanks[language], history=[Turn("customer", asked[language])], now=EVENING).findings
    (found,) = (f for f in told if f.kind == "substance_unanswered")
    assert MONDAY[language] in found.suggestion
