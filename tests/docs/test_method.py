"""The traceability table names every row of the method once, and only code and content that exist."""

import re
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from zgoda.rules.loader import load_content
from zgoda.values import LANGUAGES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "method.md"
ROWS_OF_SEED = {"S1": 40, "S2": 76, "S3": 48, "S4": 28, "T": 12}
PARTS = r"(?:review|guide|due|phrases|practice|desk(?:, (?:hand-over|insights|remedies|incidents))?)"
ROW = re.compile(r"^\| ((?:S\d\.|T)\d{1,3}) \|(.{1,2000})\|$", re.M)
PLAN = re.compile(rf"planned: {PARTS}(?: \([^()]{{1,80}}\))?")


@lru_cache
def rows():
    return [(match[1], match[2].split(" | ")[-1].strip()) for match in ROW.finditer(PAGE.read_text(encoding="utf-8"))]


@lru_cache
def content():
    return load_content(strict=False)


def mentioned(prefix):
    return sorted(set(re.findall(rf"`({prefix}[^`\s]{{1,100}})`", PAGE.read_text(encoding="utf-8"))))


def test_every_row_of_the_method_stands_once_and_in_order():
    wanted = [f"S{s}.{n}" for s in range(1, 5) for n in range(1, ROWS_OF_SEED[f"S{s}"] + 1)]
    wanted += [f"T{n}" for n in range(1, ROWS_OF_SEED["T"] + 1)]
    assert [identity for identity, _ in rows()] == wanted


@pytest.mark.parametrize(("identity", "where"), rows(), ids=[identity for identity, _ in rows()])
def test_every_row_says_where_it_is_carried_out_or_planned_or_why_not(identity, where):
    for piece in where.split("; "):
        named = "`" in piece or piece.startswith(("carried out by ", "not done: "))
        assert named or PLAN.fullmatch(piece), (identity, piece)


@pytest.mark.parametrize("path", mentioned(r"zgoda\."))
def test_named_code_exists(path):
    if find_spec(path.rpartition(".")[0]) and find_spec(path.rpartition(".")[0]).submodule_search_locations is None:
        module, _, name = path.rpartition(".")
        assert hasattr(import_module(module), name), path
    else:
        import_module(path)


@pytest.mark.parametrize("named", mentioned("(?:concept|rule):"))
def test_named_entry_exists_in_every_language(named):
    kind, _, identity = named.partition(":")
    for language in LANGUAGES:
        entry = content().entries[language].get(identity)
        assert entry is not None, (named, language)
        assert entry.kind == kind, (named, language)


@pytest.mark.parametrize("named", mentioned("table:"))
def test_named_table_exists_for_every_language(named):
    name = named.removeprefix("table:")
    tables = content().tables
    assert name in tables.get("common", {}) or all(name in tables.get(language, {}) for language in LANGUAGES), named
