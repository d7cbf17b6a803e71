"""The benchmark makes its tables and the proofs run; small counts, and nothing said about time."""

import argparse
import json
import subprocess
import sys
from collections import Counter
from itertools import pairwise

import pytest

from bench import __main__ as bench
from bench import replies, texts
from bench.lines import LineSet, given, kept_apart, short, written_for_measuring
from bench.pace import Budget, pace
from bench.proofs import review as review_proof
from bench.proofs.__main__ import PROOFS
from bench.proofs.__main__ import main as prove
from bench.proofs.hostile import TEXTS
from bench.proofs.mail import engine_reads
from bench.quality import Watch, quality
from bench.replies import ALSO, guider, kept_conversations, kept_replies, reply_quality
from bench.review_speed import DRAFT, HISTORY, cases, review_speed
from bench.save import PAGE, save
from bench.spans import loose_marks, loose_spans, unexplained
from bench.speed import growth, reading_speed
from bench.table import Table
from zgoda.api import engine
from zgoda.errors import InputError
from zgoda.values import FINDINGS, NOTICES, Reading, Reason, Review, Sentence, Span

TINY = Budget(3, 0.2)


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "lines.jsonl"
    empty = {"abuse": [], "signals": [], "causes": [], "demands": [], "facts": []}
    lines = [
        {"id": "1", "text": "Thank you, all is well.", "lang": "en", "state": "calm", **empty},
        {"id": "2", "text": "I will break your legs.", "lang": "en", "state": "abusive", **empty, "abuse": ["threat"]},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


# -- speed -------------------------------------------------------------------------------------------------------------


def test_speed_has_a_row_for_each_length_in_each_language():
    speed, peers = reading_speed(TINY)
    assert [row[0] for row in speed.rows] == [
        f"{lang}, {size}" for lang in ("ru", "pl", "en") for size in texts.LENGTHS
    ]
    assert {row[0] for row in peers.rows} == set(texts.LENGTHS)
    assert len(str(speed).splitlines()) > len(speed.rows)


def test_growth_compares_with_the_second_size():
    table = growth((100, 300), read=len)
    assert [row[0] for row in table.rows] == ["100", "300"]
    assert table.rows[1][-1] == "1.00"


def test_texts_are_cut_and_joined_to_their_length():
    made = texts.of_length(["one two three", "four", "five six seven eight"], 16, 10)
    assert all(12 <= len(text) <= 16 for text in made)
    assert len(texts.one_of(5_000)) == 5_000


def test_pace_calls_over_all_texts_and_counts():
    seen = []
    came = pace(seen.append, ["a", "b"], Budget(5, 10))
    assert came.readings == 5
    assert seen == ["a", "b", "a", "b", "a", "b", "a"]


def test_what_comes_before_a_call_is_not_timed_and_no_warm_up_leaves_cases_fresh():
    seen, before = [], []
    came = pace(seen.append, ["a", "b"], Budget(2, 10), before=before.append, warm=0)
    assert (came.readings, seen, before) == (2, ["a", "b"], ["a", "b"])


def test_a_case_of_review_has_a_long_draft_and_ten_turns_with_the_customer_last():
    customers = [f"customer {number}" for number in range(12)]
    agents = ["word " * 100, "other " * 90]
    made = list(cases(customers, agents, 5))
    assert len(made) == 2  # the customers' messages suffice for two
    assert all(DRAFT * 3 // 4 <= len(case.draft) <= DRAFT for case in made)
    for case in made:
        assert [turn.author for turn in case.history] == ["agent", "customer"] * (HISTORY // 2)
    told = [turn.text for case in made for turn in case.history if turn.author == "customer"]
    assert len(set(told)) == len(told)


def test_review_speed_types_on_only_where_the_conversation_is_known(monkeypatch):
    seen = []
    monkeypatch.setattr(type(engine()), "review", lambda _, draft, **more: seen.append((draft, more["history"])))
    table = review_speed(TINY)
    assert [row[0] for row in table.rows] == [
        f"{lang}, {how}" for lang in ("ru", "pl", "en") for how in ("first", "typed on")
    ]
    known = set()
    for (earlier, _), (draft, history) in pairwise(seen):
        if draft.startswith(earlier) and draft != earlier:
            assert history in known
        known.add(history)


# -- quality -----------------------------------------------------------------------------------------------------------


def test_quality_of_given_lines_polite_questions_and_reasons(labelled, tmp_path):
    polite = tmp_path / "polite.jsonl"
    polite.write_text('{"text": "How do I change my address?"}\n\n{"text": "Where is my card?"}\n', encoding="utf-8")
    tables = {table.name: table for table in quality([labelled], polite, most=12)}
    assert list(tables) == ["quality", "proofs", "polite", "reasons", "peers-quality"]
    assert any(row[:2] == (short(labelled), "2") for row in tables["quality"].rows)
    assert any(row[:4] == (short(labelled), "threat", "1", "1") for row in tables["proofs"].rows)
    assert tables["polite"].rows[0][0] == "2"
    assert tables["reasons"].rows[0][2] == "0"
    assert {row[1] for row in tables["peers-quality"].rows} >= {"Zgoda"}


def test_lines_kept_apart_come_in_every_language():
    assert {line["lang"] for line in kept_apart().lines} == {"ru", "pl", "en"}


def test_lines_for_measuring_are_pooled_over_languages(tmp_path):
    for language in ("en", "pl"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "threat.jsonl").write_text(f'{{"lang": "{language}"}}\n', encoding="utf-8")
    assert written_for_measuring(tmp_path) == [LineSet("kept/threat", [{"lang": "en"}, {"lang": "pl"}])]
    assert written_for_measuring(tmp_path / "none") == []


def test_quality_of_replies_has_all_its_tables(tmp_path, monkeypatch):
    counts = Counter(gold=4, found=2, matched=1, due=1, dated=1, dated_due=1)
    monkeypatch.setattr(replies, "measure", lambda *_: counts)
    path = tmp_path / "replies.jsonl"
    calm = {
        "id": "1",
        "lang": "en",
        "customer": "",
        "text": "You must calm down.",
        "acts": [],
        "findings": ["calm_down"],
    }
    path.write_text(json.dumps(calm) + "\n" + '{"id": "2"}\n', encoding="utf-8")
    tables = {table.name: table for table in reply_quality([path], most=9)}
    assert list(tables) == ["replies", "findings", "catalogue", "promises", "conversations"]
    row = next(row for row in tables["replies"].rows if row[0] == short(path))
    assert (row[1], row[3], row[5]) == ("1", "0", "1")
    assert any("1 lines could not be used" in note for note in tables["replies"].notes)
    assert {row[0] for row in tables["findings"].rows} <= set(FINDINGS)
    assert [row[0] for row in tables["catalogue"].rows] == ["ru", "pl", "en", "all"]
    assert tables["promises"].rows[0] == ("ru", "4", "2", "0.500", "0.250", "0.333", "1.000", "1.000")
    assert tables["conversations"].rows[0][0] == "kept apart"


def test_replies_kept_apart_come_in_every_language_with_their_labels():
    lines = kept_replies().lines
    assert {line["lang"] for line in lines} == {"ru", "pl", "en"}
    assert {kind for line in lines for kind in line["findings"]} == set(FINDINGS)


def test_kinds_beside_the_first_of_a_heading_exist():
    assert {kind for kinds in ALSO.values() for kind in kinds} <= {*FINDINGS, *NOTICES}


def test_the_first_conversations_of_a_file_are_not_measured(tmp_path):
    path = tmp_path / "en.jsonl"
    path.write_text("".join(json.dumps({"id": number}) + "\n" for number in range(12)), encoding="utf-8")
    assert [line["id"] for line in kept_conversations(tmp_path).lines] == [10, 11]


def test_a_line_that_is_no_conversation_is_refused():
    with pytest.raises(InputError, match="turns"):
        guider()({"id": "1"})


def test_a_set_is_cut_evenly():
    assert LineSet("x", [{"n": n} for n in range(10)]).cut(5).lines == [{"n": n} for n in range(0, 10, 2)]
    assert len(LineSet("x", [{}] * 3).cut(None).lines) == 3


def test_given_files_keep_their_names(labelled):
    assert [(one.name, len(one.lines)) for one in given([labelled])] == [(short(labelled), 2)]


# -- what is watched ---------------------------------------------------------------------------------------------------


def reading(**more):
    whole = {"sentences": (Sentence(0, 3, "other"),), "reasons": (Reason("state:calm", 0, 3, "x", rule="default"),)}
    return Reading("en", "calm", 5, **{**whole, **more})


def test_a_sound_reading_has_no_faults():
    assert not [*loose_spans("abc", reading()), *unexplained(reading())]


@pytest.mark.parametrize("span", [Span("threat", 2, 9, "c"), Span("threat", -1, 1, "a"), Span("threat", 1, 1, "")])
def test_spans_outside_the_text_are_told(span):
    assert any("outside" in fault for fault in loose_spans("abc", reading(abuse=(span,))))


@pytest.mark.parametrize(
    ("span", "fault"),
    [
        (Span("apology", 2, 9, "c"), "outside"),
        (Span("apology", 1, 1, ""), "outside"),
        (Span("apology", 0, 2, "xy"), "hold"),
    ],
)
def test_loose_marks_of_a_review_are_told(span, fault):
    assert [fault in told for told in loose_marks("abc", Review("en", acts=(span,)))] == [True]
    assert not list(loose_marks("abc", Review("en", acts=(Span("apology", 0, 2, "ab"),))))


def test_wrong_words_and_missing_reasons_are_told():
    loose = reading(signals=(Span("legal", 0, 2, "xy"),), demands=("refund",))
    assert any("does not hold" in fault for fault in loose_spans("abc", loose))
    assert list(unexplained(loose)) == ["signals:legal has no reason", "demands:refund has no reason"]


def test_the_watch_counts_what_it_reads():
    watch = Watch()
    watch.read("Where is my order 4412?")
    assert (watch.readings, watch.faults) == (1, [])
    assert watch.labels >= 1


# -- the page ----------------------------------------------------------------------------------------------------------


def test_tables_are_saved_in_their_marked_places(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- one -->\nold\n<!-- /one -->\nafter\n", encoding="utf-8")
    tables = [Table("one", "One", ("a", "b"), [("x", r"1\2")], asides=["theirs"]), Table("two", "Two", ("a",))]
    assert save(tables, "a machine", "./run bench", page) == ["two"]
    text = page.read_text(encoding="utf-8")
    assert "old" not in text
    assert "theirs" not in text
    assert "theirs" in str(tables[0])
    assert r"| x | 1\2 |" in text
    assert "a machine; `./run bench`" in text
    assert text.startswith("before\n<!-- one -->\n")
    assert text.endswith("<!-- /one -->\nafter\n")


def test_the_page_has_a_place_for_every_table():
    text = PAGE.read_text(encoding="utf-8")
    reading = ("speed", "peers-speed", "start", "growth", "quality", "proofs", "polite", "reasons", "peers-quality")
    for name in (*reading, "review-speed", "replies", "findings", "catalogue", "promises", "conversations"):
        assert f"<!-- {name} -->\n" in text
        assert f"<!-- /{name} -->" in text


def test_the_command_is_told_without_folders(tmp_path):
    wishes = bench._parser().parse_args(["quality", "--polite", str(tmp_path / "data" / "polite.jsonl.gz")])
    assert bench._command(wishes) == "./run bench quality --polite data/polite.jsonl.gz"
    wishes = bench._parser().parse_args(["replies", "--replies", str(tmp_path / "ru" / "replies.jsonl")])
    assert bench._command(wishes) == "./run bench replies --replies ru/replies.jsonl"


# -- proofs ------------------------------------------------------------------------------------------------------------


def test_proofs_are_listed(capsys):
    assert prove([]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(PROOFS)


def test_fuzz_runs_and_is_the_same_for_the_same_seed(capsys):
    told = []
    for _ in range(2):
        assert prove(["fuzz", "--rounds", "3", "--seed", "7"]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert "21 inputs, 0 faults" in told[0]


def test_a_break_in_the_engine_fails_the_fuzz(monkeypatch, capsys):
    monkeypatch.setattr(type(engine()), "read", lambda *_, **__: 1 / 0)
    assert prove(["fuzz", "--rounds", "1"]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_every_hostile_text_has_its_length():
    import random

    for name, make in TEXTS.items():
        for a, b in pairwise([0, 1, 57, 300]):
            assert len(make(b, random.Random(1))) >= len(make(a, random.Random(1))), name
        assert 0 < len(make(300, random.Random(1))) <= 300, name


def test_linear_runs_on_chosen_texts(capsys):
    assert PROOFS["linear"][1](argparse.Namespace(only=["parentheses"], longest=500, seed=1)) in (True, False)
    assert "parentheses" in capsys.readouterr().out


def test_the_proof_of_reviews_runs_and_its_fuzz_is_the_same_for_the_same_seed(capsys):
    told = []
    for _ in range(2):
        prove(["review", "--rounds", "5", "--longest", "600", "--only", "parentheses", "--seed", "7"])
        told.append(capsys.readouterr().out)
    fuzz = [out.split("seed 7", 1)[0] for out in told]
    assert fuzz[0] == fuzz[1]
    assert "10 inputs, 0 faults" in told[0]
    assert "parentheses" in told[0]


@pytest.mark.parametrize("door", ["review", "guide_turns"])
def test_a_break_in_review_or_guide_fails_the_proof(monkeypatch, door):
    monkeypatch.setattr(type(engine()), door, lambda *_, **__: 1 / 0)
    fuzz = review_proof._Fuzz(1)
    fuzz.review()
    fuzz.guide()
    assert [fault.split(":")[0] for fault in fuzz.faults] == ["ZeroDivisionError"]


def test_mail_proof_wants_a_folder_that_is_there_and_reads_it(tmp_path, capsys):
    assert prove(["mail", str(tmp_path / "nothing")]) == 1
    (tmp_path / "a.eml").write_bytes(b"From: a@b.example\r\n\r\nHello there")
    head = "file\tfrom_address\tsubject_has\tbody_has\tattachments_min\tauto_generated\tnote\n"
    (tmp_path / "EXPECT.tsv").write_text(head + "a.eml\ta@b.example\t\tHello\t0\tno\t\n", encoding="utf-8")
    assert engine_reads(tmp_path)
    assert "1 of 1 mails as expected" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["mail", "--mails", "20"], ["kill", "--kills", "2"]])
def test_the_proofs_of_the_desk_hold_in_small(arguments):
    done = subprocess.run(  # in a process of its own: a process has one home folder
        [sys.executable, "-m", "bench.proofs", *arguments], capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "lost 0, doubled 0" in done.stdout
