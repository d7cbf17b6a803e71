"""Compile the shipped content into packs that load quickly: `python tools/build_packs.py`."""

from __future__ import annotations

from zgoda.rules.loader import load_content
from zgoda.rules.pack import write_packs


def main() -> None:
    for path in write_packs(load_content()):
        print(f"{path.parent.name}/{path.name}: {path.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
