"""The gate, the thresholds and the calibration, over odds and weights made by hand."""

import dataclasses
from math import log

import pytest

from tests.reviewing.drafts import OUTPUTS, scored, weights
from zgoda.errors import ModelError
from zgoda.reviewing.judge import FLOOR, Judge, gate_features
from zgoda.reviewing.verdicts import Given, Verdicts
from zgoda.values import ACTS, FINDINGS

CALM, DENIAL, SORRY = "findings:calm_down", "findings:denial", "acts:apology"
CERTAIN = {CALM: 9.0}


def judged(rows, *, verdicts=None, language="en", **settings):
    return Judge(weights(**settings)).judge(rows, verdicts or Verdicts(), language)


def labels(*args, **settings):
    return [one.label for one in judged(*args, **settings)]


def given(label, first, after, rule="rule"):
    return Verdicts(decided={label: [Given(rule, first, after)]})


def test_nothing_learned_is_said_while_the_gate_is_shut():
    assert labels(scored(CERTAIN), gate_open=False) == []


def test_decided_rule_is_said_while_the_gate_is_shut():
    (said,) = judged(scored({}, CERTAIN), verdicts=given(DENIAL, 0, 2), gate_open=False)
    assert (said.label, said.clauses, said.rule) == (DENIAL, (0,), "rule")


def test_learned_finding_is_said_once_the_gate_is_open():
    (said,) = judged(scored({}, CERTAIN))
    assert (said.label, said.clauses, said.rule) == (CALM, (1,), None)


def test_gate_opens_by_the_threshold_of_the_language():
    opens = {"ru": 0.0, "pl": 1.0, "en": 2.0}
    assert labels(scored(CERTAIN), language="ru", opens=opens) == [CALM]
    assert labels(scored(CERTAIN), language="pl", opens=opens) == [CALM]
    assert labels(scored(CERTAIN), language="en", opens=opens) == []


def test_language_without_a_threshold_takes_the_strictest():
    assert labels(scored(CERTAIN), language="uk", opens={"ru": 0.0, "en": 2.0}) == []
    assert labels(scored(CERTAIN), language="uk", opens={"ru": 0.0, "en": 1.0}) == [CALM]


@pytest.mark.parametrize(("odds", "expected"), [(-0.1, []), (0.0, [CALM]), (0.1, [CALM])])
def test_finding_needs_the_threshold_of_kinds(odds, expected):
    assert labels(scored({CALM: odds})) == expected


def test_acts_need_no_gate_but_their_own_threshold():
    thresholds = {f"acts:{act}": 0.5 for act in ACTS}
    assert labels(scored({SORRY: 0.6}), gate_open=False, acts=thresholds) == [SORRY]
    assert labels(scored({SORRY: 0.4}), acts=thresholds) == []


def test_calibration_moves_the_odds():
    lines = [(2.0, -3.0)] * len(OUTPUTS)
    assert labels(scored({CALM: 1.4}), calibration=lines) == []
    assert labels(scored({CALM: 1.6}), calibration=lines) == [CALM]


def test_veto_silences_what_was_learned_in_its_sentence_alone():
    verdicts = Verdicts(vetoed={CALM: {0: "veto"}})
    (said,) = judged(scored(CERTAIN, CERTAIN, CERTAIN, sentences=[0, 0, 1]), verdicts=verdicts)
    assert said.clauses == (2,)


def test_veto_of_a_label_the_weights_do_not_know_is_passed_over():
    assert labels(scored(CERTAIN), verdicts=Verdicts(vetoed={"findings:unheard": {0: "veto"}})) == [CALM]


def test_likeliest_clause_stands_first():
    (said,) = judged(scored({CALM: 1.0}, {CALM: 3.0}, {CALM: 2.0}))
    assert said.clauses == (1, 2, 0)


def test_clause_of_a_rule_stands_before_learned_ones():
    (said,) = judged(scored({CALM: 3.0}, {}), verdicts=given(CALM, 4, 5))
    assert said.clauses == (1, 0)


@pytest.mark.parametrize(
    ("first", "after", "clauses"), [(0, 1, (0,)), (2, 3, (0,)), (3, 4, (1,)), (2, 4, (0, 1)), (1, 9, (0, 1, 2))]
)
def test_rule_marks_every_clause_its_words_touch(first, after, clauses):
    (said,) = judged(scored({}, {}, {}), verdicts=given(CALM, first, after), gate_open=False)
    assert said.clauses == clauses


def test_acts_come_before_findings_each_in_the_order_of_the_contract():
    everything = scored(dict.fromkeys(OUTPUTS, 1.0))
    expected = [*(f"acts:{act}" for act in ACTS), *(f"findings:{kind}" for kind in FINDINGS)]
    assert labels(everything) == expected


def test_reply_without_clauses_says_nothing():
    assert labels([]) == []


@pytest.mark.parametrize("name", ["calibration", "acts", "distrusted", "gate"])
def test_weights_without_their_settings_say_what_is_lacking(name):
    whole = weights()
    lame = dataclasses.replace(whole, settings={k: v for k, v in whole.settings.items() if k != name})
    with pytest.raises(ModelError, match=rf"lack '{name}'; run `\./run model`"):
        Judge(lame)


def test_gate_looks_at_the_worst_and_pads_short_replies():
    features = gate_features([1.0], [-2.0, 3.0, 0.0, -1.0, 2.0], [0.5], [1.0, 0.0, 1.0])
    assert features[:4] == [3.0, 2.0, 0.0, -1.0]
    assert features[5:9] == [0.5, FLOOR, FLOOR, 2.0]
    assert features[9:] == [-2.0, 3.0, 0.0, -1.0, 2.0, 1.0]


def test_gate_feels_the_sum_of_doubts_and_stands_huge_odds():
    assert gate_features([], [0.0, 0.0], [], [])[2] == pytest.approx(2 * log(2))
    assert gate_features([], [1e6], [], [])[1] == pytest.approx(30.0)
