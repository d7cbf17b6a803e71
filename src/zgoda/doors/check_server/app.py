"""The WSGI application: which address answers what, and what every answer carries."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from zgoda import __version__
from zgoda.doors.check_server.answers import Answer, Refusal, as_json, as_text
from zgoda.doors.check_server.limits import Buckets, Places, check_length
from zgoda.doors.check_server.matches import Matches, apart
from zgoda.doors.check_server.origins import Origins, refuse_foreign_host
from zgoda.doors.check_server.request import Order, read_order
from zgoda.doors.check_server.words import Words
from zgoda.values.review import Review

Check = Callable[[str, str | None, str | None], Review]  # text, language of the text, language of messages

_LOG = logging.getLogger("zgoda.check_server")
_COMMON = (("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"))
_API = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and manners of one server; `hosts` are names it answers to beside this machine's, None any."""

    max_characters: int = 20_000
    per_minute: int = 240
    checks: int = 4
    patience: float = 5.0
    origins: Origins = field(default_factory=Origins)
    hosts: frozenset[str] | None = frozenset()
    language: str | None = None
    interface: str | None = None


class CheckServer:
    """Answers LanguageTool's protocol; holds no text longer than its check and writes none down."""

    def __init__(self, check: Check, words: Words, settings: Settings, clock: Callable[[], float]) -> None:
        self._check = check
        self._words = words
        self._settings = settings
        self._buckets = Buckets(settings.per_minute, clock)
        self._places = Places(settings.checks, settings.patience)
        reading, asking = ("GET", "HEAD"), ("GET", "POST")
        self._routes: Mapping[str, tuple[tuple[str, ...], Callable[[WSGIEnvironment], Answer]]] = {
            "/v2/check": (asking, self._answer_check),
            "/v2/languages": (reading, lambda _: as_json(self._words.languages())),
            "/v2/info": (reading, lambda _: as_json({"software": _software()})),
            "/v2/healthcheck": (reading, lambda _: as_text("OK")),
            "/v2/maxtextlength": (reading, lambda _: as_text(str(settings.max_characters))),
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request; whatever goes wrong inside, the client hears only that it did."""
        try:
            answer = self._serve(environ)
        except Refusal as refusal:
            answer = refusal.answer()
        except Exception as error:
            _LOG.error("a request failed: %s", _where(error))
            answer = Refusal(500, "the check failed; the log of the server says where").answer()
        headers = [
            ("Content-Type", answer.kind),
            ("Content-Length", str(len(answer.body))),
            *_COMMON,
            *self._settings.origins.headers(environ.get("HTTP_ORIGIN")),
            *answer.headers,
        ]
        start_response(answer.line, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def _serve(self, environ: WSGIEnvironment) -> Answer:
        origin = environ.get("HTTP_ORIGIN")
        refuse_foreign_host(environ.get("HTTP_HOST"), self._settings.hosts)
        self._settings.origins.refuse_strangers(origin)
        path, method = str(environ.get("PATH_INFO", "")).rstrip("/"), environ["REQUEST_METHOD"]
        methods, route = self._route(path)
        allowed = ("Allow", ", ".join((*methods, "OPTIONS")))
        if method == "OPTIONS":
            private = environ.get("HTTP_ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK") == "true"
            return Answer(200, headers=(allowed, *self._settings.origins.preflight(origin, private)))
        if method not in methods:
            raise Refusal(405, f"this address takes {' and '.join(methods)} only", (allowed,))
        return route(environ)

    def _route(self, path: str) -> tuple[tuple[str, ...], Callable[[WSGIEnvironment], Answer]]:
        if path in self._routes:
            return self._routes[path]
        if path == "/v2/words" or path.startswith("/v2/words/"):
            raise Refusal(
                501, "Zgoda checks how one talks with customers, not spelling: it keeps no dictionary of words"
            )
        raise Refusal(404, "nothing is here; the address to give a LanguageTool client ends in /v2")

    def _answer_check(self, environ: WSGIEnvironment) -> Answer:
        settings = self._settings
        self._buckets.take(str(environ.get("REMOTE_ADDR", "")))
        order = read_order(environ, settings.max_characters, settings.language, settings.interface)
        check_length(order.text.text, settings.max_characters)
        if not order.tongue.ours:
            return as_json(self._unchecked(order))
        with self._places.one():
            review = self._check(order.text.text, order.tongue.hint, order.interface)
        matches = Matches(order.text, self._words, review.language, order.interface)
        return as_json(
            {
                "software": _software(),
                "warnings": {"incompleteResults": review.truncated},
                "language": order.tongue.describe(review.language, self._words),
                "matches": [matches.match(f) for f in apart(filter(order.rules.keeps, review.findings))],
            }
        )

    def _unchecked(self, order: Order) -> dict[str, Any]:
        """The answer for a language that is not ours: clients try, and an error would be shown to the writer."""
        code = str(order.tongue.code)
        return {
            "software": _software(self._words.word("not_checked", order.interface)),
            "warnings": {"incompleteResults": False},
            "language": order.tongue.describe(code, self._words),
            "matches": [],
        }


def _software(status: str = "") -> dict[str, Any]:
    # Strict clients demand all of LanguageTool's keys; a date of the build we do not have.
    return {
        "name": "Zgoda",
        "version": __version__,
        "buildDate": "",
        "apiVersion": _API,
        "premium": False,
        "premiumHint": "",
        "status": status,
    }


def _where(error: Exception) -> str:
    """The class and place of a fault, never its words: those may hold what the client wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" at {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
    return f"{type(error).__name__}{place}"
