from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest

from tests.desk.cast import NOW, Cast, raw_mail
from zgoda_desk.conversations.models import Message
from zgoda_desk.post import actions as post
from zgoda_desk.post.actions import Incoming, store_raw
from zgoda_desk.post.models import RawMessage
from zgoda_desk.workflow import background, receive
from zgoda_desk.workflow.background import Background


def store(cast: Cast, number: int = 1) -> RawMessage:
    raw = raw_mail("Where is my order?", message_id=f"<{number}@customer.example>")
    store_raw(cast.inbox, cast.account, Incoming(f"uid:{number}", raw, NOW, message_id=f"{number}@customer.example"))
    return RawMessage.objects.get(external_id=f"uid:{number}")


def test_work_goes_on_after_an_error_and_ends_when_told() -> None:
    desk, done, tries = Background(alone=True, pace=0.0), Event(), [0]

    def once() -> bool:
        tries[0] += 1
        if tries[0] == 1:
            raise ValueError("one broken thing")
        done.set()
        return False

    desk._run("test", desk._repeat(once, 0.0))
    assert done.wait(10)
    desk.close()
    assert not any(thread.is_alive() for thread in desk._threads)


def test_what_a_dead_reader_held_is_read_at_once_by_the_only_process(cast: Cast) -> None:
    store(cast)
    assert post.lease_raw(NOW) is not None
    assert not receive.read_next(NOW)
    assert post.release_raw() == 1
    assert receive.read_next(NOW)
    assert RawMessage.objects.get().state == "read"


def test_what_a_dead_reader_held_is_read_by_another_within_a_minute(cast: Cast) -> None:
    store(cast)
    post.lease_raw(NOW)
    assert receive.read_next(NOW + timedelta(seconds=61))


def test_a_reader_that_wakes_after_its_lease_makes_no_second_message(cast: Cast) -> None:
    store(cast)
    late = post.lease_raw(NOW)
    assert late is not None
    assert receive.read_next(NOW + timedelta(minutes=2))
    with pytest.raises(post.LeaseLost):
        post.finish_raw(late, "read", now=NOW)
    assert Message.objects.filter(kind="customer").count() == 1


def test_a_thing_that_ends_every_reader_stands_in_the_list_and_stops_no_other(cast: Cast) -> None:
    bad, good = store(cast, 1), store(cast, 2)
    RawMessage.objects.filter(pk=bad.pk).update(attempts=post.MOST_READINGS)
    assert receive.read_next(NOW)
    good.refresh_from_db()
    assert good.state == "read"
    assert receive.read_next(NOW)
    bad.refresh_from_db()
    assert (bad.state, bad.reason) == ("unreadable", "TooOften")
    post.replay_raw(bad)
    assert receive.read_next(NOW)
    bad.refresh_from_db()
    assert bad.state == "read"


def test_a_database_that_is_away_is_no_fault_of_the_mail(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    store(cast)

    def away(*_: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(receive, "_take_in", away)
    with pytest.raises(OperationalError):
        receive.read_next(NOW)
    assert RawMessage.objects.get().state == "new"


def test_a_mail_that_breaks_our_own_code_is_kept_and_shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    store(cast)
    monkeypatch.setattr(receive, "_take_in", lambda *_: 1 / 0)
    assert receive.read_next(NOW)
    assert RawMessage.objects.get().state == "unreadable"
    assert not receive.read_next(NOW)


def test_a_tick_that_breaks_does_not_hide_lost_mails(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(background.send, "surface_lost", seen.append)
    monkeypatch.setattr(background.tick, "tick", lambda _now: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Background(alone=False)._tick()
    assert seen
