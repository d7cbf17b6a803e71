"""The way out: a small IMAP4rev1 server, enough for the desk and for a common mail program."""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64decode
from collections.abc import Awaitable, Callable
from datetime import datetime

from .boxes import Boxes, Folder
from .faults import Faults
from .imap_folder import OpenFolder
from .imap_syntax import BadSyntax, Token, quoted, tokens, word
from .imap_wire import Gone, Wire

_AT = {"EXAMINE": "select", "LSUB": "list", "AUTHENTICATE": "login", "STATUS": "select"}


class Refused(Exception):
    """The command is answered with NO and this text."""


class Visit:
    """One client from greeting to goodbye."""

    def __init__(
        self,
        wire: Wire,
        boxes: Boxes,
        tokens_of: dict[str, str],
        faults: Faults,
        now: Callable[[], datetime],
        tls: ssl.SSLContext | None,
    ) -> None:
        self._wire = wire
        self._boxes = boxes
        self._tokens = {address.lower(): token for address, token in tokens_of.items()}
        self._faults = faults
        self._now = now
        self._tls = tls
        self._account: str | None = None
        self._open: OpenFolder | None = None
        self._tag = "*"
        self._over = False

    async def run(self) -> None:
        """Serves until the client leaves."""
        try:
            fault = self._faults.take("greeting")
            if fault is not None:
                await self._wire.suffer(fault)
            if fault is not None and fault.answers:
                await self._wire.write(b"* BYE " + fault.text.encode())
                return
            await self._wire.write(b"* OK [CAPABILITY " + self._capabilities() + b"] The post office is open")
            while not self._over:
                await self._serve(await self._wire.command())
        except Gone:
            return
        finally:
            await self._wire.close()

    async def _serve(self, line: str) -> None:
        self._tag, _, rest = line.partition(" ")
        name, _, rest = rest.partition(" ")
        name = name.upper()
        by_uid = name == "UID"
        if by_uid:
            name, _, rest = rest.partition(" ")
            name = name.upper()
        try:
            await self._fail(_AT.get(name, name.lower()))
            await self._do(name, tokens(rest), by_uid=by_uid)
        except Refused as refusal:
            await self._say(f"NO {refusal}")
        except BadSyntax as fault:
            await self._say(f"BAD {fault}")

    async def _fail(self, step: str) -> None:
        fault = self._faults.take(step, self._account or "")
        if fault is not None:
            await self._wire.suffer(fault)
            if fault.answers:
                raise Refused(fault.text)

    async def _do(self, name: str, given: list[Token], *, by_uid: bool) -> None:
        if name in {"FETCH", "SEARCH", "STORE"}:
            await self._in_folder(name, given, by_uid=by_uid)
            return
        doing = self._commands().get(name)
        if doing is None:
            raise BadSyntax(f"{name} is not known here")
        await doing(given)

    def _commands(self) -> dict[str, Callable[[list[Token]], Awaitable[None]]]:
        free: dict[str, Callable[[list[Token]], Awaitable[None]]] = {
            "CAPABILITY": self._capability,
            "NOOP": self._noop,
            "CHECK": self._noop,
            "LOGOUT": self._logout,
            "STARTTLS": self._starttls,
            "LOGIN": self._login,
            "AUTHENTICATE": self._authenticate,
            "ID": self._id,
        }
        inside = {
            "LIST": self._list,
            "LSUB": self._list,
            "SELECT": self._select,
            "EXAMINE": self._examine,
            "STATUS": self._status,
            "APPEND": self._append,
            "IDLE": self._idle,
            "CLOSE": self._close,
            "UNSELECT": self._close,
            "SUBSCRIBE": self._noop,
        }
        return free if self._account is None else {**free, **inside}

    def _capabilities(self) -> bytes:
        found = [
            "IMAP4rev1",
            "IDLE",
            "UIDPLUS",
            "SPECIAL-USE",
            "LITERAL+",
            "UNSELECT",
            "ID",
            "AUTH=PLAIN",
            "AUTH=XOAUTH2",
        ]
        return " ".join([*found, "STARTTLS"] if self._tls else found).encode()

    async def _say(self, text: str) -> None:
        await self._wire.write(f"{self._tag} {text}".encode())

    async def _capability(self, _: list[Token]) -> None:
        await self._wire.write(b"* CAPABILITY " + self._capabilities())
        await self._say("OK Done")

    async def _id(self, _: list[Token]) -> None:
        await self._wire.write(b'* ID ("name" "post office")')
        await self._say("OK Done")

    async def _noop(self, _: list[Token]) -> None:
        await self._news()
        await self._say("OK Done")

    async def _logout(self, _: list[Token]) -> None:
        self._over = True
        await self._wire.write(b"* BYE Goodbye")
        await self._say("OK Done")

    async def _starttls(self, _: list[Token]) -> None:
        if self._tls is None:
            raise BadSyntax("There is no TLS here")
        await self._say("OK Begin")
        await self._wire.encrypt(self._tls)
        self._tls = None

    async def _login(self, given: list[Token]) -> None:
        user, secret = (word(given, place).encode("latin-1").decode("utf-8", "replace") for place in (0, 1))
        await self._enter(user, self._boxes.secrets.get(user.lower()) == secret)

    async def _authenticate(self, given: list[Token]) -> None:
        how = word(given, 0).upper()
        answer = word(given, 1) if len(given) > 1 else await self._challenge(b"")
        fields = b64decode(answer).decode("utf-8", "replace").split("\x01" if how == "XOAUTH2" else "\x00")
        if how == "PLAIN" and len(fields) == 3:
            await self._enter(fields[1], self._boxes.secrets.get(fields[1].lower()) == fields[2])
        elif how == "XOAUTH2" and len(fields) > 1:
            user = fields[0].removeprefix("user=")
            right = self._tokens.get(user.lower(), "") == fields[1].removeprefix("auth=Bearer ") != ""
            if not right:
                await self._challenge(b"eyJzdGF0dXMiOiI0MDAifQ==")
            await self._enter(user, right)
        else:
            raise Refused("[AUTHENTICATIONFAILED] That is no login")

    async def _challenge(self, text: bytes) -> str:
        await self._wire.write(b"+ " + text)
        return (await self._wire.line()).strip().decode("latin-1")

    async def _enter(self, user: str, right: bool) -> None:
        if not right:
            raise Refused("[AUTHENTICATIONFAILED] Name or password is wrong")
        self._account = user.lower()
        await self._say("OK [CAPABILITY " + self._capabilities().decode() + "] Welcome")

    async def _list(self, given: list[Token]) -> None:
        assert self._account is not None
        pattern = word(given, 1)
        for folder in self._boxes.folders(self._account):
            if pattern in {"*", "%", folder.name}:
                use = {"Sent": " \\Sent", "Spam": " \\Junk"}.get(folder.name, "")
                await self._wire.write(f'* LIST (\\HasNoChildren{use}) "/" '.encode() + quoted(folder.name))
        await self._say("OK Done")

    async def _select(self, given: list[Token]) -> None:
        await self._enter_folder(word(given, 0), read_only=False)

    async def _examine(self, given: list[Token]) -> None:
        await self._enter_folder(word(given, 0), read_only=True)

    async def _enter_folder(self, name: str, *, read_only: bool) -> None:
        self._open = None
        opened = OpenFolder(self._folder(name), self._boxes.lock, read_only=read_only)
        for line in opened.greeting():
            await self._wire.write(line)
        self._open = opened
        await self._say(f"OK [{'READ-ONLY' if read_only else 'READ-WRITE'}] Open")

    def _folder(self, name: str) -> Folder:
        assert self._account is not None
        found = self._boxes.folder(self._account, name)
        if found is None:
            raise Refused("[NONEXISTENT] There is no such folder")
        return found

    async def _status(self, given: list[Token]) -> None:
        opened = OpenFolder(self._folder(word(given, 0)), self._boxes.lock, read_only=True)
        asked = given[1] if len(given) > 1 and isinstance(given[1], list) else []
        await self._wire.write(
            b"* STATUS " + quoted(word(given, 0)) + b" " + opened.status([str(one) for one in asked])
        )
        await self._say("OK Done")

    async def _append(self, given: list[Token]) -> None:
        assert self._account is not None
        folder = self._folder(word(given, 0))
        uid = self._boxes.append(self._account, folder.name, word(given, len(given) - 1).encode("latin-1"), self._now())
        await self._news()
        await self._say(f"OK [APPENDUID {folder.uid_validity} {uid}] Kept")

    async def _close(self, _: list[Token]) -> None:
        self._open = None
        await self._say("OK Done")

    async def _news(self) -> None:
        for line in self._open.news() if self._open else ():
            await self._wire.write(line)

    async def _in_folder(self, name: str, given: list[Token], *, by_uid: bool) -> None:
        if self._open is None:
            raise BadSyntax("Open a folder first")
        for line in self._open.answers(name, given, by_uid=by_uid):
            fault = self._faults.take("body", self._account or "") if b"BODY[" in line else None
            if fault is not None and fault.cuts:
                await self._wire.write_part(line[: fault.after or len(line) // 2])
            await self._wire.write(line)
        if by_uid or name != "SEARCH":
            await self._news()
        await self._say("OK Done")

    async def _idle(self, _: list[Token]) -> None:
        loop, woken = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(woken.set)

        self._boxes.listen(wake)
        end = asyncio.ensure_future(self._wire.line())
        try:
            await self._wire.write(b"+ idling")
            while not end.done():
                await self._news()
                waiting = asyncio.ensure_future(woken.wait())
                await asyncio.wait({end, waiting}, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()
                woken.clear()
            await end
        finally:
            end.cancel()
            self._boxes.unlisten(wake)
        await self._say("OK Done")
