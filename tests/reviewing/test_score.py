"""Odds of a clause: bias, scale, and what its constructions, its shape and its words say."""

import dataclasses

import pytest

from tests.reviewing.drafts import OUTPUTS, weights
from zgoda.model.score import concept_scale, word_scale
from zgoda.reviewing.clauses import Clause
from zgoda.reviewing.features import ClauseFeatures
from zgoda.reviewing.score import ClauseScorer

CALM = OUTPUTS.index("findings:calm_down")


def row(value):
    """A row that speaks for `calm_down` alone."""
    return bytes(128 + value if n == CALM else 128 for n in range(len(OUTPUTS)))


def odds(features, language="en", **changes):
    rows = {"c:order": row(10), "s:q0": row(3), "enw:calm": row(7), "enb:calm down": row(-4), "lang:pl": row(1)}
    scorer = ClauseScorer(dataclasses.replace(weights(rows=rows), **changes))
    return scorer.score(features, language).odds


def features(**blocks):
    return ClauseFeatures(Clause(0, 2, 0), **blocks)


def test_clause_of_which_nothing_is_known_has_the_bias():
    known = odds(features(shared=["c:unheard"], words=["zzz"]), biases=tuple(float(n) for n in range(len(OUTPUTS))))
    assert known == [float(n) for n in range(len(OUTPUTS))]


def test_shape_counts_whole_and_constructions_share():
    told = odds(features(shared=["c:order", "c:unheard"], fixed=["s:q0"]))
    assert told[CALM] == pytest.approx(concept_scale(2) * 10 + 3)


def test_words_and_pairs_count_once():
    once = odds(features(words=["calm", "down"]))[CALM]
    assert once == pytest.approx(word_scale(2) * (7 - 4))
    assert odds(features(words=["calm", "down", "calm", "down"]))[CALM] == pytest.approx(once)


def test_words_count_in_their_language_alone():
    assert odds(features(words=["calm"]), "pl")[CALM] == pytest.approx(1)


def test_scale_stretches_the_sum():
    doubled = odds(features(fixed=["s:q0"]), scales=(2.0,) * len(OUTPUTS))
    assert doubled[CALM] == pytest.approx(6)


def test_weightiest_construction_is_named_and_one_that_speaks_against_is_not():
    scorer = ClauseScorer(weights(rows={"c:a": row(2), "c:b": row(9), "c:c": row(-9)}))
    where = {"c:a": (0, 1), "c:b": (0, 1), "c:c": (1, 2)}
    assert scorer.weightiest(features(where=where), "findings:calm_down") == "c:b"
    assert scorer.weightiest(features(where={"c:c": (0, 1)}), "findings:calm_down") is None
