"""Write generated pages that have changed; with `--check`, only say which are stale (and end with 1)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def keep_fresh(pages: Mapping[Path, str]) -> None:
    """Bring every page to its new text, or end with 1 where `--check` was asked for and one is stale."""
    checking = "--check" in sys.argv[1:]
    stale = [path for path, made in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != made]
    for path in stale:
        if not checking:
            path.write_text(pages[path], encoding="utf-8")
        print(f"{path.relative_to(ROOT).as_posix()}: {'stale' if checking else 'written'}")
    sys.exit(1 if stale and checking else 0)
