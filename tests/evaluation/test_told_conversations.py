"""The conversations of data/conversations can be measured, and each tells what stands after every one of its turns."""

import json
from pathlib import Path

import pytest

from zgoda.evaluation import Settings, evaluate_conversations
from zgoda.values import CHANNELS, LANGUAGES, Guidance

TALKS = Path(__file__).resolve().parents[2] / "data" / "conversations"
SETTINGS = Settings(resamples=10, seed=1, confidence=0.95, far=2)


def lines(language):
    return [json.loads(line) for line in (TALKS / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_can_be_measured(language):
    found = evaluate_conversations(
        lines(language),
        guide=lambda line: [Guidance("listen", "none", "none", "steady")] * len(line["turns"]),
        settings=SETTINGS,
    )
    assert found.faults == ()
    assert found.parts[0].conversations >= 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_turn_has_its_expectation(language):
    for line in lines(language):
        assert [row["turn"] for row in line["expect"]] == list(range(len(line["turns"]))), line["id"]
        assert all({"stage", "ladder", "safety"} <= set(row) for row in line["expect"]), line["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_conversations_are_told_apart_and_of_their_language(language):
    told = lines(language)
    assert len({line["id"] for line in told}) == len(told)
    assert {line["lang"] for line in told} == {language}
    assert {line["channel"] for line in told} <= set(CHANNELS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rung_and_danger_is_met(language):
    rows = [row for line in lines(language) for row in line["expect"]]
    assert {row["ladder"] for row in rows} == {"none", "personalise", "boundary", "transfer", "release"}
    assert {row["safety"] for row in rows} == {"none", "threat", "self_harm"}
