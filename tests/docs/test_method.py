"""The traceability table names every row of the method once, and only code and content that exist."""

import re
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from zgoda.clocks.book import Book
from zgoda.clocks.tables import joined, shipped_tables
from zgoda.guidance.phrases import PhraseBank
from zgoda.protocol import load_protocol
from zgoda.rules.loader import load_content
from zgoda.values import ACTS, FINDINGS, LANGUAGES, NOTICES, SEVERITIES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "method.md"
ROWS_OF_SEED = {"S1": 40, "S2": 76, "S3": 48, "S4": 28, "T": 12}
ROOMS = "accounts|channels|commitments|console|conversations|incidents|insights|lead|protection|remedies"
ROW = re.compile(r"^\| ((?:S\d\.|T)\d{1,3}) \|(.{1,2000})\|$", re.M)
SUM = re.compile(r"^\| (S\d|T) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.M)
PLAN = re.compile(rf"planned: (?:practice|remedies|desk, (?:{ROOMS}))(?: \([^()]{{1,80}}\))?")
CITED = re.compile(r"cited by `[^;]{1,300}")
NAME = re.compile(r"`([a-z]+):([^`\s]{1,80})`")
CODE = re.compile(r"`(zgoda(?:_desk)?\.[^`\s]{1,100})`")
STATES = {"stage": "stage", "rung": "ladder", "safety": "safety"}
KINDS = (*STATES, "fact", "counter", "act", "finding", "notice", "phrase", "clock", "concept", "rule", "table")
OF_THE_PROTOCOL = (*STATES, "fact", "counter")
STATUSES = ("carried out", "in part", "planned", "not done")


@lru_cache
def rows():
    return [(match[1], match[2].split(" | ")[-1].strip()) for match in ROW.finditer(PAGE.read_text(encoding="utf-8"))]


@lru_cache
def content():
    return load_content(strict=False)


@lru_cache
def protocol():
    return load_protocol(content().tables["common"]["protocol"])


@lru_cache
def phrases():
    bank = PhraseBank.of(content().tables)
    return {language: {phrase.id: phrase.rows for phrase in bank.phrases(language)} for language in LANGUAGES}


@lru_cache
def clocks():
    book = Book.of(joined(shipped_tables()))
    return {*book.rows, *book.settings.own}


def names():
    """Every name with its kind, once, of the rows."""
    return sorted({name for _, where in rows() for name in NAME.findall(where)})


def named_in(where, *kinds):
    return {name for kind, name in NAME.findall(where) if kind in kinds}


def status(where):
    """What the pieces of a third column come to."""
    pieces = where.split("; ")
    open_ = [piece for piece in pieces if piece.startswith(("planned: ", "not done: "))]
    done = [piece for piece in pieces if piece not in open_ and not CITED.fullmatch(piece)]
    if done:
        return STATUSES[1] if open_ else STATUSES[0]
    return STATUSES[2] if any(piece.startswith("planned: ") for piece in open_) else STATUSES[3]


@lru_cache
def known():
    """The names of each kind that exist, in every language where the kind is one of words."""
    tables, own = content().tables, content().entries
    remembered, due = tables["common"]["protocol"], protocol().due
    everywhere = set.intersection(*(set(tables[language]) for language in LANGUAGES))
    entries = set.intersection(*({(e.kind, name) for name, e in own[language].items()} for language in LANGUAGES))
    return {
        **{kind: set(due[table]) for kind, table in STATES.items()},
        "fact": set(remembered["facts"]),
        "counter": set(remembered["counters"]),
        "act": set(ACTS),
        "finding": {name for name in FINDINGS if is_told("review", name)},
        "notice": {name for name in NOTICES if is_told("notices", name)},
        "phrase": set.intersection(*(set(phrases()[language]) for language in LANGUAGES)),
        "clock": clocks(),
        "table": set(tables["common"]) | everywhere,
        **{kind: {name for own_kind, name in entries if own_kind == kind} for kind in ("concept", "rule")},
    }


def is_told(table, name):
    """Whether a mistake or notice has its severity, and its message in every language."""
    tables = content().tables
    severity = tables["common"][table]["severity"].get(name)
    return severity in SEVERITIES and all(tables[language]["review"]["messages"].get(name) for language in LANGUAGES)


def test_every_row_of_the_method_stands_once_and_in_order():
    wanted = [f"S{s}.{n}" for s in range(1, 5) for n in range(1, ROWS_OF_SEED[f"S{s}"] + 1)]
    wanted += [f"T{n}" for n in range(1, ROWS_OF_SEED["T"] + 1)]
    assert [identity for identity, _ in rows()] == wanted


@pytest.mark.parametrize(("identity", "where"), rows(), ids=[identity for identity, _ in rows()])
def test_every_row_says_where_it_is_carried_out_or_planned_or_why_not(identity, where):
    for piece in where.split("; "):
        if piece.startswith("planned: "):
            assert PLAN.fullmatch(piece), (identity, piece)
        elif piece.startswith("cited by "):
            assert CITED.fullmatch(piece), (identity, piece)
        else:
            named = NAME.search(piece) or CODE.search(piece)
            assert named or piece.startswith(("carried out by ", "not done: ")), (identity, piece)


def test_names_are_of_known_kinds_only():
    assert {kind for kind, _ in names()} <= set(KINDS)
    for identity, where in rows():
        for quoted in re.findall(r"`([^`]*)`", where):
            assert CODE.fullmatch(f"`{quoted}`") or NAME.fullmatch(f"`{quoted}`"), (identity, quoted)


@pytest.mark.parametrize("path", sorted(set(CODE.findall(PAGE.read_text(encoding="utf-8"))) - {"zgoda.x.y"}))
def test_named_code_exists(path):
    if find_spec(path.rpartition(".")[0]) and find_spec(path.rpartition(".")[0]).submodule_search_locations is None:
        module, _, name = path.rpartition(".")
        assert hasattr(import_module(module), name), path
    else:
        package, _, name = path.rpartition(".")
        assert hasattr(import_module(package), name) or import_module(path), path


@pytest.mark.parametrize(("kind", "name"), names(), ids=[":".join(name) for name in names()])
def test_named_content_exists(kind, name):
    assert name in known()[kind], f"{kind}:{name}"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "rule"])
def test_every_kind_of_name_has_names_to_choose_from(kind):
    assert known()[kind]


def test_a_phrase_named_for_a_row_cites_that_row():
    for identity, where in rows():
        if identity.startswith("S"):
            for name in named_in(where, "phrase"):
                assert identity in phrases()["en"][name], (identity, name)


def test_rows_that_phrases_cite_name_a_phrase():
    cited = {row for language in LANGUAGES for own in phrases()[language].values() for row in own}
    told = {identity for identity, where in rows() if named_in(where, "phrase")}
    assert cited - told == set()


def test_rows_that_the_protocol_cites_name_it():
    due = [row for states in protocol().due.values() for each in states.values() for row in each.rows]
    moves = [row for table in protocol().tables for move in table.rows for row in move.rows]
    asked = [row for command in protocol().commands.values() for row in command.rows]
    told = {i for i, where in rows() if named_in(where, *OF_THE_PROTOCOL) or "`table:protocol`" in where}
    assert {*due, *moves, *asked} - told == set()


def test_rows_that_notices_rest_on_name_the_notice():
    where = dict(rows())
    for notice, source in content().tables["common"]["notices"]["sources"].items():
        if source in where:
            assert notice in named_in(where[source], "notice"), (source, notice)


@pytest.mark.parametrize("seed", ROWS_OF_SEED)
def test_sums_are_those_of_the_rows(seed):
    counted = [status(where) for identity, where in rows() if identity.startswith(seed)]
    sums = {match[1]: [int(number) for number in match.groups()[1:]] for match in SUM.finditer(PAGE.read_text("utf-8"))}
    assert sums.get(seed) == [*(counted.count(each) for each in STATUSES), len(counted)]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("`stage:listen`", "carried out"),
        ("carried out by the head of this page", "carried out"),
        ("`stage:learn`; planned: desk, incidents", "in part"),
        ("`notice:abstract`; not done: short replies pass", "in part"),
        ("cited by `stage:learn`; planned: desk, insights", "planned"),
        ("cited by `phrase:close-let-down`; not done: not asked for", "not done"),
        ("not done: nothing is owed", "not done"),
    ],
)
def test_status_follows_from_the_pieces(where, expected):
    assert status(where) == expected
