from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.desk.cast import NOW, WEEK, Cast, make_conversation
from zgoda_desk.accounts.models import Hours
from zgoda_desk.audit.models import Entry
from zgoda_desk.conversations.models import LiveEvent
from zgoda_desk.workflow.answer import Reply, send_reply
from zgoda_desk.workflow.promises import found_in, moment, sentence


def _hours(**fields: object) -> Hours:
    made = {"zone": "Europe/Warsaw", "calendar": "pl", "weekly": WEEK, "closed": []} | fields
    return Hours(name="h", **made)


@pytest.mark.parametrize(
    ("due", "utc", "whole_day"),
    [
        ("2026-11-27T15:00+01:00", "2026-11-27T14:00", False),
        ("2026-11-27T15:00", "2026-11-27T14:00", False),
        ("2026-03-29T02:30", "2026-03-29T01:00", False),  # skipped: the first moment after it, 03:00
        ("2026-03-29T02:30+01:00", "2026-03-29T01:00", False),
        ("2026-10-25T02:30", "2026-10-25T00:30", False),  # shown twice: the first one
        ("2026-11-27", "2026-11-27T16:00", True),  # the end of work, 17:00
        ("2026-11-28", "2026-11-28T22:59", True),  # nobody works on a Saturday
        ("2026-11-11", "2026-11-11T22:59", True),  # nor on Independence Day
        ("2026-07-03", "2026-07-03T15:00", True),  # summer time
    ],
)
def test_the_last_moment_of_a_promise(due: str, utc: str, whole_day: bool) -> None:
    at, whole = moment(due, _hours())
    assert at is not None
    assert (f"{at.astimezone(UTC):%Y-%m-%dT%H:%M}", whole) == (utc, whole_day)


@pytest.mark.parametrize(
    "due", ["", "None", "soon", "T", "2026-13-01", "9999-12-31", "0001-01-01T00:00", "2026-11-27Tx"]
)
def test_what_is_no_time_makes_no_promise(due: str) -> None:
    assert moment(due, _hours()) == (None, False)


def test_a_closed_day_of_the_company_ends_at_midnight() -> None:
    at, _whole = moment("2026-11-27", _hours(closed=["2026-11-27", "no day"]))
    assert at is not None
    assert f"{at.astimezone(UTC):%H:%M}" == "22:59"


def test_in_a_text_that_stands_alone(cast: Cast) -> None:
    conversation = make_conversation(cast)
    found = found_in("I will call you tomorrow by 15:00.", "en", NOW, conversation, cast.company)
    assert [(one.channel, one.due_at.astimezone(UTC)) for one in found] == [
        ("phone", datetime(2026, 11, 27, 14, 0, tzinfo=UTC))
    ]


def test_a_promise_of_a_reply_is_in_audit_and_told_to_open_pages(cast: Cast) -> None:
    conversation = make_conversation(cast)
    text = "Marina, thank you for writing. I am checking order 48-20517 and will write to you today by 15:00."
    send_reply(cast.owner, conversation.pk, Reply(text, 1, "k1"), NOW)
    promise = conversation.promises.get()
    entry = Entry.objects.get(kind="promise.made")
    assert (entry.actor, entry.object_id) == (cast.owner.pk, str(promise.pk))
    assert promise.what not in str(entry.data)
    assert LiveEvent.objects.filter(kind="promise", data__promise=promise.pk).exists()


@pytest.mark.parametrize(
    ("text", "promised", "told"),
    [
        ("Marina, sorry. I check it and will call by 15:00. Nina", "will call", "I check it and will call by 15:00."),
        ("Пани Анна,\nпозвоню до 15:00\n\nНина", "позвоню", "позвоню до 15:00"),
        ("I will call", "will call", "I will call"),
    ],
)
def test_a_promise_is_kept_with_the_whole_sentence_it_stands_in(text: str, promised: str, told: str) -> None:
    start = text.index(promised)
    assert sentence(text, start, start + len(promised)) == told
