"""Files of ready replies: delimiters, headers, charsets, exports of help desks."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zgoda import values
from zgoda.doors.json_fields import Failure
from zgoda.doors.macros import Columns, MacroRow, macro_rows
from zgoda.errors import InputError

TABLE = tomllib.loads(
    (Path(values.__file__).parents[1] / "content" / "common" / "tables" / "macros.toml").read_text("utf-8")
)


def rows(raw, **asked):
    return list(macro_rows(raw, Columns(TABLE["columns"], **asked), TABLE))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_delimiter_is_told_by_the_header(sign):
    text = f'id{sign}title{sign}body\n7{sign}Refund{sign}"Hello, we; are\tsorry."\n'
    assert rows(text) == [MacroRow(2, "7", "Refund", "Hello, we; are\tsorry.")]


@pytest.mark.parametrize("header", ["Text", " BODY ", "content", "reply", "Treść", "Ответ", "Szablon"])
def test_column_of_text_is_known_by_its_name(header):
    assert [row.text for row in rows(f"nr,{header}\n1,Hello\n")] == ["Hello"]


def test_rows_count_as_in_a_spreadsheet_whatever_lines_a_reply_has():
    assert [row.number for row in rows('title,text\nA,"one\n\ntwo"\nB,three\n')] == [2, 3]


def test_row_without_an_id_is_named_by_its_number():
    assert [row.id for row in rows("id,text\n,Hello\nx,Hi\n")] == [2, "x"]


def test_rows_without_a_text_are_left_out():
    assert [row.number for row in rows("id,text\n1,\n2\n\n3,Hello\n")] == [5]


def test_columns_may_be_named():
    assert rows("a,b,text\n1,Hello,no\n", text="B", id="a") == [MacroRow(2, "1", "", "Hello")]


@pytest.mark.parametrize(
    ("text", "asked", "fault"),
    [
        ("a,b\n1,2\n", {}, "no column of text is known among 'a', 'b'"),
        ("a,text\n1,2\n", {"text": "reply"}, "no column 'reply' among 'a', 'text'"),
        ("a,text\n1,2\n", {"id": "key"}, "no column 'key'"),
        ("", {}, "among none"),
        ('{"a": 1}', {}, "expected a list of macros"),
        ("[1, ", {}, "not JSON"),
        ("[" * 100_000, {}, "nested too deeply"),
    ],
)
def test_file_without_macros_is_refused_with_the_reason(text, asked, fault):
    with pytest.raises(InputError, match=fault):
        rows(text, **asked)


def test_reply_longer_than_the_csv_library_likes_is_read():
    assert len(rows(f"id,text\n1,{'a' * 200_000}\n")[0].text) == 200_000


@pytest.mark.parametrize("wrap", [lambda all_: all_, lambda all_: {"macros": all_}, lambda all_: {"templates": all_}])
def test_json_is_a_list_or_an_object_that_holds_one(wrap):
    text = json.dumps(wrap([{"id": 5, "name": "Zwrot", "content": "Dzień dobry"}]))
    assert rows(text) == [MacroRow(1, 5, "Zwrot", "Dzień dobry")]


def test_actions_of_a_help_desk_that_write_to_the_customer_are_taken():
    macro = {
        "id": 360,
        "title": "Close",
        "actions": [
            {"field": "status", "value": "solved"},
            {"field": "comment_value", "value": ["channel:all", "Hello {{ticket.requester.name}}"]},
            {"field": "comment_value_html", "value": "<p>Bye</p>"},
            {"field": "comment_value", "value": None},
        ],
    }
    assert rows(json.dumps({"macros": [macro]})) == [
        MacroRow(1, 360, "Close", "Hello {{ticket.requester.name}}"),
        MacroRow(1, 360, "Close", "<p>Bye</p>"),
    ]


def test_bad_macro_is_told_on_its_place_and_the_rest_is_read():
    found = rows(json.dumps([{"text": 5, "id": "x"}, "no", {"id": 1}, {"text": "Hello"}]))
    assert found[:3] == [
        Failure("x", "row 1: text must be a string, came a number"),
        Failure(None, "row 2: expected an object, came a string"),
        Failure(1, "row 3: no column of text is known among 'id'; name it with --text-column"),
    ]
    assert found[3] == MacroRow(4, 4, "", "Hello")


@given(st.text(st.sampled_from('id,text;\t"\n\r[]{}:x'), max_size=80))
def test_any_text_has_rows_or_is_refused(text):
    try:
        found = rows(text)
    except InputError:
        return
    assert all(isinstance(row, (MacroRow, Failure)) for row in found)
