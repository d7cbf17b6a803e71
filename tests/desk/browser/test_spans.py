"""Spans on the page: code points against UTF-16, and spans that an edit moves, run in a real browser."""

import random

import pytest

from tests.desk.browser.fake_desk import fake_desk

LETTERS = "аб😀 \nż👨‍👩‍👧e\u0301"
CALL = "([name, args]) => import('/static/zgoda/js/spans.js').then(spans => spans[name](...args))"


@pytest.fixture
def spans(new_page):
    with fake_desk() as desk:
        page = new_page(desk.url)
        page.goto("/")
        yield lambda name, *args: page.evaluate(CALL, [name, list(args)])


def units(text):
    return len(text.encode("utf-16-le")) // 2


def some_text(rng, longest=30):
    return "".join(rng.choice(LETTERS) for _ in range(rng.randrange(longest)))


def test_code_points_become_units(spans):
    rng = random.Random(1)
    for _ in range(40):
        text = some_text(rng)
        start = rng.randrange(len(text) + 1)
        end = rng.randrange(start, len(text) + 1)
        (told,) = spans("inUnits", text, [{"start": start, "end": end}])
        assert (told["start"], told["end"]) == (units(text[:start]), units(text[:end]))
        assert spans("toPoints", text, told["end"]) == end


def test_index_beyond_the_end_is_the_end(spans):
    assert spans("inUnits", "a😀", [{"start": 1, "end": 9}]) == [{"start": 1, "end": 3}]


def test_a_span_before_an_edit_stays_and_one_behind_it_moves(spans):
    edit = spans("difference", "Да. Перезвоню.", "Да, Марина. Перезвоню.")
    assert spans("carried", {"start": 4, "end": 14}, edit) == {"start": 12, "end": 22}
    assert spans("carried", {"start": 0, "end": 2}, edit) == {"start": 0, "end": 2}


def test_a_touched_span_keeps_its_beginning_only(spans):
    edit = spans("difference", "Перезвоню вам скоро", "Перезвоню Вам скоро")
    assert spans("carried", {"start": 0, "end": 19}, edit) == {"start": 0, "end": 10, "stale": True}
    assert spans("carried", {"start": 10, "end": 19}, edit) is None


def test_carried_spans_never_leave_the_text_and_keep_their_letters(spans):
    rng = random.Random(2)
    for _ in range(60):
        before = some_text(rng).replace("😀", "q")
        before = "".join(letter for letter in before if ord(letter) < 0x10000)
        cut = rng.randrange(len(before) + 1)
        upto = rng.randrange(cut, len(before) + 1)
        after = before[:cut] + rng.choice(["", "новое", "x"]) + before[upto:]
        start = rng.randrange(len(before) + 1)
        end = rng.randrange(start, len(before) + 1)
        told = spans("carried", {"start": start, "end": end}, spans("difference", before, after))
        if told is None:
            continue
        assert 0 <= told["start"] <= told["end"] <= len(after)
        letters = after[told["start"] : told["end"]]
        assert before[start:end].startswith(letters) if told.get("stale") else letters == before[start:end]
