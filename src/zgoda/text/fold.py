"""Fold a word to the form in which words are compared: lower case, no accents, no invisible characters."""

from __future__ import annotations

import re
import unicodedata

_KEEP = {"й": "й", "Й": "й"}
_SPECIAL = {"ё": "е", "Ё": "е", "ł": "l", "Ł": "l", "’": "", "'": "", "ʼ": "", "`": "", "ß": "ss", "đ": "d", "ø": "o"}


def _fold_char(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char in _KEEP:
        return _KEEP[char]
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Cs"):
        return ""
    plain = unicodedata.normalize("NFKC", char).lower()
    out = []
    for part in plain:
        if part in _KEEP or part in _SPECIAL:
            out.append(_SPECIAL.get(part, part))
            continue
        base = unicodedata.normalize("NFD", part)[0]
        if unicodedata.category(base) not in ("Mn", "Me"):
            out.append(_SPECIAL.get(base, base))
    return "".join(out)


class _FoldTable(dict[int, str]):
    """A translation table that works out each character once."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        self[code] = folded
        return folded


_TABLE = _FoldTable()


def fold(word: str) -> str:
    """Return the comparison form of `word`: `Ёлка` -> `елка`, `SĄD` -> `sad`, `don't` -> `dont`."""
    if word.isascii() and word.isalnum():
        return word.lower()
    # A letter typed as base + combining mark (и + breve) is composed first, lest й become и.
    if not word.isalnum():
        word = unicodedata.normalize("NFC", word)
    return word.translate(_TABLE)


_LONG_RUN = re.compile(r"(.)\1\1++")


def squeeze(word: str, keep: int) -> str:
    """Shorten every run of three or more equal letters to `keep`: `kuuuurwa` -> `kurwa`."""
    return _LONG_RUN.sub(lambda run: run[1] * keep, word)
