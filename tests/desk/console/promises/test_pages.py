from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests.desk.cast import NOW, ROLES, Cast, make_conversation
from tests.desk.workflow.promised import promise_in
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.lib import clock
from zgoda_desk.workflow.feed import make_key

OURS = ("owner", "teammate", "lead", "head")
DUE = NOW + timedelta(hours=4)


class Hand:
    """A clock that the test sets."""

    at = NOW


@pytest.fixture(autouse=True)
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    held = Hand()
    monkeypatch.setattr(clock, "now", lambda: held.at)
    return held


def _expected(role: str, ours: int = 200) -> int:
    return ours if role in OURS else 302 if role == "nobody" else 404


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", ["/promises/", "/promises/list", "/promises/days", "/promises/?view=law"])
def test_lists_hold_what_one_may_see(cast: Cast, clients: dict[str, Client], role: str, path: str) -> None:
    promise_in(cast, owner=cast.owner)
    place = path if "view" in path or "days" in path else f"{path}?view=team"
    answer = clients[role].get(place)
    assert answer.status_code == (302 if role == "nobody" else 200)
    if role != "nobody" and "law" not in path:
        assert ("call you" in answer.content.decode()) == (role in OURS)


@pytest.mark.parametrize("role", ROLES)
def test_one_promise(cast: Cast, clients: dict[str, Client], role: str) -> None:
    promise = promise_in(cast)
    assert clients[role].get(f"/promises/{promise.pk}/").status_code == _expected(role)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("keep", {}), ("withdraw", {"reason": "he was told"}), ("give", {}),
        ("change", {"what": "call you", "day": "2026-11-27", "time": "12:00"}),
    ],
)  # fmt: skip
def test_deeds_are_for_those_who_work_there(
    cast: Cast, clients: dict[str, Client], role: str, path: str, form: dict[str, str]
) -> None:
    promise = promise_in(cast, unowned=True)
    place = f"/promises/{promise.pk}/{path}"
    assert clients[role].get(place).status_code in (302, 405)
    before = Promise.objects.values().get()
    assert clients[role].post(place, form).status_code == _expected(role, 302)
    assert (Promise.objects.values().get() != before) == (role in OURS)


@pytest.mark.parametrize("role", ROLES)
def test_a_term_of_law_is_ended_by_those_who_work_there(cast: Cast, clients: dict[str, Client], role: str) -> None:
    term = Clock.objects.create(
        conversation=make_conversation(cast), kind="statute", row="pl-x", since=NOW, due_at=DUE, source="an act",
        certainty="A",
    )  # fmt: skip
    if role in OURS:
        told = clients[role].get("/promises/?view=law").content.decode()
        assert "an act" in told
        assert "Not legal advice" in told
    assert clients[role].post(f"/promises/terms/{term.pk}/end", {"how": "met"}).status_code == _expected(role, 302)
    term.refresh_from_db()
    assert term.state == ("met" if role in OURS else "running")


def test_a_missing_promise_looks_like_a_foreign_one(cast: Cast, clients: dict[str, Client]) -> None:
    promise = promise_in(cast)
    client = clients["stranger"]
    foreign, none = client.get(f"/promises/{promise.pk}/"), client.get("/promises/99999/")
    assert (foreign.status_code, foreign.content) == (none.status_code, none.content)


def _undo(client: Client, **form: str) -> Any:
    return client.post("/promises/undo", form, follow=True)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("keep", {}), ("withdraw", {"reason": "x"}), ("give", {"to": "teammate"}),
        ("change", {"what": "write to you", "day": "2026-11-30"}),
    ],
)  # fmt: skip
def test_every_deed_is_taken_back(cast: Cast, clients: dict[str, Client], path: str, form: dict[str, str]) -> None:
    promise = promise_in(cast)
    fields = ("state", "owner_id", "what", "due_at", "whole_day", "ended_at", "ended_by_id", "note")
    before = Promise.objects.values(*fields).get()
    sent = {name: str(cast.teammate.pk) if value == "teammate" else value for name, value in form.items()}
    page = clients["owner"].post(f"/promises/{promise.pk}/{path}", {**sent, "back": "team"}, follow=True)
    assert page.redirect_chain[-1][0] == "/promises/?view=team"
    assert "Undo" in page.content.decode()
    assert Promise.objects.values(*fields).get() != before
    assert "Taken back" in _undo(clients["owner"], back="promise").content.decode()
    assert Promise.objects.values(*fields).get() == before


def test_after_a_minute_nothing_is_taken_back(cast: Cast, clients: dict[str, Client], hand: Hand) -> None:
    promise = promise_in(cast)
    clients["owner"].post(f"/promises/{promise.pk}/keep")
    hand.at = NOW + timedelta(seconds=61)
    assert "nothing left to take back" in _undo(clients["owner"]).content.decode()
    promise.refresh_from_db()
    assert promise.state == "kept"


def test_what_was_moved_out_of_reach_is_not_taken_back(cast: Cast, clients: dict[str, Client]) -> None:
    promise = promise_in(cast)
    clients["owner"].post(f"/promises/{promise.pk}/keep")
    cast.owner.teams.clear()
    assert _undo(clients["owner"]).status_code == 404


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("withdraw", {"reason": " "}, "Say what the customer was told"),
        ("change", {"what": "", "day": "2026-11-27"}, "time that lies ahead"),
        ("change", {"what": "x", "day": "2026-11-25"}, "time that lies ahead"),
        ("change", {"what": "x", "day": "9999-99-99", "time": "aa"}, "time that lies ahead"),
        ("change", {}, "time that lies ahead"),
        ("give", {"to": "strange"}, ""),
    ],
)
def test_bad_input_is_said_on_the_page(
    cast: Cast, clients: dict[str, Client], path: str, form: dict[str, str], words: str
) -> None:
    promise = promise_in(cast)
    if form.get("to"):
        form = {"to": str(cast.stranger.pk)}
    answer = clients["owner"].post(f"/promises/{promise.pk}/{path}", form)
    assert answer.status_code == (422 if words else 404)
    assert words in answer.content.decode()


def test_a_colleague_of_another_inbox_is_refused_with_words(cast: Cast, clients: dict[str, Client]) -> None:
    promise = promise_in(cast)
    answer = clients["head"].post(f"/promises/{promise.pk}/give", {"to": cast.stranger.pk})
    assert answer.status_code == 422
    assert "does not work in that inbox" in answer.content.decode()


@pytest.mark.parametrize("to", ["9" * 5000, "-1", "abc", "١٢"])
def test_what_names_no_colleague_is_nobody(cast: Cast, clients: dict[str, Client], to: str) -> None:
    promise = promise_in(cast)
    assert clients["owner"].post(f"/promises/{promise.pk}/give", {"to": to}).status_code == 404


def test_nobody_is_sent_elsewhere(cast: Cast, clients: dict[str, Client]) -> None:
    promise = promise_in(cast)
    for back in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "../x", ""):
        answer = clients["owner"].post(f"/promises/{promise.pk}/give", {"back": back})
        assert answer["Location"] == "/promises/"


def test_without_its_token_no_form_is_taken(cast: Cast) -> None:
    promise = promise_in(cast)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in ("keep", "withdraw", "reopen", "give", "change"):
        assert client.post(f"/promises/{promise.pk}/{path}").status_code == 403
    assert client.post("/promises/feed").status_code == 403


def test_late_and_unowned_promises_say_so(cast: Cast, clients: dict[str, Client], hand: Hand) -> None:
    promise_in(cast, unowned=True)
    hand.at = DUE + timedelta(hours=2)
    told = clients["lead"].get("/promises/?view=today").content.decode()
    assert "2 h late" in told
    assert "needs a new owner" in told
    assert "nobody owns it" in told


def test_a_promise_of_sunday_night_stands_on_the_day_of_the_customer(cast: Cast, clients: dict[str, Client]) -> None:
    promise_in(cast, due_at=datetime.fromisoformat("2026-11-29T23:30+01:00"))
    told = clients["owner"].get("/promises/days?from=2026-11-26").content.decode()
    sections = dict(re.findall(r"<section.*?<h2[^>]*>(\w+)(.*?)</section>", told, re.DOTALL))
    assert [day for day, body in sections.items() if "call you" in body] == ["Sunday"]
    for odd in ("x", "9999-99-99", "0001-01-01", "9999-12-31", ""):
        assert clients["owner"].get("/promises/days", {"from": odd}).status_code == 200


def test_the_hour_of_the_customer_stands_beside_ours(cast: Cast, clients: dict[str, Client]) -> None:
    promise = promise_in(cast)
    promise.zone = "Europe/Moscow"
    promise.save()
    assert "Thu 17:00 in Europe/Moscow" in clients["owner"].get("/promises/").content.decode()
    assert 'value="17:00"' in clients["owner"].get(f"/promises/{promise.pk}/").content.decode()


def test_no_query_per_promise(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as held:
            assert clients["owner"].get("/promises/?view=team").status_code == 200
        return len(held)

    promise_in(cast, conversation)
    few = queries()
    for _ in range(30):
        promise_in(cast, conversation)
    assert queries() == few


def _feed(key: str) -> Any:
    return Client().get(f"/promises/feed/{key}.ics")


def test_the_feed_is_a_calendar_that_names_no_customer(cast: Cast) -> None:
    promise = promise_in(cast)
    promise_in(cast, due_at=DUE + timedelta(days=1), whole_day=True, channel="")
    promise_in(cast, owner=cast.teammate)
    answer = _feed(make_key(cast.owner, NOW))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    for hidden in ("Marina", "Sokolova", "customer.example", "Where is my"):
        assert hidden not in text
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert [str(one["SUMMARY"]) for one in events] == ["Promised call, 48-20517", "Promised answer, 48-20517"]
    assert events[0].decoded("DTSTART") == promise.due_at
    assert events[0]["UID"].startswith(f"promise-{promise.pk}@")
    assert events[1].decoded("DTSTART").isoformat() == "2026-11-27"
    assert events[0].walk("VALARM")[0].decoded("TRIGGER") == timedelta(minutes=-30)
    assert f"/c/{promise.conversation_id}" in str(events[0]["URL"])


@pytest.mark.parametrize("key", ["", "x", "null", "%00", "a" * 3000])
def test_a_wrong_key_opens_nothing(cast: Cast, key: str) -> None:
    promise_in(cast)
    assert _feed(key).status_code == 404


def test_an_old_key_and_that_of_somebody_who_left_open_nothing(cast: Cast) -> None:
    old, new = make_key(cast.owner, NOW), make_key(cast.owner, NOW)
    assert (_feed(old).status_code, _feed(new).status_code) == (404, 200)
    cast.owner.is_active = False
    cast.owner.save()
    assert _feed(new).status_code == 404


def test_the_address_of_the_feed_is_shown_once_and_switched_off(cast: Cast, clients: dict[str, Client]) -> None:
    told = clients["owner"].post("/promises/feed").content.decode()
    address = re.search(r"/promises/feed/[\w-]+\.ics", told)
    assert address is not None
    assert Client().get(address[0]).status_code == 200
    assert address[0] not in clients["owner"].get("/promises/").content.decode()
    cast.owner.refresh_from_db()
    assert cast.owner.feed_key not in address[0]
    clients["owner"].post("/promises/feed", {"revoke": "1"})
    assert Client().get(address[0]).status_code == 404


def test_the_feed_of_one_who_left_the_team_is_empty(cast: Cast) -> None:
    promise_in(cast)
    key = make_key(cast.owner, NOW)
    cast.owner.teams.clear()
    assert b"VEVENT" not in _feed(key).content
