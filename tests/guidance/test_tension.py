"""Tension compares the last two customer turns; an alarm waits for a second rise or one severe event."""

import pytest

from tests.guidance.stories import HARM, agent, customer, last, says


@pytest.mark.parametrize(
    ("before", "after", "tension"),
    [(40, 49, "steady"), (40, 50, "rising"), (50, 40, "falling"), (50, 41, "steady")],
)
def test_ten_degrees_move_it(before, after, tension):
    turns = [customer("dissatisfied", degrees=degrees) for degrees in (before, after)]
    assert last(*turns).tension == tension


def test_change_of_state_moves_it_whatever_the_degrees():
    assert last(customer("dissatisfied", degrees=48), customer("angry", degrees=51)).tension == "rising"
    assert last(customer("angry", degrees=51), customer("dissatisfied", degrees=48)).tension == "falling"


def test_one_turn_is_steady_and_agents_turns_do_not_count():
    assert last(customer("abusive", degrees=99)).tension == "steady"
    assert last(customer("calm"), agent(), customer("angry"), agent()).tension == "rising"


def test_alarm_waits_for_the_second_rise():
    rising = (customer("calm"), customer("dissatisfied"), customer("angry"))
    assert [last(*rising[:n]).alarm for n in (1, 2, 3)] == [False, False, True]


def test_regret_of_the_customer_drops_the_alarm():
    assert not last(customer("calm"), customer("dissatisfied"), customer("angry", cools=True)).alarm


def test_one_severe_event_is_an_alarm():
    assert last(HARM).alarm


def test_words_of_a_rise_are_those_of_the_heat():
    due = last(says("Where is my parcel?"), says("This is outrageous, you useless clown!"))
    assert due.tension == "rising"
    assert any("clown" in words for words in due.tension_words)


def test_words_of_a_fall_are_those_of_regret():
    due = last(says("Это безобразие, где мой заказ?!"), says("Извините, погорячился. Спасибо, жду."))
    assert due.tension == "falling"
    assert "Извините" in due.tension_words
