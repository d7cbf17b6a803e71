"""README.md and the demo show what the program does: its findings, drafts that answer samples, real commands."""

import re

import click
import pytest

import zgoda
from tools.readme_blocks import README, ROOT, quoted, shown
from zgoda.doors.cli import main

TEXT = README.read_text(encoding="utf-8")
DRAFTS = sorted((ROOT / "docs" / "drafts").glob("*.txt"))
KINDS = {"1-ru-chat.txt": {"calm_down", "pass_the_buck", "vague_promise"}, "3-en-review.txt": {"reproach"}}


def kinds(draft, complaint):
    """Kinds of the findings of a draft that answers a complaint."""
    return {finding.kind for finding in zgoda.review(draft, customer=complaint).findings}


def test_findings_shown_in_the_readme_are_found():
    told = set(re.findall(r": (?:error|warning|info) ([a-z_]{3,40})$", shown(TEXT, "review"), re.M))
    assert told == {"calm_down", "reproach", "vague_promise"}
    assert told <= kinds(quoted(TEXT, "review"), quoted(TEXT, "reading")), "run `python -m tools.readme_blocks`"


def test_reading_shown_in_the_readme_has_the_state_and_the_demands_of_the_engine():
    reading = zgoda.read(quoted(TEXT, "reading"))
    assert reading.state.capitalize() in shown(TEXT, "reading").splitlines()[0], "run `python -m tools.readme_blocks`"
    assert reading.demands[0].capitalize() in shown(TEXT, "reading")


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda path: path.name)
def test_draft_of_the_demo_answers_a_sample_and_shows_its_mistakes(draft):
    complaint = (ROOT / "docs" / "samples" / draft.name).read_text(encoding="utf-8")
    found = kinds(draft.read_text(encoding="utf-8"), complaint)
    assert KINDS.get(draft.name, set()) <= found
    if draft.name not in KINDS:
        assert found == set()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^zgoda ([a-z-]{3,20}) ", TEXT, re.M))))
def test_commands_of_the_readme_exist(command):
    assert command in main.list_commands(click.Context(main))


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\bdocs/[A-Za-z0-9/_.-]{3,60}[a-z]", TEXT))))
def test_paths_of_the_readme_exist(path):
    assert (ROOT / path).exists()
