"""The way in: an SMTP server that takes mail from strangers for its accounts and from its accounts for everybody."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from .boxes import Boxes
from .faults import Fault, Faults

# Sender, recipients, raw mail, login.
Take = Callable[[str, tuple[str, ...], bytes, str | None], None]


class Desk:
    """The rules of the house: who may log in, who may send as whom, to whom."""

    def __init__(self, boxes: Boxes, tokens: dict[str, str], take: Take, faults: Faults) -> None:
        self._boxes = boxes
        self._tokens = {address.lower(): token for address, token in tokens.items()}
        self._take = take
        self._faults = faults

    def authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any) -> AuthResult:
        """Checks a password."""
        assert isinstance(data, LoginPassword)
        login = data.login.decode("utf-8", "replace").lower()
        right = self._boxes.secrets.get(login) == data.password.decode("utf-8", "replace")
        return AuthResult(success=right, handled=False, auth_data=login)

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        """Checks an access token; a wrong one is told in a challenge first, as the big providers do."""
        from base64 import b64decode

        fields = b64decode(args[1] if len(args) > 1 else "").decode("utf-8", "replace").split("\x01")
        login = fields[0].removeprefix("user=").lower()
        token = fields[1].removeprefix("auth=Bearer ") if len(fields) > 1 else ""
        if token and self._tokens.get(login) == token:
            return AuthResult(success=True, auth_data=login)
        await server.challenge_auth('{"status":"400","schemes":"Bearer"}')
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """An account sends only under its own address; strangers under any."""
        address = "" if address == "<>" else address
        login = login_of(session)
        if login and address and self._boxes.account_of(address) != login:
            return "550 5.7.60 This account may not send as this sender"
        envelope.mail_from = address or "<>"
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whoever has not logged in reaches only the accounts of this house."""
        if not login_of(session) and self._boxes.account_of(address) is None:
            return "550 5.7.1 Relaying denied"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The final dot has come: keep the mail, then say so."""
        assert isinstance(server, FaultySmtp)
        fault = self._faults.take("answer", envelope.rcpt_tos[0])
        if fault is None or fault.keep or not (fault.cuts or fault.answers):
            sender = "" if envelope.mail_from == "<>" else envelope.mail_from or ""
            content = envelope.original_content or b""
            self._take(sender, tuple(envelope.rcpt_tos), content, login_of(session))
        if fault is not None and await server.suffer(fault):
            return ""
        return "250 2.0.0 Taken"


class _Session(Session):
    login_data: Any = None  # the library's own warns of its age at every login


class FaultySmtp(SMTP):
    """The server of the library, made to fail on order."""

    line_length_limit = 1 << 20

    def __init__(
        self,
        desk: Desk,
        faults: Faults,
        tls: ssl.SSLContext | None,
        lines: set[asyncio.BaseTransport],
        **settings: Any,
    ) -> None:
        self._faults = faults
        self._lines = lines
        super().__init__(
            desk,
            hostname="post.example",
            ident="ready",
            tls_context=tls,
            authenticator=desk.authenticate,
            auth_require_tls=False,
            enable_SMTPUTF8=True,
            **settings,
        )

    def _create_session(self) -> Session:
        return _Session(self.loop)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Enters the line, so that all can be cut."""
        self._lines.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Takes the line out again."""
        if self.transport is not None:
            self._lines.discard(self.transport)
        super().connection_lost(error)

    async def suffer(self, fault: Fault) -> bool:
        """Carries out a fault; True when the usual answer must not follow."""
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.cuts:
            self.cut()
        elif fault.answers:
            await super().push(f"{fault.code} {fault.text}")
            if fault.code == 421:
                self._writer.close()
        return fault.cuts or fault.answers

    def cut(self) -> None:
        """Ends the connection at once."""
        if self.transport is not None:
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.abort()

    async def push(self, status: Any) -> None:
        """Every answer of the server; an empty one means that all has been said."""
        if not status:
            return
        fault = self._faults.take("write")
        if fault is None or not await self.suffer(fault):
            await super().push(status)

    async def _failed(self, step: str, address: str = "") -> bool:
        fault = self._faults.take(step, address)
        return fault is not None and await self.suffer(fault)

    async def _handle_client(self) -> None:
        fault = self._faults.take("greeting")
        if fault is not None and await self.suffer(fault):
            self._writer.close()
            return
        await super()._handle_client()

    async def smtp_EHLO(self, hostname: str) -> None:
        """EHLO."""
        if not await self._failed("hello"):
            await super().smtp_EHLO(hostname)

    async def smtp_AUTH(self, arg: str) -> None:
        """AUTH."""
        if not await self._failed("login"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:
        """MAIL."""
        if not await self._failed("sender", _address_in(arg)):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        """RCPT."""
        if not await self._failed("recipient", _address_in(arg)):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        """DATA."""
        if await self._failed("data"):
            return
        fault = self._faults.take("body")
        if fault is None:
            await super().smtp_DATA(arg)
            return
        await self.push("354 Go on")
        if fault.after:
            await self._reader.readexactly(fault.after)
        await self.suffer(fault)

    async def smtp_QUIT(self, arg: str) -> None:
        """QUIT."""
        if not await self._failed("quit"):
            await super().smtp_QUIT(arg)


def login_of(session: Session) -> str | None:
    """The account that has logged in, if any."""
    return str(session.auth_data) if session.authenticated else None


def _address_in(arg: str | None) -> str:
    return (arg or "").partition("<")[2].partition(">")[0]
