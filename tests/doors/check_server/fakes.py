"""A check that finds what it is told to, the real words, and a client that calls the application in this process."""

import io
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from zgoda.doors.check_server.app import CheckServer, Settings
from zgoda.doors.check_server.words import Words
from zgoda.rules.loader import SHIPPED
from zgoda.values.review import Finding, Review

MISTAKES = {  # what the fake finds: kind, severity, suggestion
    "calm down": ("calm_down", "error", "I see how much trouble this is"),
    "soon": ("vague_promise", "warning", None),
    "calm down soon": ("command", "warning", None),
    "успокойтесь": ("calm_down", "error", "понимаю, как это неприятно"),
    "proszę się uspokoić": ("calm_down", "error", "rozumiem, jakie to przykre"),
    "L2": ("jargon", "info", None),
}


@dataclass
class FakeCheck:
    """Finds the words above; remembers what it was asked."""

    calls: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    truncated: bool = False
    fault: Exception | None = None

    def __call__(self, text: str, language: str | None, interface: str | None) -> Review:
        self.calls.append((text, language, interface))
        if self.fault is not None:
            raise self.fault
        found = [finding(text, words) for words in MISTAKES if words in text]
        return Review(language or guess(text), findings=tuple(found), truncated=self.truncated)


def finding(text: str, words: str) -> Finding:
    kind, severity, suggestion = MISTAKES[words]
    start = text.index(words)
    return Finding(kind, start, start + len(words), words, severity, f"Why not {kind}.", suggestion, "our-rule", "S2")


def guess(text: str) -> str:
    return "ru" if any("а" <= c <= "я" for c in text) else "pl" if any(c in "ąęłśćżźó" for c in text) else "en"


def shipped_words() -> Words:
    def table(language: str) -> dict[str, Any]:
        return tomllib.loads((SHIPPED / language / "tables" / "check_server.toml").read_text("utf-8"))

    return Words(table("common"), {language: table(language) for language in ("ru", "pl", "en")})


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def matches(self) -> list[dict[str, Any]]:
        return self.json["matches"]


class Client:
    """Calls the application as a WSGI server would."""

    def __init__(self, check: Any = None, **settings: Any) -> None:
        self.check = check or FakeCheck()
        self.clock = Clock()
        self.app = CheckServer(self.check, shipped_words(), replace(Settings(patience=0.0), **settings), self.clock)

    def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        query: str = "",
        kind: str = "application/x-www-form-urlencoded",
        **headers: str,
    ) -> Reply:
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": kind,
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost:8765",
            "wsgi.input": io.BytesIO(body),
            **headers,
        }
        answer = Reply(0, {}, b"")

        def start_response(status: str, names: list[tuple[str, str]]) -> None:
            answer.status, answer.headers = int(status.split(maxsplit=1)[0]), dict(names)

        answer.body = b"".join(self.app(environ, start_response))
        return answer

    def get(self, path: str, **headers: str) -> Reply:
        return self.call("GET", path, **headers)

    def ask(self, fields: Mapping[str, str] | None = None, **more: str) -> Reply:
        """POST a check with these form fields."""
        return self.call("POST", "/v2/check", urlencode({"language": "auto", **(fields or {}), **more}).encode())


def annotation(*parts: tuple[str, ...]) -> str:
    """The value of `data`: a bare text is a 1-tuple, markup a pair of source and what it is read as."""
    items = [{"text": p[0]} if len(p) == 1 else {"markup": p[0], "interpretAs": p[1]} for p in parts]
    return json.dumps({"annotation": items})
