"""The event stream of open pages as a raw ASGI application, beside the pages (which are WSGI)."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.utils.crypto import constant_time_compare

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.access import events_of
from zgoda_desk.conversations.models import LiveEvent

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_PAUSE = 0.5  # seconds between two looks at the table, for the whole process
_BEAT = 15.0  # seconds after which a silent stream says that it lives, and looks whether its person still may listen
_MOST = 200  # events at once; a page that missed more loads anew


class Bus:
    """One look at the table for all streams of the process: the newest id, and a way to wait for a newer one."""

    def __init__(self) -> None:
        self.newest = 0
        self._changed = asyncio.Condition()
        self._looking: asyncio.Task[None] | None = None

    async def wait(self, after: int, seconds: float) -> bool:
        """Wait until an event newer than `after` is there; False when the time is over."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(lambda: self.newest > after)
                return True
        return False

    async def _look(self) -> None:
        while True:
            try:
                newest = await sync_to_async(_newest)()
            except Exception:  # a database that is away comes back; the streams wait for it
                newest = self.newest
            if newest > self.newest:
                async with self._changed:
                    self.newest = newest
                    self._changed.notify_all()
            await asyncio.sleep(_PAUSE)


_bus: Bus | None = None


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Stream events to whoever is logged in: what he may hear, from `Last-Event-ID` on; 403 for strangers (T07)."""
    global _bus  # noqa: PLW0603 - one bus for the loop of the process
    if _bus is None:
        _bus = Bus()
    cookies = _cookies(scope)
    person = await sync_to_async(_person)(cookies)
    if person is None:
        await _refuse(send)
        return
    start = await sync_to_async(_start)(scope)
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    gone = asyncio.create_task(_until_gone(receive))
    try:
        await _stream(_bus, person, cookies, start, send, gone)
    finally:
        gone.cancel()


async def _stream(
    bus: Bus, person: Person, cookies: dict[str, str], after: int, send: Send, gone: asyncio.Task[None]
) -> None:
    await _say(send, f"retry: 2000\nid: {after}\nevent: hello\ndata: {{}}\n\n")
    while not gone.done():
        waiting = asyncio.create_task(bus.wait(after, _BEAT))
        await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
        if gone.done():
            waiting.cancel()
            break
        still = await sync_to_async(_person)(cookies)
        if still is None or still.pk != person.pk:  # logged out, or no longer with us
            break
        if not waiting.result():
            await _say(send, ": alive\n\n")
            continue
        events, after = await sync_to_async(_events)(still, after)
        for text in events:
            await _say(send, text)
    with contextlib.suppress(Exception):
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _until_gone(receive: Receive) -> None:
    """Ends when the browser is gone: a stream that does not look holds the server's stop for minutes."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"Log in to hear what happens.\n"})


def _events(person: Person, after: int) -> tuple[list[str], int]:
    """What the person may hear after an id, and the id up to which he has heard."""
    close_old_connections()
    newest = _newest()
    found = list(events_of(person).filter(pk__gt=after, pk__lte=newest).order_by("pk")[: _MOST + 1])
    if len(found) > _MOST:
        return [f"id: {newest}\nevent: reload\ndata: {{}}\n\n"], newest
    return [_text(one) for one in found], max(newest, after)


def _text(event: LiveEvent) -> str:
    data = {**event.data, "conversation": event.conversation_id, "at": event.at.isoformat()}
    return f"id: {event.pk}\nevent: {event.kind}\ndata: {json.dumps(data)}\n\n"


def _newest() -> int:
    close_old_connections()
    return LiveEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _start(scope: Scope) -> int:
    """From where to go on: the browser's last id, else that of the page (`?after=`), else now."""
    given = _header(scope, b"last-event-id") or dict(
        part.partition("=")[::2] for part in scope.get("query_string", b"").decode("latin-1").split("&")
    ).get("after", "")
    return min(int(given), _newest()) if given.isascii() and given.isdigit() and len(given) < 19 else _newest()


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


def _cookies(scope: Scope) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(_header(scope, b"cookie")).items()}
    except CookieError:
        return {}


def _person(cookies: dict[str, str]) -> Person | None:
    """The active person of a session, checked as Django checks it: by the hash of his password too."""
    close_old_connections()
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    session = SessionStore(key).load() if key else {}
    number = str(session.get(SESSION_KEY, ""))
    if not number.isdigit() or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    person = Person.objects.filter(pk=int(number), is_active=True).first()
    if person is None or not constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
        return None
    return person
