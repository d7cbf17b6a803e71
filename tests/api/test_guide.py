"""`zgoda.guide` on transcripts as they come: any has an answer, an empty one has none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zgoda
from zgoda.errors import InputError
from zgoda.values import AUTHORS, LANGUAGES, RUNGS, SAFETY, STAGES, TENSION, Context, Conversation, Turn

ODD = {
    "only agents": (Turn("agent", "Hello, my name is Mark."), Turn("agent", "Are you there?")),
    "empty texts": (Turn("customer", ""), Turn("agent", ""), Turn("customer", " \n")),
    "other languages": (Turn("customer", "我的订单在哪里"), Turn("agent", "Kde je můj balík?")),
    "three languages": (Turn("customer", "Где заказ?"), Turn("agent", "Sprawdzę."), Turn("customer", "Thank you")),
    "halves of pairs": (Turn("customer", "\ud83d where \0"), Turn("agent", "\u202e")),
    "markup": (Turn("customer", "<p>Where is <b>it</b>?</p>"), Turn("agent", "<div>Hello</div>")),
    "one customer many times": (Turn("customer", "You idiots!"),) * 12,
    "long": (Turn("customer", "where is it " * 20_000),),
}


def assert_whole(guidance):
    assert guidance.stage in STAGES
    assert guidance.ladder in RUNGS
    assert guidance.safety in SAFETY
    assert guidance.tension in TENSION


def test_conversation_without_turns_is_refused():
    with pytest.raises(InputError, match="a conversation needs at least one turn"):
        zgoda.guide(Conversation(()))


@pytest.mark.parametrize("name", ODD)
def test_odd_transcript_has_an_answer(name):
    assert_whole(zgoda.guide(Conversation(ODD[name])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_turn_in_writing_is_acknowledged_with_words_in_the_customers_language(language):
    complaint = {"ru": "Где мой заказ?", "pl": "Gdzie jest moja paczka?", "en": "Where is my parcel?"}[language]
    told = zgoda.guide(Conversation((Turn("customer", complaint),), context=Context(channel="email")))
    assert told.stage == "acknowledge"
    assert "acknowledge" in told.missing
    assert told.phrases
    assert any("а" <= letter <= "я" for letter in told.phrases[0].text) == (language == "ru")


def test_context_given_beside_the_conversation_wins():
    conversation = Conversation((Turn("customer", "Where is my parcel?"),), context=Context(channel="email"))
    assert zgoda.guide(conversation, context=Context(channel="chat")).stage == "listen"


@pytest.mark.parametrize(
    ("conversation", "now", "told"),
    [
        (Conversation((Turn("customer", "Hi"),), context=Context(channel="pigeon")), None, "channel must be one of"),
        (Conversation((Turn("customer", "Hi"),)), datetime(2026, 11, 26), "now needs a time zone"),
        (Conversation((Turn("customer", "Hi"), Turn("agent", None))), None, "turn 1: expected a text, came NoneType"),
    ],
)
def test_wrong_argument_is_refused_in_plain_words(conversation, now, told):
    with pytest.raises(InputError, match=told):
        zgoda.guide(conversation, now=now)


def test_promise_is_owed_again_once_it_has_run_out():
    at = datetime(2026, 11, 26, 10, tzinfo=UTC)
    promise = "I will look into it and write to you today by 3 pm."
    conversation = Conversation((Turn("customer", "Where is my parcel 4412?", at), Turn("agent", promise, at)))
    assert "commit" not in zgoda.guide(conversation, now=at.replace(hour=12)).missing
    assert "commit" in zgoda.guide(conversation, now=at.replace(hour=18)).missing


TURNS = st.builds(
    Turn,
    st.sampled_from(AUTHORS),
    st.text(max_size=40) | st.sampled_from(["You idiots!", "Да, согласен.", "Przepraszam, sprawdzę.", "Thank you."]),
)


@settings(max_examples=50)
@given(st.lists(TURNS, min_size=1, max_size=6).map(tuple))
def test_any_transcript_has_an_answer_and_it_stays_the_same(turns):
    told = zgoda.guide(Conversation(turns))
    assert_whole(told)
    assert zgoda.guide(Conversation(turns)) == told
