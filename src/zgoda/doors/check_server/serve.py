"""Listens: the engine behind the application, and the application behind a small HTTP server."""

from __future__ import annotations

from time import monotonic
from typing import Any

import waitress  # type: ignore[import-untyped]

from zgoda.api import Engine, prepare
from zgoda.doors.check_server.app import Check, CheckServer, Settings
from zgoda.doors.check_server.limits import body_limit
from zgoda.doors.check_server.words import Words
from zgoda.errors import InputError
from zgoda.values import Context
from zgoda.values.review import Review

_THREADS = 8  # more than checks at a time, so that short answers need not wait behind long ones


def build_app(overlays: tuple[str, ...], settings: Settings) -> CheckServer:
    """The application over the engine; content and weights are loaded now, not with the first request."""
    loaded = prepare(overlays=overlays)
    check = checker(loaded)
    words = Words.of(loaded.knowledge.table, loaded.knowledge.abbreviations)
    return CheckServer(check, words, settings, monotonic)


def checker(loaded: Engine) -> Check:
    """The review of the engine, with the language of messages in the context."""

    def check(text: str, language: str | None, interface: str | None) -> Review:
        return loaded.review(text, language=language, context=Context(interface_language=interface))

    return check


def open_server(app: CheckServer, host: str, port: int, max_characters: int) -> Any:
    """A listening server with `run()` and `close()`; raises InputError where the address cannot be had."""
    try:
        return waitress.create_server(
            app,
            host=host,
            port=port,
            threads=_THREADS,
            ident=None,
            expose_tracebacks=False,
            # The application refuses what is too long in clear words; this only stops what is far too long.
            max_request_body_size=2 * body_limit(max_characters),
            channel_timeout=30,
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"cannot listen at {host}, port {port}: {reason}; choose another with --host or --port"
        ) from error


def port_of(server: Any) -> int:
    """The port a server listens at, which the system chose where 0 was asked for."""
    listening = getattr(server, "effective_listen", None)  # several sockets, as for localhost
    return int(listening[0][1] if listening else server.effective_port)
