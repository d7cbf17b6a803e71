"""Measuring guidance: agreement of fields turn by turn, and of all of them together."""

import json

import pytest

from zgoda.errors import InputError
from zgoda.evaluation import Settings, evaluate_conversations
from zgoda.values import Guidance

SETTINGS = Settings(resamples=200, seed=1, confidence=0.95, far=2)


def step(stage="listen", ladder="none", safety="none", tension="steady"):
    return Guidance(stage, ladder, safety, tension)


def talk(*expect, identity="1", **fields):
    turns = [{"author": "customer", "text": "Gdzie moja paczka?"}, {"author": "agent", "text": "Już sprawdzam."}]
    return {"id": identity, "lang": "pl", "turns": turns, "expect": list(expect), **fields}


def measured(lines, **more):
    steps = (step(), step("investigate"))
    return evaluate_conversations(lines, guide=lambda _: steps, settings=SETTINGS, **more)


def field(part, name):
    return next(one for one in part.fields if one.field == name)


def test_agreement_is_counted_for_each_field_that_is_expected():
    expect = [{"turn": 0, "stage": "listen", "ladder": "boundary"}, {"turn": 1, "stage": "investigate"}]
    (part,) = measured([talk(*expect)]).parts
    assert (field(part, "stage").turns, field(part, "stage").share.value) == (2, 1)
    assert (field(part, "ladder").turns, field(part, "ladder").share.value) == (1, 0)
    assert [one.field for one in part.fields] == ["stage", "ladder"]


def test_turn_is_right_together_when_every_expected_field_is():
    expect = [{"turn": 0, "stage": "listen", "safety": "threat"}, {"turn": 1, "stage": "investigate", "safety": "none"}]
    (part,) = measured([talk(*expect), talk({"turn": 1, "tension": "steady"}, identity="2")]).parts
    assert (part.turns, part.together.value, part.whole.value) == (3, 2 / 3, 1 / 2)


def test_difference_names_conversation_turn_and_field():
    (part,) = measured([talk({"turn": 1, "stage": "close"}, identity="c7")]).parts
    (difference,) = part.differences
    assert (difference.id, difference.turn, difference.field) == ("c7", 1, "stage")
    assert (difference.wanted, difference.came) == ("close", "investigate")


def test_stages_have_precision_and_recall():
    (part,) = measured([talk({"turn": 1, "stage": "close"}), talk({"turn": 1, "stage": "investigate"})]).parts
    stages = next(task for task in part.tasks if task.name == "stage")
    scores = {score.label: score for score in stages.labels}
    assert (scores["investigate"].precision.value, scores["investigate"].recall.value) == (1 / 2, 1)
    assert scores["close"].recall.value == 0


def test_guide_gets_the_line_and_may_refuse_it():
    def refuse(line):
        raise InputError(f"turns of {line['id']} are odd")

    found = evaluate_conversations([talk({"turn": 0, "stage": "listen"})], guide=refuse, settings=SETTINGS)
    assert found.faults == ("line 1: turns of 1 are odd",)
    assert found.parts[0].conversations == 0


def test_parts_by_language_add_up():
    lines = [talk({"turn": 0, "stage": "listen"}), talk({"turn": 0, "stage": "listen"}, lang=None)]
    found = measured(lines, by_language=True)
    assert [(part.name, part.conversations) for part in found.parts] == [("all", 2), ("pl", 1), ("und", 1)]


def test_intervals_draw_conversations_the_same_way_each_time():
    lines = [talk({"turn": 0, "stage": "listen" if i % 3 else "close"}, identity=i) for i in range(30)]
    first, second = measured(lines), measured(lines)
    assert first == second
    assert first.parts[0].together.low < 2 / 3 < first.parts[0].together.high


@pytest.mark.parametrize(
    ("expect", "fault"),
    [
        ([], "expect: expected a list"),
        (["listen"], 'expect: expected {"turn"'),
        ([{"stage": "listen"}], "with a turn from 0"),
        ([{"turn": -1, "stage": "listen"}], "with a turn from 0"),
        ([{"turn": True, "stage": "listen"}], "with a turn from 0"),
        ([{"turn": 0}], "turn 0 expects nothing"),
        ([{"turn": 0, "stage": "hug"}], "expect: stage: 'hug' is none of"),
        ([{"turn": 0, "stage": ["listen"]}], "expect: stage: ['listen'] is none of"),
        ([{"turn": 2, "stage": "listen"}], "turn 2 is behind the last, 1"),
        ([{"turn": 0, "stage": "listen"}, {"turn": 0, "stage": "listen"}], "turn 0 stands twice"),
    ],
)
def test_bad_expectation_is_told_with_its_line(expect, fault):
    found = measured([talk({"turn": 0, "stage": "listen"}), "", json.dumps(talk(*expect))])
    assert found.parts[0].conversations == 1
    (told,) = found.faults
    assert told.startswith("line 3: ")
    assert fault in told


def test_evaluation_turns_into_json():
    answer = json.loads(json.dumps(measured([talk({"turn": 1, "stage": "close"})]).as_dict()))
    assert answer["schema"] == 1
    assert answer["parts"][0]["differences"][0]["came"] == "investigate"
