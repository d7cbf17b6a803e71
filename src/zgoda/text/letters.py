"""Look-alike letters and Russian in Latin script: give a word its letters back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


def _is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u04ff"


def _is_latin(char: str) -> bool:
    return "a" <= char <= "z"


@dataclass(frozen=True)
class Letters:
    """Tables of look-alikes, of signs inside masked words and of Russian in Latin script."""

    to_cyrillic: dict[int, str]
    to_latin: dict[int, str]
    signs: dict[str, str]
    latin: dict[str, str]
    cut_off: frozenset[str] = frozenset()

    def one_script(self, key: str) -> str | None:
        """A word that mixes Latin and Cyrillic, in the script of most of its letters; None for a plain word."""
        if key.isascii():
            return None
        latin = sum(_is_latin(c) for c in key)
        cyrillic = sum(_is_cyrillic(c) for c in key)
        if not cyrillic or not (latin or any(c.isdigit() for c in key)):
            return None
        return key.translate(self.to_cyrillic if cyrillic >= latin else self.to_latin)

    def russian(self, key: str) -> str:
        """Cyrillic spelling of Russian typed in Latin letters: `gde` -> `где`."""
        out: list[str] = []
        i = 0
        while i < len(key):
            for size in (4, 3, 2, 1):
                piece = self.latin.get(key[i : i + size])
                if piece is not None and i + size <= len(key):
                    out.append(piece)
                    i += size
                    break
            else:
                out.append(key[i])
                i += 1
        return "".join(out)


def letters_from(table: dict[str, Any]) -> Letters:
    """Compile the content table `letters`."""
    alike: dict[str, str] = table["lookalikes"]
    return Letters(
        to_cyrillic={ord(k): v for k, v in alike.items()},
        to_latin={ord(v): k for k, v in alike.items() if k.isalpha()},
        signs=dict(table["signs"]),
        latin=dict(table["latin"]),
        cut_off=frozenset(table["cut_off"]["beginnings"]),
    )
