"""Put the program's own answers into README.md: `python -m tools.readme_blocks`; `--check` only says if they are stale.

The message and the draft are those quoted in README.md itself, between the marks of the two blocks.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
NOW = "2026-11-26T12:00:00+01:00"
BLOCKS = ("reading", "review")
_COMMANDS = {
    "reading": ("read", "--now", NOW, "-"),
    "review": (
        *("review", "--interface", "en", "--fail-on", "never", "--now", NOW),
        *("--customer", "@complaint.txt", "reply.txt"),
    ),
}
_FENCED = re.compile(r"(?<=\n```\n)[^`]{1,9000}(?=\n```\n)")


def block(text: str, name: str) -> str:
    """What stands between the marks of a block."""
    return text.split(f"<!-- {name}", 1)[1].split(f"<!-- end of {name} -->", 1)[0]


def quoted(text: str, name: str) -> str:
    """The words quoted in a block, on one line, without their translation."""
    lines = [line.removeprefix(">").strip() for line in block(text, name).splitlines() if line.startswith(">")]
    words = lines[: lines.index("")] if "" in lines else lines
    return " ".join(words)


def shown(text: str, name: str) -> str:
    """The answer that stands in a block now."""
    found = _FENCED.search(block(text, name))
    if found is None:
        raise SystemExit(f"README.md: no fenced answer between the marks of {name!r}")
    return found[0]


def answer(text: str, name: str) -> str:
    """What the program says on the words quoted in the blocks."""
    zgoda = Path(sys.executable).with_name("zgoda")
    with tempfile.TemporaryDirectory() as folder:
        for block_name, file in (("reading", "complaint.txt"), ("review", "reply.txt")):
            Path(folder, file).write_text(quoted(text, block_name) + "\n", encoding="utf-8")
        surroundings = os.environ | {"COLUMNS": "80", "PYTHONUTF8": "1"}
        command = [str(zgoda), *_COMMANDS[name]]
        message = quoted(text, "reading").encode()
        done = subprocess.run(command, cwd=folder, env=surroundings, check=True, capture_output=True, input=message)
    lines = done.stdout.decode("utf-8").splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def fresh(text: str) -> str:
    """README.md with the answers as they are now."""
    for name in BLOCKS:
        old = block(text, name)
        text = text.replace(old, old.replace(shown(text, name), answer(text, name)))
    return text


def main() -> None:
    text = README.read_text(encoding="utf-8")
    made = fresh(text)
    if sys.argv[1:] != ["--check"]:
        README.write_text(made, encoding="utf-8")
    elif made != text:
        sys.exit("README.md shows answers that are stale: run `python -m tools.readme_blocks`")


if __name__ == "__main__":
    main()
