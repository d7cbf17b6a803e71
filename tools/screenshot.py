"""Draw what `zgoda read` shows on a terminal as a picture for the README: `python -m tools.screenshot`."""

from __future__ import annotations

import io
import os
import pty
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = "docs/samples/1-ru-chat.txt"
PICTURE = ROOT / "docs" / "img" / "read.svg"
WIDTH = 92
_FONT_FACE = re.compile(r"@font-face \{[^}]{0,600}\}\s{0,20}")


def terminal_output(*command: str) -> str:
    """What a command writes to a terminal of WIDTH columns, colours included."""
    chunks: list[bytes] = []

    def keep(handle: int) -> bytes:
        data = os.read(handle, 65536)
        chunks.append(data)
        return b""

    os.environ.update(COLUMNS=str(WIDTH), TERM="xterm-256color", COLORTERM="truecolor")
    pty.spawn(command, keep)
    return b"".join(chunks).decode("utf-8", "replace").replace("\r\n", "\n")


def main() -> None:
    zgoda = Path(sys.executable).with_name("zgoda")
    shown = terminal_output(str(zgoda), "read", "--now", "2026-11-26T12:00:00+03:00", str(ROOT / SAMPLE))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(shown))
    svg = console.export_svg(title=f"zgoda read {Path(SAMPLE).name}")
    # The picture must not fetch a font from anywhere.
    PICTURE.write_text(_FONT_FACE.sub("", svg), encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
