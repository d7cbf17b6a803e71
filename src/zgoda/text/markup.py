"""Walks HTML once and says what is tag, what is character reference and what is text; never fails, never goes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li", "main",
    "nav", "ol", "option", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr",
    "ul",
))  # fmt: skip
# What stands between these is no text for people.
_RAW = ("script", "style", "title", "xml", "template")
_RAW_END = {name: re.compile(f"</{name}(?=[\\s>/])", re.IGNORECASE) for name in _RAW}

_STOP = re.compile(r"[<>\"']")
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:_-]{0,40})")
_REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[A-Za-z][A-Za-z0-9]{1,31})(?:;|(?![A-Za-z0-9=]))")
_NEXT = re.compile(r"[<&]")


class Piece(NamedTuple):
    """A stretch `[start, end)` of the source: `kind` is `text`, `char`, `tag` or `drop`; `name` says which.

    For `char` the name is the character itself; for `tag` the tag's name in lower case, with `/` before an end tag.
    """

    kind: str
    start: int
    end: int
    name: str = ""


class _Walker:
    """One pass over a text; remembers what is known not to come any more, so that nothing is looked for twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.gone: set[str] = set()
        # Tags that turn out not to be any cost reading ahead; the purse keeps the sum linear.
        self.purse = 4 * len(text) + 1000

    def find(self, what: str, start: int) -> int:
        """Like `str.find`, but a failure is remembered."""
        if what in self.gone:
            return -1
        place = self.text.find(what, start)
        if place < 0:
            self.gone.add(what)
        return place

    def raw_end(self, name: str, start: int) -> int:
        """Where the end tag of a raw element begins, -1 where there is none."""
        if name in self.gone:
            return -1
        found = _RAW_END[name].search(self.text, start)
        if found is None:
            self.gone.add(name)
            return -1
        return found.start()

    def tag_end(self, start: int) -> int:
        """The place behind the `>` of a tag that opens at `start`, -1 where it is none; quoted values are skipped."""
        place = start + 1
        while self.purse > 0:
            stop = _STOP.search(self.text, place)
            self.purse -= (stop.start() if stop else len(self.text)) - place
            if stop is None or stop.group() == "<":
                return -1
            place = stop.end()
            if stop.group() == ">":
                return place
            if self.text[stop.start() - 1] in "= ":
                closing = self.find(stop.group(), place)
                self.purse -= max(closing - place, 0)
                place = closing + 1 if closing >= 0 else place
        return -1

    def at_less(self, start: int) -> Piece | None:
        """The tag, comment or declaration that opens at `start`; None where `<` is just a sign."""
        text = self.text
        if text.startswith("<!--", start):
            stop = self.find("-->", start + 4)
            return Piece("drop", start, stop + 3 if stop >= 0 else start + 4)
        if text.startswith(("<!", "<?", "</ "), start):
            stop = self.find(">", start)
            return Piece("drop", start, stop + 1) if 0 <= stop < start + 2000 else None
        found = _TAG_NAME.match(text, start)
        if found is None:
            return None
        stop = self.tag_end(start)
        if stop < 0 or text[found.end()] not in " \t\n\r\f/>\"'":
            return None
        name = found.group(1).lower()
        return Piece("tag", start, stop, "/" + name if text[start + 1] == "/" else name)


def walk(text: str) -> Iterator[Piece]:
    """Cut HTML into pieces that follow each other without gap or overlap."""
    walker = _Walker(text)
    done = place = 0
    while found := _NEXT.search(text, place):
        start = found.start()
        piece = walker.at_less(start) if found.group() == "<" else _reference(text, start)
        if piece is None:
            place = start + 1
            continue
        if done < start:
            yield Piece("text", done, start)
        yield piece
        done = place = piece.end
        if piece.name in _RAW and text[piece.end - 2] != "/":
            stop = walker.raw_end(piece.name, place)
            if stop > place:
                yield Piece("drop", place, stop)
                done = place = stop
    if done < len(text):
        yield Piece("text", done, len(text))


def _reference(text: str, start: int) -> Piece | None:
    """The character reference at `start`; its text is never longer than its source."""
    found = _REFERENCE.match(text, start)
    if found is None:
        return None
    source = found.group()
    if source[1] != "#" and source[1:] not in html5:
        return None
    char = unescape(source if source.endswith(";") else source + ";" if source[1] == "#" else source)
    return Piece("char", start, found.end(), char.replace("\0", "")[: len(source)])
