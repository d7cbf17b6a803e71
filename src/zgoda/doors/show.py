"""Draws one reading as a page of text: the header, the message, and what was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
from rich.text import Text

from zgoda.doors.messages import Failure, Message
from zgoda.doors.paper import STATE_STYLES, Paper, clean
from zgoda.doors.show_message import MARGIN, MarkedText, draw_message
from zgoda.doors.show_sections import draw_sections
from zgoda.doors.sources import STDIN
from zgoda.doors.wording import Wording
from zgoda.text.mail import Mail
from zgoda.values import STATES, Reading

_BANDS = ((0, 20), (20, 50), (50, 80), (80, 101))  # labels-1.1, as drawn: the bar itself says the number
_CELLS = ((70, 2.5), (46, 5.0), (0, 10.0))  # from this width on, a cell of the bar is worth so much
_KILO = 1024


class ReadingPage:
    """Writes readings as text; the wording comes from content."""

    def __init__(
        self, wording: Mapping[str, Any], explain: bool = False, show_abuse: bool = False, paper: Paper | None = None
    ) -> None:
        self.paper = paper or Paper()
        self.wording = Wording(wording)
        self._explain = explain
        self._show_abuse = show_abuse
        self._count = 0

    def message(self, message: Message, reading: Reading) -> None:
        """The page of one message."""
        paper = self.paper
        if self._count:
            paper.line()
            paper.line(Text(paper.signs.rule * paper.width, style="dim"))
        self._count += 1
        self._title(message, reading)
        self._safety(reading)
        if message.mail is not None:
            self._mail(message.mail)
        paper.line()
        marked = MarkedText(message.text, reading, self.wording, paper, self._show_abuse)
        draw_message(marked)
        paper.line()
        if reading.truncated:
            self._row("note", self.wording.name("words", "truncated"))
        draw_sections(marked, self._explain)
        paper.console.file.flush()

    def failure(self, failure: Failure) -> None:
        """What could not be read is told on the error stream."""
        name = "" if failure.id is None else f"{clean(str(failure.id))}: "
        click.echo(f"{name}{clean(failure.fault)}", err=True)

    def close(self) -> None:
        """All is shown."""
        self.paper.console.file.flush()

    def _title(self, message: Message, reading: Reading) -> None:
        style = STATE_STYLES[reading.state]
        if message.id not in (None, STDIN):
            self.paper.line(Text(clean(str(message.id)), style="dim"))
        bars = self.paper.signs.bars[STATES.index(reading.state)]
        out = Text(f"{bars} " if bars else "", style=style)
        out = Text().append_text(out)
        out.append(f"{self.wording.name('state', reading.state)} {reading.temperature}", style=f"bold {style}")
        out.append("   ").append_text(self._bar(reading.temperature))
        language = self.wording.name("language", reading.language)
        if len(out) + 3 + len(language) > self.paper.width:
            self.paper.line(out)
            self.paper.line(Text(language, style="dim"))
        else:
            self.paper.line(out.append(f"   {language}", style="dim"))

    def _bar(self, temperature: int) -> Text:
        """0..100 in four bands with a gap between them; each band has its own hue, the rest stays pale."""
        cell = next(worth for width, worth in _CELLS if self.paper.width >= width)
        signs = self.paper.signs
        out = Text()
        for state, (low, high) in zip(STATES, _BANDS, strict=True):
            size = round((high - low) / cell)
            filled = round(max(0, min(temperature + 1, high) - low) / cell)
            if low <= temperature < high:
                filled = max(1, filled)
            out.append(signs.full * filled, style=STATE_STYLES[state])
            out.append(signs.empty * (size - filled) + " ", style="dim")
        out.rstrip()
        return out

    def _safety(self, reading: Reading) -> None:
        kinds = {span.kind for span in (*reading.signals, *reading.abuse)}
        for kind in ("self_harm", "threat"):
            if kind in kinds and self.wording.has("safety", kind):
                self._row("safety", self.wording.name("safety", kind), style="bold")

    def _row(self, heading: str, words: str, style: str = "") -> None:
        name = Text(self.wording.name("headings", heading), style="bold")
        self.paper.block(name, Text(clean(words), style=style), MARGIN)

    def _mail(self, mail: Mail) -> None:
        address = f"<{mail.sender_address}>" if mail.sender_address else ""
        sender = f"{mail.sender_name} {address}".strip()
        if mail.automatic:
            sender += f" ({self.wording.name('words', 'automatic')})"
        files = ", ".join(f"{one.name or one.content_type} ({_size(one.size)})" for one in mail.attachments)
        for heading, words in (
            ("from", sender),
            ("subject", mail.subject),
            ("date", (mail.date or "").replace("T", " ")),
            ("files", files),
        ):
            if words.strip():
                self._row(heading, words)
        for note in mail.notes:
            code, _, detail = note.partition(":")
            self._row("note", f"{self.wording.name('notes', code)} {detail}".strip())


def _size(count: int) -> str:
    if count < _KILO:
        return f"{count} bytes"
    if count < _KILO * _KILO:
        return f"{count / _KILO:.0f} kB"
    return f"{count / _KILO / _KILO:.1f} MB"
