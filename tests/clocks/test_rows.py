"""Terms by row: safe day, extension, validity, certainty, warnings, and a word for every mistake."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zgoda.clocks import due, load_book, matching_rows
from zgoda.clocks.counting import add_months
from zgoda.errors import InputError

WARSAW = ZoneInfo("Europe/Warsaw")
ROWS = load_book().rows
COUNTED = sorted(row.id for row in ROWS.values() if row.days is not None)


# -- legal and safe ----------------------------------------------------------------------------------------------------


def test_safe_day_is_the_last_working_day_before_the_raw_end():
    answer = due("pl-finance", date(2026, 11, 26))  # raw end on a Saturday after three days off
    assert (answer.raw_end, answer.safe_due) == (date(2026, 12, 26), date(2026, 12, 23))


def test_calendar_asked_for_is_kept_to_the_letter_for_the_safe_day():
    start = date(2026, 12, 22)  # 31 December 2026 is a moved day off
    assert due("ru-goods-money", start, calendar="ru-statutory").safe_due == date(2026, 12, 31)
    assert due("ru-goods-money", start).safe_due == date(2026, 12, 30)


def test_safe_day_never_lies_before_the_trigger():
    assert due("pl-adr-statement", date(2026, 11, 22)).safe_due == date(2026, 11, 22)


def test_business_term_that_begins_on_a_day_off_counts_from_the_next_working_day():
    assert due("ru-finance-register", date(2026, 11, 21)).legal_due == date(2026, 11, 23)


def test_month_ends_on_the_last_day_of_a_shorter_month():
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_day_of_the_trigger_is_that_of_the_firm():
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # already the 21st in Warsaw
    assert due("pl-consumer-general", late).legal_due == date(2026, 12, 7)
    assert due("pl-consumer-general", late, zone="Europe/London").legal_due == date(2026, 12, 4)


@given(st.sampled_from(COUNTED), st.dates(date(1993, 1, 1), date(2080, 1, 1)), st.booleans())
def test_days_stand_in_order(identity, start, extended):
    row = ROWS[identity]
    assume(row.valid(start, start))
    longer = extended and row.extension is not None
    answer = due(identity, start, contract=start, allow_disabled=True, extended=longer)
    assert start <= answer.safe_due <= answer.raw_end <= answer.legal_due
    assert answer.safe_due < answer.raw_end or answer.safe_due == start
    assert [one.at for one in answer.warnings] == sorted(one.at for one in answer.warnings)
    assert answer.warnings[-1].at < answer.due_at


@given(st.sampled_from(COUNTED), st.dates(date(2027, 1, 1), date(2080, 1, 1)))
def test_a_later_beginning_is_never_due_earlier(identity, start):
    assume(ROWS[identity].valid(start, start) and ROWS[identity].valid(start + timedelta(days=1), start))
    one, two = (due(identity, day, contract=start, allow_disabled=True) for day in (start, start + timedelta(days=1)))
    assert one.legal_due <= two.legal_due


# -- warnings and now --------------------------------------------------------------------------------------------------


def test_warnings_come_at_half_at_four_fifths_on_the_safe_and_on_the_legal_day():
    answer = due("pl-consumer-general", datetime(2026, 11, 20, tzinfo=WARSAW))
    assert [(one.kind, one.at.strftime("%m-%d %H:%M")) for one in answer.warnings] == [
        ("50%", "11-27 12:00"),
        ("80%", "12-02 00:00"),
        ("safe_due", "12-03 00:00"),
        ("legal_due", "12-04 00:00"),
    ]
    assert answer.due_at == datetime(2026, 12, 5, tzinfo=WARSAW)


def test_now_tells_what_has_passed():
    start = date(2026, 11, 20)
    early, late, over = (
        due("pl-consumer-general", start, now=datetime(2026, month, day, 12, tzinfo=WARSAW))
        for month, day in ((11, 21), (12, 3), (12, 5))
    )
    assert (early.status, early.passed, early.left) == ("running", (), 13)
    assert (late.status, late.passed, late.left) == ("warned", ("50%", "80%", "safe_due"), 1)
    assert (over.status, over.left) == ("over", -1)


def test_pauses_never_stop_a_term_by_law():
    pause = (datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC))
    answer = due("pl-consumer-general", date(2026, 11, 20), pauses=[pause])
    assert answer.legal_due == date(2026, 12, 4)
    assert any("never stops" in note for note in answer.notes)


def test_dates_beyond_the_known_holidays_are_provisional():
    assert not due("pl-consumer-general", date(2026, 11, 20)).provisional
    answer = due("pl-consumer-general", date(2029, 11, 20))
    assert answer.provisional
    assert any("2027-12-31" in note for note in answer.notes)


def test_rule_without_a_number_gives_no_date():
    answer = due("pl-upk-repair", date(2026, 11, 20), now=datetime(2026, 11, 21, tzinfo=UTC))
    assert (answer.legal_due, answer.safe_due, answer.due_at, answer.status) == (None, None, None, "no_term")
    assert answer.notes[0].startswith("no fixed term: a reasonable time")


def test_extension_tells_until_when_its_notice_has_to_be_sent():
    answer = due("pl-finance", date(2026, 11, 20), extended=True)
    assert answer.legal_due == date(2027, 1, 19)
    assert any("2026-12-21" in note for note in answer.notes)


def test_wire_form_holds_dates_source_and_certainty():
    wire = due("pl-consumer-general", date(2026, 11, 20)).as_dict()
    assert {name: wire[name] for name in ("row", "since", "legal_due", "safe_due", "raw_end", "certainty")} == {
        "row": "pl-consumer-general",
        "since": "2026-11-20",
        "legal_due": "2026-12-04",
        "safe_due": "2026-12-03",
        "raw_end": "2026-12-04",
        "certainty": "A",
    }
    assert wire["source"]
    assert wire["legal_advice"] is False


# -- old and new law ---------------------------------------------------------------------------------------------------


def test_old_ofcom_term_holds_for_old_complaints():
    assert due("uk-ofcom-old", date(2026, 4, 7)).legal_due == date(2026, 6, 2)
    with pytest.raises(InputError, match="In force then: uk-ofcom-old"):
        due("uk-ofcom", date(2026, 4, 7))
    with pytest.raises(InputError, match="In force then: uk-ofcom"):
        due("uk-ofcom-old", date(2026, 4, 8))


def test_old_polish_warranty_depends_on_the_contract():
    start = date(2026, 11, 20)
    assert due("pl-kc-5615-old", start, contract=date(2022, 12, 31)).legal_due == date(2026, 12, 4)
    with pytest.raises(InputError, match="give contract"):
        due("pl-kc-5615-old", start)
    with pytest.raises(InputError, match="contracts"):
        due("pl-kc-5615-old", start, contract=date(2023, 1, 1))


# -- mistakes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: due("pl-consumer-generl", date(2026, 1, 1)), "Near: pl-consumer-general"),
        (lambda: due("", date(2026, 1, 1)), "no clock has the id"),
        (lambda: due("pl-gas", date(2026, 1, 1)), "switched off: its certainty is D"),
        (lambda: due("pl-finance", datetime(2026, 1, 1)), "since needs a time zone"),
        (lambda: due("pl-finance", date(2026, 1, 1), now=datetime(2026, 1, 1)), "now needs a time zone"),
        (lambda: due("pl-finance", date(2026, 1, 1), zone="Europe/Warsw"), "no time zone 'Europe/Warsw'"),
        (lambda: due("pl-finance", date(2026, 1, 1), calendar="poland"), "no calendar has the name"),
        (lambda: due("pl-finance", "2026-01-01"), "since must be a date"),
        (lambda: due("pl-finance", date(1900, 1, 1)), "dates are computed from"),
        (lambda: due("pl-finance", datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))), "dates are computed from"),
        (lambda: due("pl-finance", date(2099, 12, 30)), "dates are computed from"),
        (lambda: due("pl-consumer-general", date(2026, 1, 1), extended=True), "has no extension"),
        (lambda: due("pl-finance", date(2026, 1, 1), minutes=5), "counts in days"),
        (lambda: matching_rows("XX"), "no clocks for the jurisdiction"),
        (lambda: matching_rows("PL", "telecoms"), "Near: telecom"),
    ],
)
def test_mistake_is_told_in_words(call, words):
    with pytest.raises(InputError, match=words):
        call()


def test_switched_off_row_can_be_seen_on_demand():
    answer = due("pl-gas", date(2026, 11, 20), allow_disabled=True)
    assert (answer.legal_due, answer.enabled) == (date(2026, 12, 4), False)


# -- which rows match --------------------------------------------------------------------------------------------------


def test_every_row_that_matches_is_shown_the_earliest_first():
    found = matching_rows("PL", "payments", on=date(2026, 11, 20))
    ids = [row.id for row in found]
    assert {"pl-payments", "eu-psd2", "pl-consumer-general", "pl-gdpr"} <= set(ids)
    ends = [due(row.id, date(2026, 11, 20)).legal_due or date.max for row in found]
    assert ends == sorted(ends)


def test_rows_out_of_force_do_not_match():
    assert "uk-ofcom-old" not in [row.id for row in matching_rows("UK", "telecom", on=date(2026, 11, 20))]
    assert [row.id for row in matching_rows("GB", "telecom", on=date(2026, 1, 1))] == ["uk-ofcom-old"]


def test_demand_channel_and_customer_narrow_the_rows():
    ids = {row.id for row in matching_rows("RU", "goods", demand="replacement")}
    assert "ru-goods-replace" in ids
    assert "ru-goods-money" not in ids
    shop = {row.id for row in matching_rows("PL", "telecom", channel="face_to_face")}
    assert ("pl-telecom-ack-shop" in shop, "pl-telecom-ack" in shop) == (True, False)
    assert [row.id for row in matching_rows("RU", "marketplace", "business")] == ["ru-platform"]


def test_unverified_rows_may_be_left_out():
    assert matching_rows("IE", "finance", disabled=False)[0].jurisdiction == "EU"
    assert any(row.id == "ie-cpc-ack" for row in matching_rows("IE", "finance"))
