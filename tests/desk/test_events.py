from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.test import Client

from tests.desk.cast import NOW, PASSWORD, Cast, make_conversation
from zgoda_desk import events_asgi
from zgoda_desk.conversations import live
from zgoda_desk.conversations.models import Conversation, LiveEvent


class Heard:
    """What a stream said so far; `until` is a test that ends it, `then` is done when the greeting has come."""

    def __init__(self, until: Callable[[str], bool], then: Callable[[], object]) -> None:
        self.status, self.text = 0, ""
        self._until, self._then, self._over = until, then, asyncio.Event()

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        first = not self.text
        self.text += message.get("body", b"").decode()
        if first:
            await sync_to_async(self._then)()
        if not message.get("more_body") or self._until(self.text):
            self._over.set()

    async def receive(self) -> dict[str, Any]:
        await self._over.wait()
        return {"type": "http.disconnect"}

    @property
    def kinds(self) -> list[str]:
        return [line[7:] for line in self.text.splitlines() if line.startswith("event: ")]


def listen(
    client: Client,
    *,
    after: str = "",
    query: str = "",
    until: Callable[[str], bool] = lambda _: True,
    then: Callable[[], object] = lambda: None,
) -> Heard:
    """Listen as a browser with the cookies of a client until the test says it is enough."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    headers = [(b"cookie", cookies.encode())] + ([(b"last-event-id", after.encode())] if after else [])
    scope = {"type": "http", "path": "/rt/events", "headers": headers, "query_string": query.encode()}

    async def run() -> Heard:
        events_asgi._bus = None
        heard = Heard(until, then)
        await asyncio.wait_for(events_asgi.application(scope, heard.receive, heard.send), 20)
        return heard

    return async_to_sync(run)()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events_asgi, "_PAUSE", 0.01)
    monkeypatch.setattr(events_asgi, "_BEAT", 0.05)
    monkeypatch.setattr(events_asgi, "close_old_connections", lambda: None)  # that of the test stays open


@pytest.fixture
def told(cast: Cast) -> Conversation:
    """A conversation of the shop, told of to the shop."""
    return make_conversation(cast)


def test_nobody_is_refused(clients: dict[str, Client], told: Conversation) -> None:
    heard = listen(clients["nobody"], after="0")
    assert heard.status == 403
    assert str(told.pk) not in heard.text


@pytest.mark.parametrize("role", ["owner", "teammate", "lead", "head"])
def test_the_team_and_the_head_hear_what_they_missed(clients: dict[str, Client], told: Conversation, role: str) -> None:
    heard = listen(clients[role], after="0", until=lambda text: "event: message" in text)
    assert heard.kinds[:2] == ["hello", "message"]
    data = [json.loads(line[6:]) for line in heard.text.splitlines() if line.startswith("data: ")]
    assert data[1]["conversation"] == told.pk
    assert "Where is my order" not in heard.text


@pytest.mark.parametrize("role", ["stranger", "strange_lead"])
def test_another_team_never_hears_it(cast: Cast, clients: dict[str, Client], told: Conversation, role: str) -> None:
    def theirs() -> None:
        live.publish("message", inbox=cast.other_inbox, now=NOW, mark="theirs")

    heard = listen(clients[role], after="0", until=lambda text: "theirs" in text, then=theirs)
    assert "theirs" in heard.text
    assert f'"conversation": {told.pk}' not in heard.text


def test_an_event_for_one_person_is_heard_by_him_alone(cast: Cast, clients: dict[str, Client]) -> None:
    live.publish("nudge", person=cast.owner, now=NOW)
    live.publish("message", inbox=cast.inbox, now=NOW)
    assert "nudge" in listen(clients["owner"], after="0", until=lambda text: "message" in text).kinds
    assert "nudge" not in listen(clients["teammate"], after="0", until=lambda text: "message" in text).kinds


def test_a_page_goes_on_from_its_own_last_event(cast: Cast, clients: dict[str, Client]) -> None:
    for mark in ("first", "second"):
        live.publish("note", inbox=cast.inbox, now=NOW, mark=mark)
    first = LiveEvent.objects.order_by("pk")[0].pk
    heard = listen(clients["owner"], after=str(first), until=lambda text: "second" in text)
    assert "first" not in heard.text
    heard = listen(clients["owner"], query=f"x=1&after={first}", until=lambda text: "second" in text)
    assert "first" not in heard.text


@pytest.mark.parametrize("after", ["-1", "x", "9" * 30, "%00", "²"])
def test_a_broken_last_event_id_begins_now(cast: Cast, clients: dict[str, Client], after: str) -> None:
    live.publish("note", inbox=cast.inbox, now=NOW, mark="old")
    heard = listen(clients["owner"], query=f"after={after}", until=lambda text: "alive" in text)
    assert heard.status == 200
    assert "old" not in heard.text


def test_a_page_that_was_away_too_long_loads_anew(
    cast: Cast, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_asgi, "_MOST", 2)
    for _ in range(3):
        live.publish("note", inbox=cast.inbox, now=NOW)
    heard = listen(clients["owner"], after="0", until=lambda text: "reload" in text)
    assert heard.kinds == ["hello", "reload"]


def test_whoever_logs_out_is_cut_off(cast: Cast, clients: dict[str, Client]) -> None:
    def leave() -> None:
        clients["owner"].logout()
        live.publish("message", inbox=cast.inbox, now=NOW, mark="after")

    cookies = dict(clients["owner"].cookies)
    listener = Client()
    listener.cookies.update(cookies)
    heard = listen(listener, until=lambda text: "after" in text, then=leave)
    assert "after" not in heard.text


@pytest.mark.parametrize("change", ["password", "inactive", "team"])
def test_whoever_may_no_longer_listen_hears_no_more(cast: Cast, clients: dict[str, Client], change: str) -> None:
    def lose() -> None:
        person = cast.owner
        if change == "password":
            person.set_password(PASSWORD + " anew")
        person.is_active = change != "inactive"
        person.save()
        if change == "team":
            person.teams.clear()
        live.publish("message", inbox=cast.inbox, now=NOW, mark="after")

    heard = listen(clients["owner"], until=lambda text: "after" in text or text.count("alive") > 3, then=lose)
    assert "after" not in heard.text


@pytest.mark.usefixtures("cast")
def test_broken_cookies_are_nobody() -> None:
    client = Client()
    client.cookies["zgoda_session"] = "x" * 5000
    assert listen(client).status == 403
