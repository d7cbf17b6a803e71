"""The shipped rows are whole, a company's rows lie over them, and faults are told all at once."""

from datetime import date

import pytest

from tests.clocks.page import PAGE, table
from zgoda.clocks import Book, book_of, due, load_book
from zgoda.clocks.tables import all_tables
from zgoda.errors import ContentError
from zgoda.rules.loader import load_content

GOOD = {"jurisdiction": "PL", "sector": "x", "trigger": "t", "days": 3, "source": "s", "as_of": "2026", "cert": "own"}


def write(folder, name, text):
    path = folder / "common" / "tables" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def faults(**fields):
    tables = all_tables()
    tables["rows"] = {"mine": {**GOOD, **fields}}
    with pytest.raises(ContentError) as told:
        Book.of(tables)
    return told.value.faults


# -- what is shipped ---------------------------------------------------------------------------------------------------


def test_rows_from_memory_to_be_verified_are_switched_off():
    for row in load_book().rows.values():
        assert row.enabled == (row.cert != "D"), row.id


def test_every_row_has_source_date_and_certainty():
    for row in load_book().rows.values():
        assert row.source, row.id
        assert row.as_of, row.id
        assert row.cert in "ABCD", row.id
        assert (row.days is None) == bool(row.no_term), row.id


def test_every_table_of_the_design_is_there():
    rows = load_book().rows
    assert {row.jurisdiction for row in rows.values()} == {
        "PL", "RU", "KZ", "BY", "CIS", "EU", "UK", "IE", "US", "AU", "CA",
    }  # fmt: skip
    assert len(rows) == 110


def test_no_row_sends_anybody_to_the_closed_odr_platform():
    row = load_book().rows["eu-odr"]
    assert row.days is None
    assert "abolished" in row.no_term


def test_page_holds_every_row_as_it_stands_in_content():
    text = PAGE.read_text(encoding="utf-8")
    start, end = "<!-- rows -->\n", "<!-- /rows -->"
    assert text[text.index(start) + len(start) : text.index(end)] == table(load_book())


def test_book_of_loaded_content_is_the_same():
    assert book_of(load_content(strict=False).tables["common"]).rows == load_book().rows


# -- a company's own rows ----------------------------------------------------------------------------------------------


def test_company_changes_single_fields_of_a_row(tmp_path):
    write(tmp_path, "clocks_acme.toml", "[rows.pl-consumer-general]\ndays = 7\n")
    book = load_book((tmp_path,))
    answer = due("pl-consumer-general", date(2026, 11, 20), book=book)
    assert answer.legal_due == date(2026, 11, 27)
    assert answer.source == load_book().rows["pl-consumer-general"].source
    assert load_book().rows["pl-consumer-general"].days == 14


def test_file_of_the_same_name_keeps_the_other_rows(tmp_path):
    write(tmp_path, "clocks_pl.toml", "[rows.pl-gas]\nenabled = true\ncert = 'B'\n")
    book = load_book((tmp_path,))
    assert book.rows["pl-gas"].enabled
    assert len(book.rows) == len(load_book().rows)


def test_company_publishes_a_promise_of_its_own(tmp_path):
    text = """
    [rows.acme-answer]
    kind = "own_promise"
    jurisdiction = "PL"
    sector = "any"
    trigger = "complaint_received"
    days = 2
    day_kind = "business"
    source = "our terms, 4"
    as_of = "2026-11"
    cert = "own"
    """
    book = load_book((write(tmp_path, "clocks_acme.toml", text),))
    assert due("acme-answer", date(2026, 12, 23), book=book).legal_due == date(2026, 12, 29)
    assert "acme-answer" in [row.id for row in book.matching("PL", "telecom")]


def test_company_adds_days_off_and_hours(tmp_path):
    text = """
    [calendars.acme]
    country = "PL"
    extra = ["2026-11-27"]
    [company]
    zone = "Europe/Warsaw"
    calendar = "acme"
    [company.hours]
    fri = ["10:00-12:00"]
    """
    book = load_book((write(tmp_path, "calendars_acme.toml", text),))
    answer = due("pl-payments", date(2026, 11, 26), calendar="acme", book=book)
    assert answer.legal_due == date(2026, 12, 18)
    assert book.settings.hours.week[4] == ((600, 720),)
    assert book.settings.hours.week[0] == ((540, 1020),)


def test_empty_field_takes_a_value_away(tmp_path):
    write(tmp_path, "clocks_acme.toml", "[rows.pl-finance]\nextension = ''\n")
    assert load_book((tmp_path,)).rows["pl-finance"].extension is None


# -- faults ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"days": -1}, "days: expected a number"),
        ({"days": True}, "days: expected a number"),
        ({"day_kind": "fortnight"}, "day_kind: expected one of calendar"),
        ({"jurisdiction": "XX"}, "jurisdiction: 'XX' is not among"),
        ({"calendar": "mars"}, "no calendar 'mars'"),
        ({"source": ""}, "source: missing"),
        ({"valid_from": "soon"}, "valid_from: expected a day"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "lies before valid_from"),
        ({"extension": {"days": 5}}, "extension: expected"),
        ({"extension": {"days": 0, "day_kind": "weeks"}}, "extension: days"),
        ({"cert": "D"}, "to be verified first"),
        ({"no_term": "soon"}, "the row has days"),
        ({"days": ""}, "days: missing"),
        ({"applies_to": "consumer"}, "applies_to: expected a list"),
        ({"enabled": "yes"}, "enabled: expected true or false"),
        ({"dayz": 3}, "unknown field 'dayz'"),
    ],
)
def test_fault_of_a_row_names_row_and_field(fields, words):
    assert any(one.startswith("clocks: rows.mine: ") and words in one for one in faults(**fields))


def test_all_faults_are_told_at_once():
    assert len(faults(days=-1, cert="Z", trigger="")) == 3


def test_broken_file_and_missing_folder_are_told(tmp_path):
    write(tmp_path, "clocks_acme.toml", "[rows")
    with pytest.raises(ContentError, match=r"clocks_acme\.toml:1: not readable"):
        load_book((tmp_path,))
    with pytest.raises(ContentError, match="no such content folder"):
        load_book((tmp_path / "gone",))


def test_fault_of_settings_is_told(tmp_path):
    text = "[calendars.x]\nweek = ['someday']\n[jurisdictions.PL]\ncalendar = 'y'\n[own.answer]\nminutes = 0\n"
    write(tmp_path, "calendars_acme.toml", text)
    with pytest.raises(ContentError) as told:
        load_book((tmp_path,))
    assert [one.split(":")[0] for one in told.value.faults] == ["calendars.x", "jurisdictions.PL", "own.answer"]
