"""The ordinary life of a conversation: each step done makes the next one due."""

import pytest

from tests.guidance.stories import BASICS, CHAT, EMAIL, agent, customer, follow, last
from zgoda.values import CHANNELS, Context

UPSET = customer("dissatisfied")
OFFER = (UPSET, agent(*BASICS, "solution", "confirm"))
YES = customer("calm", accepts=True)


@pytest.mark.parametrize("channel", CHANNELS)
def test_first_message_is_due_what_its_channel_asks(channel):
    due = last(UPSET, context=Context(channel=channel))
    if channel in ("phone", "chat", "face_to_face"):
        assert (due.stage, due.missing) == ("listen", ("invite",))
    else:
        assert (due.stage, due.missing) == ("acknowledge", ("acknowledge", "personalise"))


def test_steps_of_a_chat_follow_one_another():
    story = (
        (UPSET, "listen"),
        (agent("invite"), "reflect"),
        (customer("dissatisfied", facts=("order",)), "reflect"),
        (agent("paraphrase"), "soothe"),
        (agent("empathy"), "soothe"),
        (agent("apology"), "defer"),
        (agent("commit"), "investigate"),
        (customer("calm", accepts=True), "investigate"),
        (agent("findings", "prevention"), "offer"),
        (agent("solution", "confirm"), "offer"),
        (YES, "agreed"),
        (agent("confirm"), "confirm"),
        (agent("thanks"), "close"),
        (customer("calm", cools=True), "close"),
        (agent("follow_up"), "follow_up"),
    )
    assert [line.stage for line in follow(*(turn for turn, _ in story))] == [stage for _, stage in story]


def test_steps_done_in_one_turn_are_all_passed():
    assert last(UPSET, agent("acknowledge", "paraphrase", "apology", "commit"), context=EMAIL).stage == "investigate"


def test_question_for_facts_is_due_when_nothing_can_be_checked():
    assert last(UPSET, agent(*BASICS[1:])).stage == "facts"
    assert last(UPSET, agent(*BASICS[1:])).missing == ("invite",)
    assert last(UPSET, agent(*BASICS[1:]), agent("invite")).stage == "defer"
    assert last(UPSET, agent(*BASICS[1:]), customer(facts=("order",))).stage == "defer"


def test_solution_before_paraphrase_does_not_lose_the_listening_once_refused():
    assert last(UPSET, agent("solution"), customer("angry", refuses=True)).stage == "listen"


def test_refused_offer_asks_for_another_one():
    due = last(*OFFER, customer("dissatisfied", refuses=True))
    assert (due.stage, due.missing) == ("offer", ("solution", "confirm"))


def test_yes_without_an_offer_is_no_agreement():
    assert last(UPSET, agent("invite"), YES).stage == "reflect"


def test_yes_to_a_date_does_not_clear_the_promise():
    due = last(UPSET, agent(*BASICS, "commit"), YES)
    assert (due.stage, due.missing) == ("investigate", ())
    assert "premature_verdict" in due.forbidden


def test_lapsed_promise_is_owed_again():
    due = last(UPSET, agent(*BASICS, "commit"), lapsed=True)
    assert (due.stage, due.missing) == ("investigate", ("commit",))


def test_solution_does_not_stand_for_findings_while_the_check_goes_on():
    assert last(UPSET, agent(*BASICS, "commit"), agent("solution")).stage == "investigate"
    assert last(UPSET, agent(*BASICS, "commit"), agent("solution"), YES).stage == "agreed"


def test_agreement_owes_thanks_and_a_recap_anew():
    due = last(*OFFER, YES)
    assert (due.stage, due.missing) == ("agreed", ("thanks", "confirm"))
    assert {"reproach", "closing_sting", "blame_customer"} <= set(due.forbidden)


def test_thanks_alone_leave_the_recap_due():
    assert last(*OFFER, YES, agent("thanks")).missing == ("confirm",)
    assert last(*OFFER, YES, agent("thanks", "confirm")).stage == "close"


def test_anger_after_agreement_goes_back_to_the_feeling_and_then_to_the_offer():
    due = last(*OFFER, YES, agent(), customer("angry"))
    assert (due.stage, due.missing) == ("soothe", ("empathy", "apology"))
    assert last(*OFFER, YES, agent(), customer("angry"), agent("empathy", "apology")).stage == "offer"


def test_new_complaint_after_closing_is_listened_to():
    assert last(*OFFER, YES, agent("thanks", "confirm"), UPSET).stage == "listen"


def test_verdict_is_premature_until_findings_are_told():
    assert "premature_verdict" in last(UPSET, agent(*BASICS)).forbidden
    assert "premature_verdict" not in last(UPSET, agent(*BASICS, "findings")).forbidden


@pytest.mark.parametrize(("said", "stage"), [("decide", "decide"), ("findings", "findings"), ("learn", "learn")])
def test_people_say_when_to_decide_to_tell_and_to_learn(said, stage):
    lines = follow(UPSET, agent(*BASICS, "commit"), context=Context(channel="chat", stage=said))
    assert [line.stage for line in lines] == ["listen", stage]


def test_unknown_stage_in_the_context_is_passed_over():
    assert last(UPSET, context=Context(channel="chat", stage="dance")).stage == "listen"


def test_done_acts_come_in_the_order_of_the_contract():
    assert last(UPSET, agent("apology"), agent("invite", "empathy"), context=CHAT).done == (
        "invite",
        "empathy",
        "apology",
    )


def test_no_turns_give_no_answers():
    assert follow() == ()
