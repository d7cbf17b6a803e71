from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk.cast import NOW, Cast
from tests.desk.workflow.promised import promise_in
from zgoda_desk.audit.models import Entry
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations.models import LiveEvent, Message
from zgoda_desk.workflow import promise_deeds, tick
from zgoda_desk.workflow.assign import MayNotWork
from zgoda_desk.workflow.promise_deeds import Change, NotChanged

DUE = NOW + timedelta(hours=4)
HOUR = timedelta(hours=1)


def _again(promise: Promise) -> Promise:
    promise.refresh_from_db()
    promise.conversation.refresh_from_db()
    return promise


def test_kept_is_told_in_timeline_audit_queue_and_to_open_pages(cast: Cast) -> None:
    promise = promise_in(cast)
    assert promise_deeds.keep(cast.owner, promise.pk, NOW)
    promise = _again(promise)
    assert (promise.state, promise.ended_by, promise.ended_at) == ("kept", cast.owner, NOW)
    assert promise.conversation.next_due_kind != "promise"
    assert Message.objects.get(event="promise_kept").person == cast.owner
    assert Entry.objects.get(kind="promise.kept").actor == cast.owner.pk
    assert LiveEvent.objects.filter(kind="promise", data__what="kept").exists()


def test_only_the_first_of_two_ends_it(cast: Cast) -> None:
    promise = promise_in(cast)
    assert promise_deeds.keep(cast.owner, promise.pk, NOW)
    assert not promise_deeds.withdraw(cast.teammate, promise.pk, "he was told", NOW)
    assert _again(promise).state == "kept"


def test_withdrawn_needs_what_the_customer_was_told(cast: Cast) -> None:
    promise = promise_in(cast)
    with pytest.raises(NotChanged):
        promise_deeds.withdraw(cast.owner, promise.pk, "  ", NOW)
    assert promise_deeds.withdraw(cast.owner, promise.pk, "the part is not made any more", NOW)
    assert _again(promise).note == "the part is not made any more"


def test_opened_again_it_falls_due_as_before(cast: Cast) -> None:
    promise = promise_in(cast)
    promise_deeds.keep(cast.owner, promise.pk, NOW)
    assert promise_deeds.reopen(cast.owner, promise.pk, DUE + HOUR)
    assert _again(promise).state == "open"
    tick.tick(DUE + HOUR)
    assert _again(promise).state == "broken"
    assert LiveEvent.objects.filter(kind="broken", person=cast.lead).exists()


def test_a_broken_one_kept_late_and_opened_again_is_broken_without_a_second_alarm(cast: Cast) -> None:
    promise = promise_in(cast)
    tick.tick(DUE)
    promise_deeds.keep(cast.owner, promise.pk, DUE + HOUR)
    promise_deeds.reopen(cast.owner, promise.pk, DUE + HOUR)
    tick.tick(DUE + HOUR)
    assert _again(promise).state == "broken"
    assert Message.objects.filter(event="promise_broken").count() == 1


def test_handed_over_to_somebody_who_works_there(cast: Cast) -> None:
    promise = promise_in(cast)
    assert promise_deeds.hand_over(cast.owner, promise.pk, cast.teammate, NOW)
    assert _again(promise).owner == cast.teammate
    assert LiveEvent.objects.filter(kind="owner", person=cast.teammate).exists()
    with pytest.raises(MayNotWork):
        promise_deeds.hand_over(cast.owner, promise.pk, cast.stranger, NOW)
    assert _again(promise).owner == cast.teammate


def test_at_a_new_time_a_broken_one_is_open_and_reminded_of_anew(cast: Cast) -> None:
    promise = promise_in(cast)
    tick.tick(DUE)
    later = DUE + 5 * HOUR
    assert promise_deeds.change(cast.owner, promise.pk, Change("call you", later), DUE + HOUR)
    promise = _again(promise)
    assert (promise.state, promise.due_at, promise.broken_at) == ("open", later, DUE)
    assert promise.conversation.next_due == promise.conversation.clocks.order_by("due_at")[0].due_at
    tick.tick(later - timedelta(minutes=20))
    assert LiveEvent.objects.filter(kind="reminder").count() == 1


@pytest.mark.parametrize("to", [Change(" ", DUE), Change("call you", NOW - HOUR)])
def test_a_change_without_words_or_to_the_past_is_none(cast: Cast, to: Change) -> None:
    promise = promise_in(cast)
    with pytest.raises(NotChanged):
        promise_deeds.change(cast.owner, promise.pk, to, NOW)
    assert _again(promise).due_at == DUE


def test_an_unchanged_change_tells_nothing(cast: Cast) -> None:
    promise = promise_in(cast)
    assert not promise_deeds.change(cast.owner, promise.pk, Change("call you", DUE), NOW)
    assert not Message.objects.filter(event="promise_changed").exists()
