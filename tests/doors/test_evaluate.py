"""`zgoda evaluate messages`: tables and JSON, and lines that cannot be used."""

import json
from pathlib import Path

import pytest

from tests.doors.helpers import zgoda


def line(**fields: object) -> str:
    whole = {
        "id": "1", "text": "Where is my parcel 4412?", "lang": "en", "state": "calm", "abuse": [], "signals": [],
        "causes": [], "demands": [], "facts": [],
    }  # fmt: skip
    return json.dumps({**whole, **fields}) + "\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.jsonl"
    path.write_text(line() + line(id="2", lang="pl", text="Gdzie jest moja paczka?"))
    return path


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_tables_fit_the_terminal(path, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    result = zgoda("evaluate", "messages", str(path), "--resamples", "20")
    assert result.exit_code == 0
    assert "2 messages" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= int(columns)


def test_json_holds_every_part(path):
    result = zgoda("evaluate", "messages", str(path), "--format", "json", "--by", "lang", "--resamples", "20")
    answer = json.loads(result.stdout)
    assert [part["name"] for part in answer["parts"]] == ["all", "en", "pl"]
    assert answer["parts"][0]["messages"] == 2


def test_same_seed_gives_the_same_answer(path):
    args = ("evaluate", "messages", str(path), "--format", "json", "--resamples", "50", "--seed", "3")
    assert zgoda(*args).stdout == zgoda(*args).stdout


def test_bad_lines_are_named_and_left_out(path):
    path.write_text(line() + "oops\n\n" + line(state="furious") + line())
    result = zgoda("evaluate", "messages", str(path), "--resamples", "20")
    assert result.exit_code == 1
    assert [row.partition(":")[0] for row in result.stderr.splitlines()] == ["line 2", "line 4"]
    assert "2 messages" in result.stdout
    assert "Left out: 2 lines" in result.stdout


def test_lines_may_come_through_a_pipe():
    assert "1 message " in zgoda("evaluate", "messages", "-", "--resamples", "20", stdin=line()).stdout


def test_no_line_at_all_is_no_fault():
    result = zgoda("evaluate", "messages", "-", stdin="")
    assert (result.exit_code, "0 messages" in result.stdout) == (0, True)


def test_missing_file_is_told(tmp_path):
    result = zgoda("evaluate", "messages", str(tmp_path / "gone.jsonl"))
    assert result.exit_code == 1
    assert result.stderr == f"zgoda: {tmp_path / 'gone.jsonl'}: no such file\n"
