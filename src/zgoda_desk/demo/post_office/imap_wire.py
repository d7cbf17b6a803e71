"""One client's line to the IMAP server: reads commands, writes answers, fails on order."""

from __future__ import annotations

import asyncio
import re
import ssl

from .faults import Fault, Faults

_LITERAL = re.compile(rb"\{(\d+)(\+?)\}\r?\n$")
_LONGEST = 64 * 1024 * 1024


class Gone(Exception):
    """The client is no longer there, or the line was cut on order."""


class Wire:
    """Bytes in and out. Raises Gone when the line is lost."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, faults: Faults) -> None:
        self._reader = reader
        self._writer = writer
        self._faults = faults

    async def command(self) -> str:
        """The next command as one text, one letter a byte; literals are written into it as quoted strings."""
        whole = b""
        while True:
            line = await self.line()
            found = _LITERAL.search(line)
            if found is None:
                return (whole + line.rstrip(b"\r\n")).decode("latin-1")
            if not found[2]:
                await self.write(b"+ Go on")
            content = await self._exactly(min(int(found[1]), _LONGEST))
            whole += line[: found.start()] + b'"' + re.sub(rb'(["\\])', rb"\\\1", content) + b'"'

    async def line(self) -> bytes:
        """The next line as it came."""
        try:
            line = await self._reader.readline()
        except (OSError, ValueError) as error:
            raise Gone from error
        if not line:
            raise Gone
        return line

    async def write(self, line: bytes) -> None:
        """Writes one answer and its line end."""
        fault = self._faults.take("write")
        if fault is not None:
            await self.suffer(fault)
        await self._send(line + b"\r\n")

    async def write_part(self, content: bytes) -> None:
        """Writes bytes, then cuts the line: half an answer."""
        await self._send(content)
        self.cut()

    async def suffer(self, fault: Fault) -> None:
        """Carries out a fault as far as it is the same for all commands: waits, cuts."""
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.cuts:
            self.cut()

    def cut(self) -> None:
        """Ends the line at once. Raises Gone."""
        self._writer.transport.abort()
        raise Gone

    async def encrypt(self, context: ssl.SSLContext) -> None:
        """Goes on inside TLS."""
        try:
            await self._writer.start_tls(context)
        except OSError as error:
            raise Gone from error

    async def close(self) -> None:
        """Hangs up; a line already lost is no error."""
        try:
            self._writer.close()
            await self._writer.wait_closed()
        except OSError:
            return

    async def _send(self, content: bytes) -> None:
        try:
            self._writer.write(content)
            await self._writer.drain()
        except OSError as error:
            raise Gone from error

    async def _exactly(self, size: int) -> bytes:
        try:
            return await self._reader.readexactly(size)
        except (OSError, asyncio.IncompleteReadError) as error:
            raise Gone from error
