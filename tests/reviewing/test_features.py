"""What is told of a clause: its constructions and its neighbours', its shape, and what it takes from the customer."""

import pytest

from tests.reviewing.drafts import draft, drafter
from zgoda.reviewing.features import pair_feature, word_features

CUSTOMER = "My parcel 4412 is lost."


def rows(text, language="en", customer=""):
    return draft(text, language, customer).rows


def test_clause_knows_the_constructions_of_its_neighbours():
    said, checked = rows("I did not say, that it is your fault.")
    assert "c:mis-your-fault" in checked.shared
    assert "n:mis-your-fault" in said.fixed
    assert not any(name.endswith(":mis-your-fault") for name in (*checked.fixed, *said.shared))


def test_neighbour_in_another_sentence_is_told_apart():
    first, second = rows("You should have read it. That is your fault.")
    assert "n.:mis-your-fault" in first.fixed
    assert "n:mis-your-fault" not in first.fixed
    assert "p.:mis-should-have" in second.fixed


def test_denied_construction_is_marked():
    assert "c:reported-speech@not" in rows("I did not say that.")[0].shared
    assert "c:reported-speech@not" not in rows("I did say that.")[0].shared


def test_construction_is_told_once_and_rests_on_its_first_words():
    row = rows("Parcel by parcel by parcel")[0]
    assert row.shared.count("c:parcel") == 1
    assert row.where["c:parcel"] == (0, 1)


def test_rule_that_matches_is_told_with_its_words():
    made = draft("Well, you should have read it.", "en")
    row = made.rows[-1]
    first, after = row.where["r:rev-reproach-should-have"]
    assert made.analysis.keys[first:after][:3] == ["you", "should", "have"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Is it here?", "s:q1"),
        ("It is here.", "s:q0"),
        ("It is here!", "s:e1"),
        ("It is here!!!!", "s:e2"),
        ("Order 12 is here", "s:num"),
    ],
)
def test_marks_and_figures_are_told(text, told):
    assert told in rows(text)[0].fixed


def test_place_in_the_reply_is_told():
    first, middle, last = rows("One is here. Two are here. Three are here.")
    assert "s:first" in first.fixed
    assert not {"s:first", "s:last"} & set(middle.fixed)
    assert "s:last" in last.fixed


def test_customers_words_and_figures_taken_up_are_told():
    row = rows("Your parcel 4412 is found", customer=CUSTOMER)[0]
    assert {"s:ov0.15", "s:on1", "s:cnum"} <= set(row.fixed)
    assert not {"s:ov0.15", "s:on1", "s:cnum"} & set(rows("Your parcel 4412 is found")[0].fixed)


def test_figure_the_customer_did_not_name_is_not_his():
    assert "s:cnum" not in rows("Your parcel 9 is found", customer=CUSTOMER)[0].fixed


@pytest.mark.parametrize(
    ("language", "insult", "calm"),
    [
        ("ru", "Вы идиоты!", "Где мой заказ?"),
        ("pl", "Jesteście idiotami!", "Gdzie jest paczka?"),
        ("en", "You idiots!", "Where is it?"),
    ],
)
def test_abuse_of_the_customer_is_heard(language, insult, calm):
    assert drafter().customer(insult, language).abusive
    assert not drafter().customer(calm, language).abusive


def test_word_is_known_by_itself_its_beginning_and_its_letters():
    told = list(word_features("en", "courier"))
    assert {"enw:courier", "en5:couri", "eng:<co", "eng:ier>"} <= set(told)
    assert "en5:parce" not in list(word_features("en", "parce"))
    assert set(told).isdisjoint(word_features("pl", "courier"))


def test_pair_of_words_is_ordered():
    assert pair_feature("en", "calm", "down") != pair_feature("en", "down", "calm")
