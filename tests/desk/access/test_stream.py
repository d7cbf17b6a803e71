"""The event stream lets nobody in without a session of his own, whatever he names (T07)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connections
from django.test import Client

from tests.desk.cast import NOW, Cast
from zgoda_desk import events_asgi
from zgoda_desk.conversations.live import publish


def _hear(cookie: str, query: str = "after=0", last: str = "") -> tuple[int, str]:
    """The status and what is heard first."""
    told: list[dict[str, Any]] = []
    headers = [(b"cookie", cookie.encode())] + ([(b"last-event-id", last.encode())] if last else [])
    scope = {"type": "http", "path": "/rt/events", "query_string": query.encode(), "headers": headers}

    async def talk() -> None:
        events_asgi._bus = None
        heard = asyncio.Event()

        async def receive() -> dict[str, Any]:
            await heard.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            told.append(message)
            if message.get("status") == 403 or (message.get("body") and b"hello" not in message["body"]):
                heard.set()

        await asyncio.wait_for(events_asgi.application(scope, receive, send), 20)
        await sync_to_async(connections.close_all)()  # the thread of the stream had a connection of its own
        events_asgi._bus = None

    async_to_sync(talk)()
    return told[0]["status"], b"".join(one.get("body", b"") for one in told).decode()


@pytest.mark.parametrize(
    "cookie",
    ["", "zgoda_session=", "zgoda_session=x", "zgoda_session=%00", "zgoda_session=*", "a=b; zgoda_session=' OR 1=1",
     "zgoda_session=" + "x" * 5000, ";;;=", "zgoda_session=%; zgoda_session=_"],
)  # fmt: skip
@pytest.mark.django_db(transaction=True)
def test_a_stranger_hears_nothing(cookie: str) -> None:
    assert _hear(cookie)[0] == 403


@pytest.mark.django_db(transaction=True)
def test_each_hears_of_his_own_inboxes_whatever_he_asks_for() -> None:
    from tests.desk.cast import make_cast

    cast: Cast = make_cast()
    publish("message", inbox=cast.other_inbox, now=NOW, message=111)
    publish("help", person=cast.teammate, now=NOW, message=222)
    publish("message", inbox=cast.inbox, now=NOW, message=333)
    client = Client()
    client.force_login(cast.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = f"zgoda_session={client.cookies['zgoda_session'].value}"
    for query in ("after=0", "after=0&inbox=2", "after=0&person=2&conversation=*", "after=0&inbox=%25"):
        status, heard = _hear(cookie, query)
        assert status == 200
        assert "333" in heard
        assert "111" not in heard
        assert "222" not in heard
