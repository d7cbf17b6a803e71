"""What rules decide and what they forbid, sentence by sentence."""

import pytest

from tests.reviewing.drafts import draft, drafter
from zgoda.reviewing.verdicts import verdicts_of

REPROACH = "findings:reproach"


def verdicts(text, language="en", distrusted=()):
    return verdicts_of(draft(text, language), drafter().knowledge, distrusted)


def kinds(text, language="en", distrusted=()):
    return set(verdicts(text, language, distrusted).decided)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("ru", "Успокойтесь.", "calm_down"),
        ("pl", "Proszę się uspokoić.", "calm_down"),
        ("en", "Calm down.", "calm_down"),
        ("ru", "Вы сами виноваты.", "blame_customer"),
        ("pl", "To nie mój dział.", "pass_the_buck"),
        ("en", "That is not my department.", "pass_the_buck"),
    ],
)
def test_rule_gives_its_finding(language, text, kind):
    assert f"findings:{kind}" in kinds(text, language)


def test_rule_tells_which_words_it_rests_on():
    text = "Good morning. You should have read the contract."
    (given,) = verdicts(text).decided[REPROACH]
    assert given.rule == "rev-reproach-should-have"
    made = draft(text, "en")
    assert text[slice(*made.analysis.span(given.first, given.after))].startswith("You should have")


def test_veto_beats_a_decision_in_its_sentence():
    assert REPROACH in kinds("You should have read it.")
    told = verdicts("You should have read it, but it is easy to miss.")
    assert REPROACH not in told.decided
    assert told.vetoed[REPROACH] == {0: "rev-reproach-own"}


def test_veto_in_another_sentence_takes_nothing_away():
    told = verdicts("You should have read it. It is easy to miss.")
    assert [given.rule for given in told.decided[REPROACH]] == ["rev-reproach-should-have"]
    assert list(told.vetoed[REPROACH]) == [1]


def test_veto_of_one_kind_leaves_others_alone():
    assert "findings:calm_down" in kinds("Calm down, it is easy to miss.")


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("ru", "Вы пишете, что Вам сказали «успокойтесь», это недопустимо.", "calm_down"),
        ("pl", "Pisze Pani, że padło „proszę się uspokoić”, sprawdzę to.", "calm_down"),
        ("en", "You were told “calm down”, which was wrong of us.", "calm_down"),
    ],
)
def test_words_in_quotation_marks_are_not_the_agents(language, text, kind):
    assert f"findings:{kind}" not in kinds(text, language)


def test_reply_that_is_nothing_but_a_quotation_is_judged():
    assert "findings:calm_down" in kinds("“Calm down”")


def test_distrusted_rule_decides_nothing():
    assert "findings:calm_down" in kinds("Calm down.")
    assert "findings:calm_down" not in kinds("Calm down.", distrusted={"rev-calm-order"})


def test_several_rules_stand_in_the_order_of_the_text():
    told = verdicts("You should have read it. We warned you. You should have asked.").decided[REPROACH]
    assert [given.first for given in told] == sorted(given.first for given in told)
    assert len(told) >= 2


def test_reply_without_words_has_no_verdicts():
    told = verdicts("?!")
    assert (told.decided, told.vetoed) == ({}, {})
