"""`zgoda evaluate replies` and `conversations`: tables, JSON, and lines that cannot be used."""

import json

import pytest

from tests.doors.helpers import zgoda
from tests.doors.reviewing import fake_review
from zgoda.api import Engine
from zgoda.values import Guidance


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch):
    steps = (Guidance("listen", "none", "none", "steady"), Guidance("investigate", "none", "none", "steady"))
    monkeypatch.setattr(Engine, "review", lambda _, text, **about: fake_review(text))  # noqa: ARG005
    monkeypatch.setattr(Engine, "guide_turns", lambda _, talk, *, now: steps[: len(talk.turns)], raising=False)  # noqa: ARG005


def reply(text, *findings, lang="pl", **fields):
    whole = {"id": text, "lang": lang, "customer": "Gdzie paczka?", "text": text, "acts": [], "findings": findings}
    return json.dumps({**whole, **fields}) + "\n"


def talk(*expect, **fields):
    turns = [{"author": "customer", "text": "Gdzie paczka?"}, {"author": "agent", "text": "Sprawdzam."}]
    return json.dumps({"id": "c1", "lang": "pl", "turns": turns, "expect": expect, **fields}) + "\n"


REPLIES = (
    reply("Proszę się uspokoić.", "calm_down")
    + reply("Odpiszę jutro, jak najszybciej.")
    + reply("Mamy teraz dużo zamówień.", "excuse")
    + reply("Thank you.", lang="en")
)
TALKS = talk({"turn": 0, "stage": "listen", "ladder": "none"}, {"turn": 1, "stage": "defer"})


@pytest.mark.parametrize("columns", ["60", "80", "120"])
@pytest.mark.parametrize(
    ("what", "raw", "title"), [("replies", REPLIES, "4 replies"), ("conversations", TALKS, "1 conv")]
)
def test_tables_fit_the_terminal(monkeypatch, columns, what, raw, title):
    monkeypatch.setenv("COLUMNS", columns)
    result = zgoda("evaluate", what, "-", "--resamples", "20", stdin=raw)
    assert result.exit_code == 0
    assert title in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= int(columns)


def test_false_alarms_and_what_is_caught_are_told():
    shown = zgoda("evaluate", "replies", "-", "--resamples", "20", stdin=REPLIES).stdout
    assert "False alarms  0.500" in shown
    assert "of 2 good replies get an error or a warning" in shown
    assert "Odpiszę jutro, jak najszybciej." in shown
    assert "Caught        0.500" in shown
    assert "calm_down" in shown


def test_replies_may_be_told_apart_by_language():
    result = zgoda("evaluate", "replies", "-", "--by", "lang", "--format", "json", "--resamples", "20", stdin=REPLIES)
    assert [part["name"] for part in json.loads(result.stdout)["parts"]] == ["all", "en", "pl"]


def test_agreement_and_differences_are_told():
    shown = zgoda("evaluate", "conversations", "-", "--resamples", "20", stdin=TALKS).stdout
    assert "Stage         0.500" in shown
    assert "Ladder        1.000" in shown
    assert "Together      0.500" in shown
    assert "c1 turn 1: stage should be defer, is investigate" in shown


def test_conversation_that_guide_would_refuse_is_left_out():
    raw = (
        talk({"turn": 0, "stage": "listen"}, channel="pigeon")
        + TALKS
        + talk({"turn": 0, "stage": "listen"}, now="soon")
    )
    result = zgoda("evaluate", "conversations", "-", "--resamples", "20", stdin=raw)
    assert result.exit_code == 1
    assert [row.partition(":")[0] for row in result.stderr.splitlines()] == ["line 1", "line 3"]
    assert "1 conversation " in result.stdout


def test_same_seed_gives_the_same_answer():
    args = ("evaluate", "replies", "-", "--format", "json", "--resamples", "50", "--seed", "3")
    assert zgoda(*args, stdin=REPLIES).stdout == zgoda(*args, stdin=REPLIES).stdout
