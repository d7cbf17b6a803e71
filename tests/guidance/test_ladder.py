"""The rungs of the ladder, its gates and counters, and what safety asks."""

import pytest

from tests.guidance.stories import (
    BASICS,
    CHAT,
    FIRM,
    HARM,
    INSULT,
    LIMIT,
    PHONE,
    SWEARS,
    THREAT,
    agent,
    customer,
    follow,
    last,
)
from zgoda.values import Context

ALONE = Context(channel="phone", colleague_available=False)
CALM = customer("calm")
OVER = agent("transfer")
SUPERVISOR = agent("invite", role="supervisor")


def test_four_rungs_of_a_call():
    story = (
        (customer("angry"), "none"),
        (agent(*BASICS), "none"),
        (FIRM, "none"),
        (agent("invite"), "none"),
        (FIRM, "personalise"),
        (agent("personalise"), "personalise"),
        (INSULT, "boundary"),
        (LIMIT, "boundary"),
        (INSULT, "transfer"),
        (OVER, "transfer"),
        (SUPERVISOR, "transfer"),
        (INSULT, "release"),
        (agent("release"), "release"),
    )
    lines = follow(*(turn for turn, _ in story), context=PHONE)
    assert [line.ladder for line in lines] == [rung for _, rung in story]
    for line in lines:
        assert ("release" in line.forbidden) == (line.ladder != "release")


def test_boundary_owes_a_personal_word_and_the_limit_in_one_message():
    due = last(INSULT)
    assert set(due.missing) >= {"personalise", "boundary"}
    assert {"transfer", "release", "answer_insult"} <= set(due.forbidden)
    assert "boundary" not in due.forbidden
    assert {"S1.16", "S1.19"} <= set(due.why)
    assert not {"personalise", "boundary"} & set(last(INSULT, LIMIT).missing)


def test_boundary_is_banned_while_nobody_was_insulted():
    for turns in ((customer("angry"),), (SWEARS,), (SWEARS, agent("invite"), SWEARS)):
        assert "boundary" in last(*turns).forbidden


def test_swearing_at_the_situation_opens_nothing():
    assert {line.ladder for line in follow(*[SWEARS, agent(*BASICS)] * 4)} == {"none"}


@pytest.mark.parametrize("signal", ["legal", "regulator", "publicity", "churn"])
def test_announcing_a_complaint_never_opens_the_ladder(signal):
    turns = [customer("calm"), agent(*BASICS), customer("dissatisfied"), agent(), customer("angry", signals=(signal,))]
    assert {line.ladder for line in follow(*turns)} == {"none"}


def test_heat_that_rises_twice_asks_for_a_personal_word_once_the_basics_were_tried():
    turns = [customer("calm"), agent(*BASICS), customer("dissatisfied"), agent(), customer("angry")]
    assert last(*turns).ladder == "personalise"
    assert last(*(turn for turn in turns if turn != agent(*BASICS))).ladder == "none"


def test_second_insult_to_the_firm_waits_for_the_basics():
    opening = (customer("dissatisfied"), agent("invite"))
    assert last(*opening, FIRM, agent(), FIRM).ladder == "none"
    assert last(*opening, FIRM, agent("empathy", "apology"), FIRM).ladder == "personalise"


def test_who_was_abusive_from_the_start_needs_no_basics():
    assert last(FIRM, agent(), FIRM).ladder == "personalise"


@pytest.mark.parametrize("kind", ["hate", "harassment"])
def test_slurs_and_harassment_get_the_limit_at_once(kind):
    assert last(customer("abusive", kind)).ladder == "boundary"


def test_abuse_after_a_boundary_that_was_not_set_waits_for_it():
    assert last(INSULT, agent("empathy"), INSULT).ladder == "boundary"


def test_any_abuse_after_the_boundary_is_handed_over():
    assert last(INSULT, LIMIT, FIRM).ladder == "transfer"
    assert last(INSULT, LIMIT, FIRM, context=ALONE).ladder == "release"


def test_reasonable_words_close_the_ladder_and_counters_outlive_it():
    story = (INSULT, LIMIT, CALM, INSULT, LIMIT, CALM, INSULT)
    assert [line.ladder for line in follow(*story)] == [
        *("boundary", "boundary", "none", "boundary", "boundary", "none", "transfer"),
    ]


def test_abuse_of_who_took_over_ends_in_release_even_after_a_calm_spell():
    assert last(INSULT, LIMIT, INSULT, OVER, SUPERVISOR, CALM, INSULT).ladder == "release"


def test_supervisor_on_the_merits_sets_a_limit_first():
    opening = (customer("angry"), agent(*BASICS), agent("transfer"), SUPERVISOR)
    assert last(*opening, INSULT).ladder == "boundary"
    assert last(*opening, INSULT, LIMIT, INSULT).ladder == "release"


def test_threat_to_a_person_stops_the_script_and_is_handed_over():
    due = last(THREAT)
    assert (due.safety, due.ladder, due.missing, due.alarm) == ("threat", "transfer", ("transfer",), True)
    alone = last(THREAT, context=ALONE)
    assert (alone.safety, alone.ladder, alone.missing) == ("threat", "release", ("release",))


def test_threat_stands_until_somebody_took_over():
    assert last(THREAT, agent(), CALM).safety == "threat"
    assert last(THREAT, OVER, SUPERVISOR, CALM).safety == "none"


def test_threat_to_property_gets_the_limit():
    due = last(customer("abusive", "threat", threat="property"))
    assert (due.safety, due.ladder) == ("none", "boundary")


@pytest.mark.parametrize("context", [CHAT, ALONE])
def test_self_harm_is_never_released_whatever_else_is_said(context):
    for turns in (
        (HARM, INSULT, LIMIT, INSULT),
        (THREAT, HARM),
        (INSULT, LIMIT, INSULT, OVER, SUPERVISOR, HARM, THREAT),
    ):
        due = last(*turns, context=context)
        assert (due.safety, due.ladder) == ("self_harm", "none")
        assert {"release", "boundary"} <= set(due.forbidden)


def test_self_harm_beats_a_threat_in_the_same_turn():
    assert last(customer("abusive", "threat", signals=("self_harm",), threat="person")).safety == "self_harm"
