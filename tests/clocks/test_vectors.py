"""The worked dates of the design's clocks, section 10: they must come out exactly."""

from datetime import date

import pytest

from zgoda.clocks import due

# row, start, raw end (None where the term is counted in business days), legal due
PLAIN = [
    ("pl-consumer-general", "2026-11-20", "2026-12-04", "2026-12-04"),
    ("pl-consumer-general", "2026-12-10", "2026-12-24", "2026-12-28"),
    ("pl-consumer-general", "2026-10-28", "2026-11-11", "2026-11-12"),
    ("pl-consumer-general", "2026-04-22", "2026-05-06", "2026-05-06"),
    ("pl-finance", "2026-11-26", "2026-12-26", "2026-12-28"),
    ("pl-payments", "2026-12-16", None, "2027-01-12"),
    ("pl-payments", "2026-10-26", None, "2026-11-17"),
    ("ru-goods-money", "2026-11-20", "2026-11-30", "2026-11-30"),
    ("ru-goods-money", "2026-10-25", "2026-11-04", "2026-11-05"),
    ("ru-goods-money", "2026-12-22", "2027-01-01", "2027-01-11"),
    ("ru-finance", "2026-10-26", None, "2026-11-17"),
    ("ru-finance", "2026-12-18", None, "2027-01-18"),
    ("uk-fca-3bd", "2026-11-20", None, "2026-11-25"),
    ("uk-fca-3bd", "2026-12-23", None, "2026-12-30"),
    ("uk-fca-8w", "2026-11-20", "2027-01-15", "2027-01-15"),
    ("uk-fca-psd", "2026-12-23", None, "2027-01-18"),
    ("uk-ofcom", "2026-11-20", "2027-01-01", "2027-01-01"),
    ("us-cfpb", "2026-11-20", "2026-12-05", "2026-12-05"),
]
EXTENDED = [
    ("pl-payments", "2026-12-16", "2027-02-09"),
    ("ru-finance", "2026-10-26", "2026-12-01"),
    ("ru-finance", "2026-12-18", "2027-02-01"),
    ("us-cfpb", "2026-11-20", "2027-01-19"),
]
CALENDARS = {"pl": "pl", "ru": "ru-statutory", "uk": "gb-eaw", "us": "us-federal"}


@pytest.mark.parametrize("named", [False, True], ids=["default calendar", "calendar by name"])
@pytest.mark.parametrize(("row", "start", "raw_end", "legal_due"), PLAIN)
def test_worked_date_comes_out(row, start, raw_end, legal_due, named):
    answer = due(row, date.fromisoformat(start), calendar=CALENDARS[row[:2]] if named else None)
    assert str(answer.legal_due) == legal_due
    if raw_end:
        assert str(answer.raw_end) == raw_end


@pytest.mark.parametrize(("row", "start", "legal_due"), EXTENDED)
def test_worked_extension_comes_out(row, start, legal_due):
    assert str(due(row, date.fromisoformat(start), extended=True).legal_due) == legal_due


def test_russian_moved_days_make_it_a_day_later():
    answer = due("ru-finance", date(2026, 12, 18), calendar="ru")
    assert answer.legal_due == date(2027, 1, 19)


def test_russian_default_tells_what_the_moved_days_would_make_of_it():
    answer = due("ru-finance", date(2026, 12, 18))
    assert any("2027-01-19" in note for note in answer.notes)


def test_other_parts_of_the_united_kingdom_have_their_own_holidays():
    england = due("uk-fca-3bd", date(2026, 11, 27))
    scotland = due("uk-fca-3bd", date(2026, 11, 27), calendar="gb-sct")  # St Andrew's Day
    assert (england.legal_due, scotland.legal_due) == (date(2026, 12, 2), date(2026, 12, 3))
