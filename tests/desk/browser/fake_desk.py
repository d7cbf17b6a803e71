"""A desk of a few lines for tests of the page's own scripts: static files, one page, reviews by the real engine."""

from __future__ import annotations

import json
import mimetypes
import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.template import Context, Engine

import zgoda

CONSOLE = Path(zgoda.__file__).parents[1] / "zgoda_desk" / "console"
CUSTOMER = "Третий раз пишу. Мне нужна коляска к субботе, заказ 48-20517, а не отписки!"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
SHEETS = ("tokens", "desk", "steps", "forms", "queue", "case", "portal")
TITLES = {"error": "orders the feeling away", "warning": "a promise with no time", "info": "a word of ours"}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Conversation</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/static/zgoda/icon.svg">
{sheets}<script type="module" src="/static/zgoda/js/desk.js"></script></head>
<body data-quiet-from="22:00" data-events-url="/events" data-events-after="7">
<div class="notice" data-offline-notice hidden role="status">Offline since <time data-offline-since></time></div>
{main}{keys}</body></html>"""
CASE = """<main class="case"><div class="case-top"><div class="case-head"><div class="id"><h1>Марина Соколова</h1>
<p class="small muted">E-mail</p></div>
<div class="heat angry"><span class="temp angry"><i></i>Angry <b>72</b></span></div>
</div><ol class="stages" aria-label="Steps"><li class="done">Acknowledge</li><li class="skipped">Say back</li>
<li class="now" aria-current="step">Date, not verdict</li><li>Check</li></ol></div>
<div class="left"><div class="time" data-timeline tabindex="0"><ol>{timeline}</ol></div>{reply}</div>
<aside class="panel"><section class="sec">
<button class="say" data-phrase="Проверю склад и сегодня до 11:00 сама вам позвоню."><span>«Проверю»</span></button>
<button class="say" data-phrase="Спасибо, что написали прямо."><span>«Спасибо»</span></button></section></aside>
</main>"""
TIMELINE = """<li class="msg" data-message><span class="at">09:14</span><span class="fever abusive x-83"><b></b></span>
<div class="body"><p class="words" data-view="read">Звонка не было!
<button class="fold" data-fold aria-expanded="false"><span>2 insults folded</span></button><span class="folded"
data-folded hidden>Обманщики!</span></p><p class="words plain" data-view="written" hidden>Звонка не было! Обманщики!</p>
</div><ul class="note-side"><li><button class="btn-link" data-written data-key="w">As written</button></li></ul></li>"""


@dataclass
class FakeDesk:
    """What the tests may look at and turn: who asked what, how slow an answer is, what the desk has kept."""

    url: str = ""
    main: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    reply: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    slow: Callable[[str], float] = lambda _text: 0.0
    ignored: list[dict[str, Any]] = field(default_factory=list)
    draft: dict[str, Any] = field(default_factory=lambda: {"version": 0, "text": "", "kind": "reply"})
    saved: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, list[str]]] = field(default_factory=list)
    events: queue.Queue[str] = field(default_factory=queue.Queue)
    opened: list[str] = field(default_factory=list)
    signed_out: bool = False

    def page(self) -> str:
        """The page of one conversation as the desk would write it."""
        kept = {"text": self.draft["text"], "version_reply": self.draft["version"]}
        reply = rendered("reply", {"reply": {**REPLY, **kept, **self.reply}})
        return PAGE.format(
            sheets="".join(f'<link rel="stylesheet" href="/static/zgoda/css/{name}.css">' for name in SHEETS),
            main=self.main or CASE.format(timeline=TIMELINE, reply=reply),
            keys=rendered("keys", {}),
        )

    def review(self, body: dict[str, Any]) -> dict[str, Any]:
        """What the review view answers."""
        text = body["text"]
        self.asked.append(text)
        time.sleep(self.slow(text))
        told = zgoda.review(text, customer=CUSTOMER).as_dict()
        known = {(one["rule"], one["text"]) for one in self.ignored}
        findings = [one for one in told["findings"] if (one["rule"], one["text"]) not in known]
        counts = {name: sum(one["severity"] == name for one in findings) for name in TITLES}
        return {
            "findings": [{**one, "title": TITLES[one["severity"]], "id": at} for at, one in enumerate(findings)],
            "missing": [{"kind": kind, "title": kind} for kind in told["missing"]],
            "done": [],
            "promises": [{**one, "due_text": "by the hour", "due": one["due"]} for one in told["promises"]],
            "counts": counts,
            "state_text": ", ".join(f"{number} {name}" for name, number in counts.items() if number) or "No mistakes",
            "send": "next" if counts["error"] else "send",
            "promise_text": "",
        }

    def keep(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """What the draft view answers."""
        self.saved.append(body)
        if body["version"] != self.draft["version"]:
            return 409, {**self.draft, "author": "Paweł", "message": "Paweł changed this draft meanwhile."}
        self.draft = {"version": body["version"] + 1, "text": body["text"], "kind": body["kind"]}
        return 200, {"version": self.draft["version"], "kept_text": "Draft kept 09:31"}


REPLY = {
    "conversation": 5,
    "person": 1,
    "send_url": "/send",
    "review_url": "/review",
    "ignore_url": "/ignore",
    "draft_url": "/draft",
    "presence_url": "/presence",
    "rule_url": "/rules/RULE",
    "key": "k1",
    "draft_key": "1:5",
    "seen": 40,
    "kind": "reply",
    "text": "",
    "language": "ru",
    "channel_label": "Reply by e-mail, ru",
    "send_label": "Send",
}


def rendered(part: str, values: dict[str, Any]) -> str:
    """A template part of the console."""
    engine = Engine(dirs=[CONSOLE / "templates"], libraries={"i18n": "django.templatetags.i18n"})
    return engine.get_template(f"zgoda/parts/{part}.html").render(Context({**values, "csrf_token": "t" * 64}))


class Handler(BaseHTTPRequestHandler):
    """Answers for the fake desk."""

    protocol_version = "HTTP/1.1"
    desk: FakeDesk

    def answer(self, body: bytes, kind: str = "application/json", status: int = 200) -> None:
        """One whole answer with the policy of the real desk."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        with suppress(OSError):  # a browser that gave the request up
            self.end_headers()
            self.wfile.write(body)

    def do_GET(self) -> None:
        """The page, a static file or the stream."""
        path = urlsplit(self.path).path
        if path == "/events":
            self.stream()
        elif path.startswith("/static/"):
            kind = mimetypes.guess_type(path)[0] or "text/plain"
            self.answer((CONSOLE / path.lstrip("/")).read_bytes(), f"{kind}; charset=utf-8")
        else:
            self.answer(self.desk.pages.get(path, self.desk.page()).encode(), "text/html; charset=utf-8")

    def stream(self) -> None:
        """Live events until the browser goes."""
        self.desk.opened.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        mine = len(self.desk.opened)
        while len(self.desk.opened) == mine:
            try:
                told = self.desk.events.get(timeout=0.05)
            except queue.Empty:
                told = ": warm\n\n"
            if told == "end":
                return
            try:
                self.wfile.write(told.encode())
                self.wfile.flush()
            except OSError:
                return

    def do_POST(self) -> None:
        """The small answers the scripts ask for, and the form."""
        raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self.path == "/send":
            self.desk.sent.append(parse_qs(raw.decode()))
            self.desk.draft = {"version": self.desk.draft["version"] + 1, "text": "", "kind": "reply"}
            self.answer(self.desk.page().encode(), "text/html; charset=utf-8")
            return
        if self.headers["X-CSRFToken"] != "t" * 64 or self.desk.signed_out:
            self.answer(b"{}", status=401)
            return
        status, told = self.told(json.loads(raw))
        self.answer(json.dumps(told).encode(), status=status)

    def told(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The answer of one small call."""
        if self.path == "/review":
            return 200, self.desk.review(body)
        if self.path == "/draft":
            return self.desk.keep(body)
        if self.path == "/ignore":
            self.desk.ignored.append(body)
        return 200, {}

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def fake_desk() -> Iterator[FakeDesk]:
    """A fake desk that listens on loopback."""
    desk = FakeDesk()
    handler = type("Bound", (Handler,), {"desk": desk})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        desk.url = f"http://127.0.0.1:{server.server_port}"
        yield desk
        server.shutdown()
