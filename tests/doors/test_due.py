"""`zgoda due`: the answer as text and JSON, the list, and mistakes."""

import json

import pytest
from click.testing import CliRunner

from zgoda.doors.command_due import due


def run(*args):
    return CliRunner().invoke(due, list(args), prog_name="zgoda due")


def test_text_shows_dates_source_certainty_and_that_it_is_no_legal_advice():
    result = run("pl-finance", "--since", "2026-11-26", "--now", "2026-12-01T12:00+01:00")
    assert result.exit_code == 0
    for words in (
        "Mon 2026-12-28", "Wed 2026-12-23", "raw end Sat 2026-12-26", "A, primary text", "text as of 2018", "art. 6-8",
        "Not legal advice", "27 days left", "50%",
    ):  # fmt: skip
        assert words in " ".join(result.stdout.split()), words


@pytest.mark.parametrize("columns", ["50", "80", "110"])
def test_text_fits_the_terminal(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    for args in (("ru-finance", "--since", "2026-12-18"), ("--list", "--jurisdiction", "RU")):
        assert max(map(len, run(*args).stdout.splitlines())) <= int(columns)


def test_line_of_json_holds_the_dates():
    result = run("pl-consumer-general", "--since", "2026-12-10", "--format", "jsonl")
    (line,) = result.stdout.splitlines()
    answer = json.loads(line)
    assert [answer[name] for name in ("row", "since", "legal_due", "safe_due", "raw_end", "status")] == [
        "pl-consumer-general", "2026-12-10", "2026-12-28", "2026-12-23", "2026-12-24", None,
    ]  # fmt: skip


def test_json_is_one_document():
    answer = json.loads(run("ru-finance", "--since", "2026-12-18", "--calendar", "ru", "--format", "json").stdout)
    assert (answer["legal_due"], answer["calendar"]) == ("2027-01-19", "ru")


def test_extension_is_counted_on_demand():
    result = run("pl-payments", "--since", "2026-12-16", "--extended", "--format", "jsonl")
    assert json.loads(result.stdout)["legal_due"] == "2027-02-09"


def test_own_clock_counts_working_time_in_the_zone_asked_for():
    result = run(
        "answer", "--since", "2026-11-27T16:00", "--tz", "Europe/Warsaw", "--calendar", "pl", "--minutes", "120",
        "--format", "jsonl",
    )  # fmt: skip
    assert json.loads(result.stdout)["due_at"] == "2026-11-30T10:00:00+01:00"
    assert "minutes of working time left" in run(
        "answer", "--since", "2026-11-27T16:00+01:00", "--tz", "Europe/Warsaw", "--now", "2026-11-27T16:30+01:00"
    ).stdout.replace("\n           ", " ")


def test_rule_without_a_number_says_so():
    assert "no fixed term" in run("pl-upk-repair", "--since", "2026-11-20").stdout


def test_late_clock_says_what_does_the_least_harm():
    text = run("pl-consumer-general", "--since", "2026-11-02", "--now", "2026-11-26T12:00+01:00").stdout
    assert "10 days late" in text
    assert "Do now" in text


def test_list_shows_every_row_that_matches_with_its_dates():
    result = run("--list", "--jurisdiction", "PL", "--sector", "telecom", "--since", "2026-11-20", "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    ends = [row["legal_due"] or "9999" for row in rows]
    assert ends == sorted(ends)
    assert {"pl-telecom", "pl-consumer-general", "eu-gdpr"} <= {row["id"] for row in rows}


def test_list_of_everything_names_every_row_once():
    rows = json.loads(run("--list", "--format", "json").stdout)
    assert len(rows) == len({row["id"] for row in rows}) == 110


def test_list_marks_rows_that_are_switched_off():
    assert "off until verified" in run("--list", "--jurisdiction", "IE", "--sector", "finance").stdout


def test_company_rows_are_used(tmp_path):
    path = tmp_path / "common" / "tables" / "clocks_acme.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[rows.pl-consumer-general]\ndays = 7\n")
    result = run("pl-consumer-general", "--since", "2026-11-20", "--format", "jsonl", "--content", str(tmp_path))
    assert json.loads(result.stdout)["legal_due"] == "2026-11-27"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "give a ROW, or --list"),
        (("pl-finance", "--list"), "give a ROW, or --list"),
        (("pl-finance",), "--since"),
        (("pl-financ", "--since", "2026-01-01"), "Near: pl-finance"),
        (("pl-gas", "--since", "2026-01-01"), "switched off"),
        (("pl-finance", "--since", "yesterday"), "expected a day such as"),
        (("pl-finance", "--since", "2026-01-01T10:00"), "needs its offset"),
        (("pl-finance", "--since", "2026-01-01", "--tz", "Mars/North"), "no time zone"),
        (("pl-finance", "--since", "2026-01-01", "--now", "soon"), "now must be a time"),
        (("pl-kc-5615-old", "--since", "2026-01-01", "--contract", "old"), "expected a day"),
        (("--list", "--jurisdiction", "XX"), "no clocks for the jurisdiction"),
    ],
)
def test_mistake_ends_with_wrong_usage_and_words(args, words):
    result = run(*args)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
