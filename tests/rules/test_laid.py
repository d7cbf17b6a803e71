"""A company's entries laid over the packs: the same matches as when all is compiled together."""

from __future__ import annotations

from pathlib import Path

import pytest

from zgoda.errors import ContentError
from zgoda.model.knowledge import Knowledge, build_knowledge
from zgoda.rules.laid import forms_of
from zgoda.rules.loader import REVIEWING, load_content

OWN = """
[[rule]]
id = "own-advised"
gloss = "an order in a tie"
label = "findings:command"
level = "decide"
source = "own"
terms = "=kindly =be advised, patient*, send .. @own-thing"
unless = "brother"
catch = ["[Kindly be advised] that we are closed."]
pass = ["She was kindly advised by a friend."]
"""
THING = """
[[concept]]
id = "own-thing"
gloss = "a thing of ours"
level = "hint"
label = ""
source = "own"
terms = "gizmo"
catch = ["a [gizmo]"]
pass = ["a gizzard"]
"""
TEXTS = (
    "Kindly be advised that we are closed.", "Kindly be advised, brother, we are closed.",
    "Be patient and patiently wait.",
    "Please send us both gizmo back.", "She was kindly advised by a friend.", "You should have read the contract.",
)  # fmt: skip


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "en/review/own.toml", OWN)
    write(tmp_path, "en/replies/own.toml", THING)
    return tmp_path


def matched(knowledge: Knowledge) -> list[list[tuple[str, str]]]:
    names = knowledge.registry.names
    found = []
    for text in TEXTS:
        analysis = knowledge.analyse(text, "en")
        spans = [(names[m.entry], text[slice(*analysis.span(m.first, m.after))]) for m in analysis.rules]
        found.append(sorted(spans))
    return found


def test_laid_over_the_packs_everything_matches_as_compiled_together(folder: Path) -> None:
    laid = build_knowledge([folder]).on(REVIEWING)
    together = Knowledge(load_content([folder])).on(REVIEWING)
    assert matched(laid) == matched(together)
    flat = [pair for row in matched(laid) for pair in row]
    assert ("own-advised", "Kindly be advised") in flat
    assert ("own-advised", "send us both gizmo") in flat
    assert sum(name == "own-advised" for name, _text in flat) == 4


def test_an_entry_in_place_of_a_shipped_one_is_compiled_with_the_rest(tmp_path: Path) -> None:
    write(
        tmp_path, "en/review/own.toml", OWN.replace("own-advised", "rev-act-thanks").replace("send .. @own-thing", "=x")
    )
    knowledge = build_knowledge([tmp_path]).on(REVIEWING)
    text, names = "Kindly be advised. Thank you for your patience.", knowledge.registry.names
    analysis = knowledge.analyse(text, "en")
    found = [
        text[slice(*analysis.span(m.first, m.after))] for m in analysis.rules if names[m.entry] == "rev-act-thanks"
    ]
    assert found == ["Kindly be advised"]  # and the shipped rule of this id, which hears thanks, is gone


def test_faults_of_the_company_are_told_all_at_once(tmp_path: Path) -> None:
    write(tmp_path, "en/review/own.toml", OWN.replace('"own-advised"', '"Own Advised"').replace('"decide"', '"loud"'))
    with pytest.raises(ContentError) as raised:
        build_knowledge([tmp_path])
    assert str(raised.value).count("own.toml:") >= 2


def test_forms_of_a_few_words_are_those_of_the_whole_table() -> None:
    from zgoda.rules.forms import load_forms

    words = ["advise", "вернуть", "no-such-word", "gizmo"]
    assert forms_of("en", words) == {word: forms for word, forms in load_forms("en").items() if word in words}
