"""What text answers are drawn on: a terminal, a pipe or a file, with the signs and colours that it can show."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from typing import IO, Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

WIDEST = 110  # longer lines are hard to read
NARROWEST = 30
# A text must not command the terminal: controls and signs that turn the direction of writing are made visible.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef]")
_INVISIBLE = re.compile("[\u200b\ufeff\u00ad]")
_SPACES = re.compile(r"\s{1,1000}")
JOIN = "\ufdd0"  # a space at which no line breaks; it becomes a plain one when the lines are cut
STATE_STYLES = {"calm": "#3f9c93", "dissatisfied": "#b8890a", "angry": "#e0651a", "abusive": "#d0305a"}


@dataclass(frozen=True, slots=True)
class Signs:
    """Drawn signs, and what stands for them where only ASCII can be shown."""

    full: str
    empty: str
    bars: tuple[str, ...]
    fold: str
    open: str
    close: str
    quote: tuple[str, str]
    dot: str
    more: str
    arrow: str
    right: str
    wrong: str
    rule: str
    range: str


UNICODE = Signs(
    "█", "░", ("▂   ", "▂▄  ", "▂▄▆ ", "▂▄▆█"), "▪▪▪", "‹", "›", ("“", "”"), "·", "…", "→", "✓", "✗", "─", "–"
)
ASCII = Signs("#", ".", ("", "", "", ""), "...", "<", ">", ('"', '"'), "-", "...", "->", "ok", "NOT", "-", "-")


class Paper:
    """A console with its signs; `plain` where no style can be shown and words must do."""

    def __init__(self, file: IO[str] | None = None, width: int | None = None, **options: Any) -> None:
        stream = file or sys.stdout
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a letter the terminal lacks must not end the answer
        columns = width or shutil.get_terminal_size((80, 24)).columns
        self.width = max(NARROWEST, min(columns, WIDEST))
        self.console = Console(
            file=stream, width=max(NARROWEST, columns), highlight=False, markup=False, emoji=False, **options
        )
        self.plain = self.console.color_system is None
        self.signs = UNICODE if self.console.encoding.startswith("utf") else ASCII

    def line(self, text: Text | str = "") -> None:
        """One line, not wrapped."""
        self.console.print(text, soft_wrap=True)

    def block(self, left: Text, body: Text, indent: int) -> None:
        """A body wrapped beside a margin of `indent` columns that holds `left` on its first line."""
        lines = body.wrap(self.console, max(10, self.width - indent))
        out = Text()
        for number, line in enumerate(lines or [Text()]):
            line.rstrip()
            line.plain = line.plain.replace(JOIN, " ")
            margin = left.copy() if number == 0 else Text()
            margin.append(" " * max(0, indent - cell_len(margin.plain)))
            out.append(Text("\n") if number else Text())
            out.append(margin)
            out.append(line)
        self.line(out)

    def quoted(self, text: Text) -> Text:
        """The text in quotation marks."""
        first, last = self.signs.quote
        return Text(first).append_text(text).append(last)


def clean(text: str) -> str:
    """A stretch of a message as it may be shown: on one line, and harmless to a terminal."""
    return _SPACES.sub(" ", _UNSAFE.sub("\ufffd", _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))))
