"""Draw what `zgoda read` shows on a terminal as a picture for the README: `python -m tools.screenshot`."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
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
    reader, terminal = pty.openpty()
    surroundings = os.environ | {"COLUMNS": str(WIDTH), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    surroundings.pop("NO_COLOR", None)
    with subprocess.Popen(
        command, stdout=terminal, stderr=terminal, stdin=subprocess.DEVNULL, env=surroundings, cwd=ROOT
    ):
        os.close(terminal)
        chunks = []
        while True:
            try:
                chunk = os.read(reader, 65536)
            except OSError:  # the other end of the terminal is closed
                break
            if not chunk:
                break
            chunks.append(chunk)
    os.close(reader)
    return b"".join(chunks).decode("utf-8", "replace").replace("\r\n", "\n")


def main() -> None:
    zgoda = Path(sys.executable).with_name("zgoda")
    shown = terminal_output(str(zgoda), "read", "--now", "2026-11-26T12:00:00+03:00", SAMPLE)
    console = Console(record=True, width=WIDTH + 8, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(shown), soft_wrap=True)
    svg = console.export_svg(title=f"zgoda read {Path(SAMPLE).name}")
    # The picture must not fetch a font from anywhere.
    svg = _FONT_FACE.sub("", svg).replace("<text ", '<text xml:space="preserve" ')
    PICTURE.write_text(svg, encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
