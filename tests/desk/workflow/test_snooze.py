from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.workflow.snooze import CannotSnooze, snooze, until_of, wake, wake_snoozed
from zgoda_desk.workflow.standing import refresh
from zgoda_desk.workflow.tick import tick

WEEK = NOW + timedelta(days=7)


@pytest.fixture
def quiet(cast: Cast) -> Conversation:
    """A conversation in which no clock runs."""
    conversation = make_conversation(cast, "Where is my order 48-20517?")
    conversation.clocks.update(state="met")
    refresh(conversation, NOW)
    return conversation


def _promise(cast: Cast, conversation: Conversation, due: datetime) -> None:
    make_promise(
        conversation, None, what="a call", words="", channel="phone", person=cast.owner, due_at=due, whole_day=False,
        zone="Europe/Warsaw", remind_minutes=30, now=NOW,
    )  # fmt: skip


def _until(conversation: Conversation) -> datetime | None:
    return Conversation.objects.get(pk=conversation.pk).snoozed_until


def test_a_snooze_ends_at_its_time_and_not_before(cast: Cast, quiet: Conversation) -> None:
    snooze(cast.owner, quiet.pk, NOW + timedelta(hours=1), NOW)
    tick(NOW + timedelta(minutes=59))
    assert _until(quiet) is not None
    tick(NOW + timedelta(minutes=60))
    assert _until(quiet) is None
    assert quiet.messages.filter(event="woken").count() == 1


def test_a_snooze_ends_before_a_promise_falls_due(cast: Cast, quiet: Conversation) -> None:
    due = NOW + timedelta(hours=3)
    _promise(cast, quiet, due)
    assert snooze(cast.owner, quiet.pk, WEEK, NOW) == due - timedelta(minutes=15)


def test_a_promise_made_later_wakes_it_too(cast: Cast, quiet: Conversation) -> None:
    snooze(cast.owner, quiet.pk, WEEK, NOW)
    _promise(cast, quiet, NOW + timedelta(hours=3))
    refresh(Conversation.objects.get(pk=quiet.pk), NOW)
    assert wake_snoozed(NOW + timedelta(hours=2)) == 0
    assert wake_snoozed(NOW + timedelta(hours=2, minutes=45)) == 1


@pytest.mark.parametrize("text", ["Where is my order 48-20517?", "I will come to your office and kill you all."])
def test_what_does_not_wait_is_not_put_off(cast: Cast, text: str) -> None:
    conversation = make_conversation(cast, text)
    late = NOW + timedelta(days=3)
    with pytest.raises(CannotSnooze):
        snooze(cast.owner, conversation.pk, late + timedelta(days=1), late)
    assert _until(conversation) is None


def test_a_closed_conversation_and_a_time_that_is_over_are_not_put_off(cast: Cast, quiet: Conversation) -> None:
    with pytest.raises(CannotSnooze):
        snooze(cast.owner, quiet.pk, NOW, NOW)
    Conversation.objects.filter(pk=quiet.pk).update(status="closed")
    with pytest.raises(CannotSnooze):
        snooze(cast.owner, quiet.pk, WEEK, NOW)


def test_the_customers_next_message_wakes_it(cast: Cast, quiet: Conversation) -> None:
    from tests.desk.workflow.said import customer_writes

    snooze(cast.owner, quiet.pk, WEEK, NOW)
    customer_writes(cast, "Any news?", quiet)
    assert _until(quiet) is None


def test_it_is_woken_by_hand_once(cast: Cast, quiet: Conversation) -> None:
    snooze(cast.owner, quiet.pk, WEEK, NOW)
    assert wake(cast.owner, quiet.pk, NOW)
    assert not wake(cast.owner, quiet.pk, NOW)


def test_a_clock_that_jumps_back_wakes_nothing_twice(cast: Cast, quiet: Conversation) -> None:
    snooze(cast.owner, quiet.pk, NOW + timedelta(hours=1), NOW)
    assert [wake_snoozed(NOW + timedelta(hours=h)) for h in (2, 0, 2)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("choice", "day", "expected"),
    [
        ("hour", "", "2026-10-24T19:00:00+02:00"),
        ("tomorrow", "", "2026-10-25T09:00:00+01:00"),  # the clocks change in the night
        ("monday", "", "2026-10-26T09:00:00+01:00"),
        ("date", "2026-11-02", "2026-11-02T09:00:00+01:00"),
        ("date", "2026-10-24", None),
        ("date", "9999-12-31", None),
        ("date", "", None),
        ("never", "", None),
    ],
)
def test_choices_mean_times_of_the_companys_zone(choice: str, day: str, expected: str | None) -> None:
    now = datetime(2026, 10, 24, 18, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
    found = until_of(choice, now, day)
    assert (found.isoformat() if found else None) == expected
