"""A customer who writes and an agent who answers by the pages while the desk is killed under their hands."""

from __future__ import annotations

import http.client
import smtplib
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

from bench.proofs.desk_home import ADDRESS

_TEXTS = (
    "Where is my order {n}? This is the third time I write and nobody answers.",
    "Где мой заказ {n}? Я пишу третий раз, сколько можно ждать?",
    "Gdzie jest moje zamówienie {n}? Piszę po raz trzeci i nikt nie odpowiada.",
)
_ANSWER = "I am sorry that your order {n} is late. I have found it and write to you again with the day of delivery."
_CSRF = "a" * 32


@dataclass
class Customer:
    """Sends mails by SMTP; `taken` are the numbers the post office has answered for."""

    port: int
    random: Random
    taken: set[int] = field(default_factory=set)

    def write(self) -> None:
        """One mail more."""
        number = len(self.taken) + 1
        text = self.random.choice(_TEXTS).format(n=f"77-{number:05d}")
        name = f"customer{number}@elsewhere.example"
        head = f"From: <{name}>\r\nTo: <{ADDRESS}>\r\nSubject: Order 77-{number:05d}\r\n"
        head += f"Message-ID: <{number}@elsewhere>\r\n"
        kind = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        with smtplib.SMTP("127.0.0.1", self.port) as line:
            line.sendmail(name, [ADDRESS], (head + kind + text + "\r\n").encode())
        self.taken.add(number)


@dataclass
class Agent:
    """Decides on one reply for each conversation and presses the button until the desk says that it has it.

    `decided` maps conversations to keys; `taken` are the conversations for which the desk has said yes.
    """

    port: int
    session: str
    decided: dict[int, str] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    stopped: list[str] = field(default_factory=list)

    @property
    def open(self) -> list[int]:
        """Conversations whose reply the desk has not answered for."""
        return [number for number in self.decided if number not in self.taken]

    def decide(self) -> None:
        """Take up the conversations that are new."""
        from zgoda_desk.conversations.models import Conversation

        for number in Conversation.objects.order_by("pk").values_list("pk", flat=True):
            self.decided.setdefault(number, f"reply-{number}")

    def answer(self, number: int) -> None:
        """Send the decided reply once; a cut line or a refusal leaves it open."""
        from zgoda_desk.conversations.models import Conversation

        conversation = Conversation.objects.get(pk=number)
        fields = {
            "text": _ANSWER.format(n=conversation.reference or "x"), "key": self.decided[number],
            "seen": conversation.revision, "do": "overrule", "overrule": "a proof",
        }  # fmt: skip
        status, body = self.post(f"/c/{number}/send", fields)
        if status in (200, 302):
            self.taken.add(number)
        elif status:
            self.stopped.append(f"{status} {body[:200]!r}")

    def post(self, path: str, fields: dict[str, object]) -> tuple[int, bytes]:
        """Status and body; 0 where the desk was not there or died over it."""
        form = urlencode({**fields, "csrfmiddlewaretoken": _CSRF})
        return self._ask("POST", path, form, {"Content-Type": "application/x-www-form-urlencoded"})

    def get(self, path: str) -> tuple[int, bytes]:
        """The same for a page."""
        return self._ask("GET", path, None, {})

    def _ask(self, method: str, path: str, body: str | None, more: dict[str, str]) -> tuple[int, bytes]:
        cookies = f"zgoda_session={self.session}; zgoda_csrf={_CSRF}"
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body, {"Cookie": cookies, "Accept": "application/json, text/html", **more})
            answer = line.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            line.close()


def log_in() -> str:
    """The key of a session of the head of the company."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from zgoda_desk.accounts.models import Person

    head = Person.objects.get(role="head")
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(head.pk), head.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session.create()
    return str(session.session_key)
