"""Makes text comparable without moving a single offset: lower case, one kind of space, dash, apostrophe and e."""

from __future__ import annotations

import re

_SAME = (
    ("ё", "е"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("–", "-"),
    ("—", "-"),
    ("−", "-"),
    ("’", "'"),
)
_PLAIN = str.maketrans("ąćęłńóśźż", "acelnoszz")
# Private-use characters stand for word classes in the shadow (see finder.py), so the text itself may hold none.
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def level(text: str) -> str:
    """The text with spaces, dashes and apostrophes of one kind; same length, capitals kept."""
    if text.isascii():
        return text
    for odd, usual in _SAME:
        text = text.replace(odd, usual)
    if _PRIVATE.search(text):
        text = _PRIVATE.sub(" ", text)
    return text


def lower(text: str) -> str:
    """Lower case of the same length: the few letters whose lower case is longer stay as they are."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(_lower_one(char) for char in text)
    return low.replace("ё", "е")


def _lower_one(char: str) -> str:
    low = char.lower()
    return low if len(low) == 1 else char


def variants(word: str) -> set[str]:
    """A table word as it may be typed: with its Polish letters and without them."""
    word = lower(word)
    return {word, word.translate(_PLAIN)}


def loosen(pattern: str) -> str:
    """A regular expression in which every Polish letter also matches its plain form."""
    out, inside, escaped = [], False, False
    for char in pattern:
        out.append(char if escaped else _loosen_one(char, "" if inside else "[]"))
        inside = inside if escaped else (char == "[" or (inside and char != "]"))
        escaped = char == "\\" and not escaped
    return "".join(out).replace("ё", "е")


def _loosen_one(char: str, brackets: str) -> str:
    plain = char.translate(_PLAIN)
    if plain == char:
        return char
    return f"{brackets[:1]}{char}{plain}{brackets[1:]}"
