from __future__ import annotations

from pathlib import Path

import pytest

from zgoda.errors import ContentError
from zgoda.rules.loader import load_content

GOOD = """[[concept]]
id = "heat"
source = "usage"
level = "hint"
terms = "grr"
catch = ["[grr] again"]
pass = ["great"]
"""


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_fault_is_reported_at_once_with_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, "en/lexicons/heat.toml", GOOD + '\n[[concept]]\nid = "Bad Id"\nsource = "usage"\nlevel = "loud"\n')
    write(tmp_path, "pl/rules/x.toml", '[[rule]]\nid = "r"\nsource = "usage"\nlevel = "decide"\nterms = "a"\n')
    write(tmp_path, "ru/lexicons/broken.toml", "[[concept]\n")
    with pytest.raises(ContentError) as caught:
        load_content([tmp_path])
    text = str(caught.value)
    assert f"{tmp_path.name}/en/lexicons/heat.toml:10: Bad Id: id:" in text
    assert "level: expected one of hint, decide, veto, came 'loud'" in text
    assert "pl/rules/x.toml:2: r: label: a rule needs one" in text
    assert "catch: at least one example" in text
    assert "ru/lexicons/broken.toml:1: not readable as TOML" in text


def test_a_company_entry_replaces_the_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, "en/lexicons/own.toml", GOOD.replace('"heat"', '"outrage"'))
    content = load_content([tmp_path])
    assert content.entries["en"]["outrage"].terms == ("grr",)
    assert len(content.entries["ru"]["outrage"].terms) > 10


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such content folder"):
        load_content([tmp_path / "missing"])
