"""Own phrases and rules: proved before they are kept, and heard at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests.desk.cast import NOW, Cast
from zgoda.rules.schema import parse_entry
from zgoda.values import Context
from zgoda_desk.audit.models import Entry
from zgoda_desk.console.settings import content
from zgoda_desk.conversations import engine, overlay, own_content, own_files

RULE = {
    "language": "en", "label": "findings:command", "gloss": "an order in a tie",
    "terms": "=kindly =be advised",
    "catch": "[Kindly be advised] that we are closed.", "let_pass": "She was kindly advised by a friend.",
    "suggestion": "Please note", "unless": "",
}  # fmt: skip
PHRASE = {
    "language": "en",
    "stage": "acknowledge",
    "text": "Hello, {agent} here, I have your note.",
    "channels": ["mail"],
}


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.HOME = tmp_path
    overlay._made.clear()
    yield
    overlay._made.clear()


@pytest.mark.usefixtures("cast")
def test_a_rule_is_proved_kept_and_heard(clients: dict[str, Client]) -> None:
    head = clients["head"]
    tried = head.post("/settings/content/rule/", RULE | {"try": "1"})
    assert "Nothing is kept yet" in tried.content.decode()
    assert own_content.rules() == []
    assert head.post("/settings/content/rule/", RULE).status_code == 302
    kept = own_content.rules()[0]
    found = engine.review("Kindly be advised that we are closed.", (), Context(), "en", NOW).findings
    assert ("command", kept.id) in {(one.kind, one.rule) for one in found}
    assert head.post(f"/settings/content/{kept.id}/drop").status_code == 302
    assert own_content.rules() == []
    found = engine.review("Kindly be advised that we are closed.", (), Context(), "en", NOW).findings
    assert kept.id not in {one.rule for one in found}
    assert {"content.rule", "content.dropped"} <= set(Entry.objects.values_list("kind", flat=True))
    assert "Kindly" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"catch": "Kindly be [advised] that we are closed."}, "catch"),
        ({"catch": "Kindly be advised that we are closed."}, "catch"),
        ({"let_pass": "Kindly be advised of nothing."}, "let_pass"),
        ({"terms": "a /"}, "terms"),
        ({"terms": ""}, "terms"),
        ({"label": "findings:nonsense"}, "label"),
        ({"language": "de"}, "language"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("cast")
def test_a_rule_that_fails_its_own_proof_is_not_kept(
    clients: dict[str, Client], more: dict[str, str], field: str
) -> None:
    response = clients["head"].post("/settings/content/rule/", RULE | more)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert own_content.rules() == []


def test_a_rule_that_is_changed_stays_one(cast: Cast) -> None:
    rule = own_content.OwnRule("en", "findings:jargon", "x", "=kindly", ("[kindly]",), ("kind",))
    kept = own_content.keep_rule(cast.head, rule, NOW)
    moved = own_content.OwnRule(
        "pl", "signals:churn", "y", "=odchodzę", ("[odchodzę] do innych",), ("chodzę",), id=kept.id
    )
    own_content.keep_rule(cast.head, moved, NOW)
    assert own_content.rules() == [moved]
    assert moved.shelf == "rules"


@pytest.mark.parametrize("text", ["Hello {nmae}", "Hello [Ann", "Hello }"])
def test_faults_of_a_phrase_are_told_in_the_language_of_whoever_writes(text: str) -> None:
    phrase = own_content.OwnPhrase("en", "acknowledge", text, ("mail",))
    (fault,) = own_content.faults_of_phrase(phrase)
    with translation.override("pl"):
        assert content._phrase_told(fault) != fault


def test_an_example_without_marks_is_told_in_the_language_of_whoever_writes() -> None:
    raw = {"id": "own-new", "source": "x", "label": RULE["label"], "terms": "word", "catch": ["a word"], "pass": ["b"]}
    _entry, faults = parse_entry(raw, "rule", "en", "own.toml", 1)
    with translation.override("pl"):
        assert "nawiasy" in str([content._told(fault) for fault in faults])


@pytest.mark.usefixtures("cast")
def test_a_phrase_is_kept_and_offered(clients: dict[str, Client]) -> None:
    assert clients["head"].post("/settings/content/phrase/", PHRASE | {"text": "Hello {nobody}"}).status_code == 422
    assert clients["head"].post("/settings/content/phrase/", PHRASE).status_code == 302
    kept = own_content.phrases()[0]
    bank = engine._bank(engine.engine())
    assert kept.text in {one.text for one in bank.phrases("en", "acknowledge")}
    assert len(bank.phrases("en", "acknowledge")) > 1  # beside those that come with the desk
    page = clients["head"].get(f"/settings/content/phrase/{kept.id}/").content.decode()
    assert "I have your note" in page


@pytest.mark.usefixtures("cast")
def test_content_with_a_fault_is_left_out_and_shown(clients: dict[str, Client]) -> None:
    path = overlay.folder() / "en" / "review" / "desk.toml"
    path.parent.mkdir(parents=True)
    path.write_text("this is = no [toml", encoding="utf-8")
    assert engine.read("Where is my order?", now=NOW) is not None
    page = clients["head"].get("/settings/content/")
    assert page.status_code == 200
    assert "cannot be read" in page.content.decode()
    assert clients["head"].post("/settings/content/rule/", RULE).status_code == 422


def test_what_is_written_is_read_again_as_it_was(tmp_path: Path) -> None:
    table = {
        "a": 'quotes " and \\ and\nlines', "n": 3, "yes": True, "list": ["ł", "я"], "odd key": {"x": "y"},
        "rule": [{"id": "one", "catch": ["[a] b"]}, {"id": "two"}],
    }  # fmt: skip
    own_files.write("en/review/desk.toml", table, tmp_path)
    assert own_files.read("en/review/desk.toml", tmp_path) == table
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["desk.toml"]
    own_files.write("en/review/desk.toml", {"a": "\x00\x1f\x7f\ud800"}, tmp_path)
    assert own_files.read("en/review/desk.toml", tmp_path) == {"a": "\ufffd" * 4}


@pytest.mark.usefixtures("cast")
def test_ids_that_point_elsewhere_are_nobody_s(clients: dict[str, Client]) -> None:
    for identity in ("..", "own-../x", "x" * 300, "%2e%2e"):
        assert clients["head"].post(f"/settings/content/{identity}/drop").status_code == 404
        assert clients["head"].get(f"/settings/content/rule/{identity}/").status_code == 404
