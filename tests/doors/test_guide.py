"""`zgoda guide`: conversations come in as lines of JSON, a line or a card a turn goes out."""

import json

import pytest
from click.testing import CliRunner

from zgoda.api import Engine
from zgoda.doors.command_guide import guide
from zgoda.doors.conversations import conversation_of
from zgoda.doors.messages import channel_names
from zgoda.errors import InputError
from zgoda.values import Guidance, Suggestion

CHANNELS = channel_names({"aliases": {"phone": ["phone call"]}})
TALK = {
    "id": "c1",
    "channel": "Phone call",
    "agent_name": "Anna",
    "colleague_available": False,
    "turns": [
        {"author": "customer", "text": "Where is my parcel?", "at": "2026-11-26T10:00+01:00"},
        {"author": "agent", "text": "I am sorry. What is the order number?", "role": "supervisor", "name": "Anna"},
    ],
}
CARD = Guidance(
    stage="follow_up",
    ladder="boundary",
    safety="threat",
    tension="rising",
    tension_words=("idiot",),
    done=("invite",),
    missing=("personalise", "boundary"),
    forbidden=("calm_down",),
    phrases=(Suggestion("say-1", "I am here to help.", ("date",), "S1.16"),),
    why=("S1.16",),
    alarm=True,
)


@pytest.fixture
def seen(monkeypatch):
    calls = []

    def guide_turns(self, conversation, *, now):  # noqa: ARG001
        calls.append((conversation, now))
        return tuple(CARD for _ in conversation.turns)

    monkeypatch.setattr(Engine, "guide_turns", guide_turns, raising=False)
    return calls


def run(*lines, args=()):
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    return CliRunner().invoke(guide, [*args, "-"], input=text)


def answers(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_turn_is_answered_with_a_line(seen):
    result = run(TALK, args=["--format", "jsonl"])
    assert result.exit_code == 0
    told = answers(result)
    assert [(line["id"], line["turn"]) for line in told] == [("c1", 0), ("c1", 1)]
    assert list(told[0])[:6] == ["id", "turn", "stage", "ladder", "safety", "tension"]
    conversation, _ = seen[0]
    assert (conversation.context.channel, conversation.context.agent_name) == ("phone", "Anna")
    assert conversation.context.colleague_available is False
    assert conversation.turns[1].role == "supervisor"


def test_explicit_now_wins_over_that_of_the_line(seen):
    run({**TALK, "now": "2026-01-01T10:00+01:00"}, args=["--now", "2026-11-26T12:00+01:00"])
    run({**TALK, "now": "2026-01-01T10:00+01:00"})
    assert [now.year for _, now in seen] == [2026, 2026]
    assert [now.month for _, now in seen] == [11, 1]


def test_language_of_the_call_is_taken_where_the_line_names_none(seen):
    run(TALK, {**TALK, "lang": "pl"}, args=["--lang", "en"])
    assert [conversation.language for conversation, _ in seen] == ["en", "pl"]


def test_bad_lines_are_answered_on_their_place(seen):
    result = run(
        "{", {"id": 2}, TALK, "", {"id": 3, "turns": [{"author": "bot", "text": "x"}]}, args=["--format", "jsonl"]
    )
    assert result.exit_code == 1
    told = answers(result)
    assert [line.get("id") for line in told] == [None, 2, "c1", "c1", 3]
    assert told[0]["error"].startswith("line 1: not JSON")
    assert told[1]["error"] == "line 2: turns must be a list of turns, came null"
    assert told[4]["error"] == "line 5: turn 0: author must be customer or agent, came 'bot'"
    assert len(seen) == 1


def test_fault_of_ours_costs_one_conversation(monkeypatch):
    def guide_turns(self, conversation, *, now):  # noqa: ARG001
        raise RuntimeError("broken")

    monkeypatch.setattr(Engine, "guide_turns", guide_turns, raising=False)
    result = run(TALK, args=["--format", "jsonl"])
    assert result.exit_code == 1
    assert "which is a fault of zgoda: RuntimeError: broken" in answers(result)[0]["error"]


@pytest.mark.usefixtures("seen")
def test_card_tells_danger_first_and_the_words_last():
    result = run(TALK, args=["--format", "text"])
    heads = [line.split()[0] for line in result.stdout.splitlines() if line and not line.startswith(" ")]
    assert heads[:2] == ["c1", "0"]
    assert heads[2:11] == ["safety", "stage", "ladder", "tension", "done", "missing", "forbidden", "why", "say"]
    assert "rising (alarm): idiot" in result.stdout
    assert "follow up" in result.stdout
    assert "open: date" in result.stdout


def test_file_that_is_not_there_is_told(seen):
    result = CliRunner().invoke(guide, ["no-such.jsonl"])
    assert isinstance(result.exception, InputError)
    assert "no-such.jsonl: no such file" in str(result.exception)
    assert seen == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"turns": "x"}, "turns must be a list"),
        ({"turns": ["x"]}, "turn 0 must be an object"),
        ({"turns": [{"author": "customer"}]}, "turn 0: text must be a string, came null"),
        ({"turns": [{"author": "customer", "text": "x", "at": "noon"}]}, "turn 0: at must be a time"),
        ({"channel": "pigeon"}, "channel must be one of"),
        ({"lang": "de"}, "lang must be one of"),
        ({"customer_gender": "x"}, "customer_gender must be m or f"),
        ({"colleague_available": "no"}, "colleague_available must be true or false"),
        ({"company": 5}, "company must be a string"),
        ({"slots": {"date": 5}}, "slots must be an object of strings"),
    ],
)
def test_wrong_keys_are_named(change, told):
    with pytest.raises(InputError, match=told):
        conversation_of({**TALK, **change}, CHANNELS)


def test_unknown_keys_are_passed_over():
    assert len(conversation_of({**TALK, "mood": 5}, CHANNELS).turns) == 2
