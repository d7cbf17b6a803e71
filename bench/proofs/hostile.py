"""Texts that a careless reader would take for ever over, each of any length."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from string import ascii_letters, printable

Make = Callable[[int, Random], str]

_REPEATED = {
    "one word": "a", "one Russian word": "ы", "parentheses": "(", "less-than": "<", "ampersands": "&", "letters": "a ",
    "exclamations": "!", "dots": ".", "dashes": "a-", "stars": "*a*a", "masks": "f*ck ", "spaced": "f u c k ",
    "hashtags": "#abcdefghij ", "combining": "\u0301", "stacked accents": "a" + "\u0301" * 30, "zero width": "a\u200b",
    "direction": "\u202ea\u202c", "nul": "\0", "halves": "\ud800", "spaces": " ", "new lines": "\n", "emoji": "😡",
    "digits": "7", "numbers": "7 ", "dates": "12.03.2026 ", "money": "100 zł ", "orders": "order 4412 ",
    "telephones": "+48 601 000 000 ", "addresses": "a@b.example ", "at signs": "a@a", "links": "http://",
    "you": "you are idiots not ", "you, Russian": "вы не идиоты и воры ", "you, Polish": "wy nie jesteście złodzieje ",
    "quotations": '"you idiots suck" ', "open quotations": "«aa ", "quoted mail": "> a\nb you idiots\n", "quotes": ">",
    "deep quotes": ">>>>>>>>>>>>>>>>>>>> a\nb\n", "wrote": "wrote:\n", "headers": "From: a\nSent: 12 May\nTo: b\n\n",
    "attributions": "On 12 May 2026 at 10:00 Jan <a@b.example> wrote:\n", "signatures": "Regards,\nJan\n",
    "divs": "<div>a</div>", "comments": "<p><!--", "blockquotes": "<blockquote>a</blockquote>b ", "open tags": "<a ",
    "scripts": "<script>", "entities": "<p>&amp;", "attributes": '<a b="', "look-alikes": "cyкa ", "apostrophes": "a'",
}  # fmt: skip


def _repeated(unit: str) -> Make:
    return lambda length, _: (unit * (length // len(unit) + 1))[:length]


def _from(letters: str) -> Make:
    return lambda length, chance: "".join(chance.choices(letters, k=length))


def _words(letters: str, size: int, before: str = "") -> Make:
    def make(length: int, chance: Random) -> str:
        count = length // (size + len(before) + 1) + 1
        return " ".join(before + "".join(chance.choices(letters, k=size)) for _ in range(count))[:length]

    return make


def _any_character(length: int, chance: Random) -> str:
    return "".join(chr(chance.randrange(0x110000)) for _ in range(length))


def _mixed(length: int, chance: Random) -> str:
    """Pieces of all the others in a wild order."""
    units = list(_REPEATED.values())
    parts: list[str] = []
    have = 0
    while have < length:
        part = chance.choice(units) * chance.randint(1, 40)
        parts.append(part)
        have += len(part)
    return "".join(parts)[:length]


TEXTS: dict[str, Make] = {
    **{name: _repeated(unit) for name, unit in _REPEATED.items()},
    "random masks": _words("abcdefgh*1@0", 6),
    "random hashtags": _words(ascii_letters, 12, "#"),
    "random names": _words("ABCDEabcdefghij", 7, "Pan A"),
    "random Latin": _from(ascii_letters + " "),
    "random Cyrillic": _from("абвгдежзиклмнопрстуфхцчшщыя "),
    "random signs": _from(printable),
    "random characters": _any_character,
    "mixed": _mixed,
}
