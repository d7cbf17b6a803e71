"""What an agent's turn counts for while a rung is open, and what the phrases are told of the conversation."""

import pytest

from tests.guidance.stories import BASICS, CHAT, FIRM, INSULT, LIMIT, PHONE, agent, customer, guide, last, tables
from zgoda.guidance.guide import Guide
from zgoda.guidance.observe import Promised, acts_of
from zgoda.values import ACTS, Context, Span

UPSET = customer("dissatisfied")
YES = customer("calm", accepts=True)
ALONE = Context(channel="phone", colleague_available=False)


def test_intent_declared_beside_a_limit_is_no_offer():
    declared = agent("personalise", "boundary", "solution")
    assert last(INSULT, declared).stage == "listen"
    assert last(INSULT, declared, YES).stage == "listen"


def test_offer_beside_a_limit_counts_when_it_asks_for_a_yes():
    assert last(INSULT, agent("personalise", "boundary", "solution", "confirm"), YES).stage == "agreed"


def test_offer_after_the_limit_counts():
    assert last(INSULT, LIMIT, agent("solution")).stage == "offer"


def test_time_to_come_back_in_a_release_is_no_promise_of_ours():
    talk = (UPSET, agent("invite"), INSULT, LIMIT, INSULT)
    released = last(*talk, agent("release", "commit"), context=ALONE)
    assert (released.stage, released.ladder) == (last(*talk, context=ALONE).stage, "release")


def test_consequence_named_in_a_limit_is_no_hand_over():
    named = agent("personalise", "boundary", "transfer")
    assert last(INSULT, named, context=PHONE).ladder == "boundary"
    assert last(INSULT, named, INSULT, context=PHONE).ladder == "transfer"


def test_promise_beside_a_limit_still_counts():
    assert last(INSULT, agent("personalise", "boundary", "commit")).stage == "investigate"


def test_limit_that_was_not_due_is_not_counted():
    early = agent("invite", "empathy", "apology", "boundary")
    assert last(FIRM, early, FIRM, context=PHONE).ladder == "personalise"
    assert last(FIRM, early, INSULT, LIMIT, INSULT, context=PHONE).ladder == "transfer"


def test_hand_over_on_the_merits_is_no_relief_from_abuse():
    talk = (FIRM, agent(*BASICS), FIRM, agent("personalise", "transfer"))
    assert last(*talk, context=PHONE).ladder == "personalise"
    assert last(*talk, INSULT, context=PHONE).ladder == "boundary"


def test_what_the_colleague_will_do_is_no_offer_yet():
    talk = (UPSET, agent("invite"), INSULT, LIMIT, INSULT)
    assert last(*talk, agent("transfer", "solution"), context=PHONE).stage == "reflect"


def test_hand_over_after_the_limit_is():
    assert last(INSULT, LIMIT, agent("transfer"), context=PHONE).ladder == "transfer"


def test_settings_name_acts_and_rungs_that_exist():
    table = tables()["common"]["protocol"]
    beside = table["observing"]["not_beside"]
    assert set(beside) <= set(ACTS)
    assert {act for acts in beside.values() for act in acts} <= {*table["events"]["agent"]}
    assert guide().machine.protocol.events["agent"] == tuple(table["events"]["agent"])


@pytest.mark.parametrize(
    ("turns", "known"),
    [
        ((INSULT, LIMIT, YES, INSULT), "warned"),
        ((UPSET, agent("solution"), YES, agent(), customer("angry")), "relapsed"),
    ],
)
def test_phrases_are_told_what_the_conversation_knows(turns, known):
    told = []
    Guide.of(tables(), lambda key, **asked: told.append((key, known in asked["facts"])) or ()).guide(turns, CHAT)
    assert (told[0][1], told[-1][1]) == (False, True)


def span(kind: str, start: int, end: int) -> Span:
    return Span(kind, start, end, "." * (end - start))


def said(start: int, end: int, *, only_steps: bool) -> Promised:
    return Promised(start, end, dated=True, only_steps=only_steps)


@pytest.mark.parametrize("told_back", ["paraphrase", "acknowledge"])
@pytest.mark.parametrize("act", ["findings", "solution"])
def test_words_that_repeat_the_customer_are_no_news(told_back, act):
    assert acts_of([span(told_back, 0, 40), span(act, 20, 40)]) == {told_back}
    assert acts_of([span(told_back, 0, 40), span(act, 40, 60)]) == {told_back, act}


def test_a_promise_of_a_step_is_no_offer():
    spans = [span("commit", 0, 40), span("solution", 0, 40)]
    assert acts_of(spans, [said(0, 38, only_steps=True)]) == {"commit"}


def test_a_step_promised_beside_something_else_leaves_the_offer():
    spans = [span("commit", 0, 40), span("solution", 0, 40)]
    both = [said(0, 20, only_steps=True), said(20, 40, only_steps=False)]
    assert acts_of(spans, both) == {"commit", "solution"}
