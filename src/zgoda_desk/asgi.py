"""Everything the desk serves: the event stream raw, all else Django's pages in threads."""

from __future__ import annotations

from a2wsgi import WSGIMiddleware

from zgoda_desk.wsgi import application as pages

from zgoda_desk import events_asgi  # isort: skip - needs Django set up, which the line above does

_STREAM = "/rt/events"
_pages = WSGIMiddleware(pages, workers=8)  # type: ignore[arg-type]


async def application(scope: events_asgi.Scope, receive: events_asgi.Receive, send: events_asgi.Send) -> None:
    """Split by path."""
    if scope["type"] == "http" and scope["path"] == _STREAM:
        await events_asgi.application(scope, receive, send)
    elif scope["type"] == "http":
        await _pages(scope, _as_coroutine(receive), send)  # type: ignore[arg-type]


def _as_coroutine(receive: events_asgi.Receive) -> events_asgi.Receive:
    """The server gives a future where the bridge to WSGI wants a coroutine: without this no form could be read."""

    async def received() -> events_asgi.Message:
        return await receive()

    return received
