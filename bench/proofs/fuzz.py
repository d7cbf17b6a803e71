"""Random and mutated input through the doors that users use: nothing may break, and spans stay inside."""

from __future__ import annotations

import argparse
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

from bench.proofs.hostile import TEXTS
from bench.spans import loose_spans, unexplained
from tools.dataset import load_messages
from zgoda.api import engine
from zgoda.doors.messages import Defaults, Failure, channel_names, messages
from zgoda.doors.paper import Paper
from zgoda.doors.show import ReadingPage
from zgoda.doors.writers import JsonLines
from zgoda.errors import InputError

_NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
_LONGEST = 600
_SPICE = "\0\u200b\u202e\u0301\ud83d\udc00<>&\"'«»(*@#!?.\n\t\ufeff\u00ad7€😡"
_ODD: tuple[object, ...] = (None, 3, "pl", "xx", [], {"a": 1}, True, "2026-11-26", 1e308)
_HEADERS = (
    "From: a <a@b.example>", "Subject: =?utf-8?B?0LDQsQ==?=", "Subject: =?x?Q?=Z", "Content-Type: text/html; charset=x",
    "Content-Type: multipart/mixed; boundary=b", "Content-Type: text/plain; charset=koi8-r", "MIME-Version: 1.0",
    "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "Date: Thu, 26 Nov 2026 9:00",
    "Content-Type: message/rfc822", "In-Reply-To: <", "From nobody Thu Nov 26 12:00:00 2026", "--b", "--b--", "",
)  # fmt: skip


def mutant(text: str, chance: Random) -> str:
    """A text with pieces cut out, doubled, swapped, and strange letters put in."""
    for _ in range(chance.randint(1, 8)):
        a, b = sorted(chance.randint(0, len(text)) for _ in range(2))
        b = min(b, a + 30)
        piece = text[a:b]
        change = chance.choice(("", piece * 2, piece[::-1], piece.upper(), chance.choice(_SPICE) * 3))
        text = text[:a] + change + text[b:]
    return text


class _Fuzz:
    """One run: the chance, the real lines, and what came of the inputs."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.lines = [line.text for line in load_messages()]
        self.came: Counter[str] = Counter()
        self.faults: list[str] = []
        table = engine().knowledge.table
        self.defaults = Defaults(None, _NOW, lambda: _NOW, channel_names(table("common", "channels")))
        self.page = ReadingPage(table("common", "wording"), explain=True, paper=Paper(io.StringIO(), 80))
        self.json = JsonLines(io.BytesIO(), live=False)

    # -- inputs --------------------------------------------------------------------------------------------------

    def noise(self) -> str:
        """One of the hostile texts, short."""
        make = self.chance.choice(list(TEXTS.values()))
        return make(self.chance.randint(0, _LONGEST), self.chance)

    def mutant(self) -> str:
        """A real line that was damaged."""
        return mutant(self.chance.choice(self.lines), self.chance)

    def mail(self) -> bytes:
        """Headers in a wild order, bodies of noise and real lines, bytes turned over."""
        parts = [
            self.chance.choice((*_HEADERS, self.noise(), self.mutant())) for _ in range(self.chance.randint(1, 12))
        ]
        return self.turned("\r\n".join(parts).encode("utf-8", "surrogatepass"))

    def turned(self, raw: bytes) -> bytes:
        """The bytes with a few changed, dropped or cut off."""
        changed = bytearray(raw)
        for _ in range(self.chance.randint(0, 12)):
            if changed:
                changed[self.chance.randrange(len(changed))] = self.chance.randrange(256)
        return bytes(changed[: self.chance.randint(0, len(changed))] if self.chance.random() < 0.2 else changed)

    def objects(self) -> bytes:
        """Lines of JSON, whole, odd and broken."""
        rows = []
        for number in range(self.chance.randint(1, 4)):
            fields: dict[str, object] = {"id": number, "text": self.mutant()}
            if self.chance.random() < 0.3:
                fields[self.chance.choice(("lang", "now", "channel"))] = self.chance.choice(_ODD)
            row = json.dumps(fields).encode()
            rows.append(self.turned(row) if self.chance.random() < 0.3 else row)
        return b"\n".join(rows)

    def junk(self) -> bytes:
        """Bytes without any sense."""
        return self.chance.randbytes(self.chance.randint(0, _LONGEST))

    # -- doors ---------------------------------------------------------------------------------------------------

    def text(self, text: str) -> None:
        """Straight through the engine."""
        reading = engine().read(text, now=_NOW)
        self.faults += [f"{fault} in {text[:80]!r}" for fault in (*loose_spans(text, reading), *unexplained(reading))]
        self.came["text read"] += 1

    def door(self, kind: str, raw: bytes) -> None:
        """Through the door of files of a kind, out as JSON and as a page."""
        try:
            items = list(messages(kind, "input", io.BytesIO(raw), self.defaults))
        except InputError:
            self.came[f"{kind} refused"] += 1
            return
        for item in items:
            if isinstance(item, Failure):
                self.came[f"{kind} place refused"] += 1
                self.json.failure(item)
                continue
            reading = engine().read(item.text, now=item.now, language=item.language, channel=item.channel)
            self.faults += [f"{kind}: {fault} in {item.text[:80]!r}" for fault in loose_spans(item.text, reading)]
            self.json.message(item, reading)
            self.page.message(item, reading)
            self.came[f"{kind} read"] += 1

    def tried(self, what: str, call: Callable[[], None]) -> None:
        """A break of any kind is a fault that is told with the input that made it."""
        try:
            call()
        except Exception as error:
            self.faults.append(f"{type(error).__name__}: {error} from {what}")


def prove(wishes: argparse.Namespace) -> bool:
    """Whether nothing broke in `--rounds` inputs of each kind."""
    fuzz = _Fuzz(wishes.seed)
    for _ in range(wishes.rounds):
        for text in (fuzz.noise(), fuzz.mutant()):
            fuzz.tried(ascii(text), lambda text=text: fuzz.text(text))  # type: ignore[misc]
        for kind, raw in (
            ("text", fuzz.turned(fuzz.mutant().encode("utf-8", "surrogatepass"))),
            ("eml", fuzz.mail()),
            ("mbox", b"From a Thu Nov 26 12:00:00 2026\n" + fuzz.mail() + b"\n\n" + fuzz.mail()),
            ("jsonl", fuzz.objects()),
            (fuzz.chance.choice(("text", "eml", "mbox", "jsonl")), fuzz.junk()),
        ):
            fuzz.tried(f"{kind} {raw!r}", lambda kind=kind, raw=raw: fuzz.door(kind, raw))  # type: ignore[misc]
    for fault in fuzz.faults[:20]:
        print(fault[:2_000])
    for name, count in sorted(fuzz.came.items()):
        print(f"{name:22} {count:,}")
    print(f"seed {wishes.seed}: {wishes.rounds * 7:,} inputs, {len(fuzz.faults)} faults")
    return not fuzz.faults
