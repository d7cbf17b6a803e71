"""Makes the HTML of a mail plain: paragraphs, lists, the text of links, and `> ` before what is quoted."""

from __future__ import annotations

import re

from zgoda.text.markup import BLOCKS, Piece, walk
from zgoda.text.quote_boxes import QuoteBoxes

MAX_SHOWN_DEPTH = 5

_SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre", "dl", "hr"))
_CELLS = frozenset(("td", "th"))
# An image that stands for a sign people type, as mail programs send smileys.
_SIGN = re.compile(r"""\balt\s{0,3}=\s{0,3}["']([^"'<>&A-Za-z0-9]{1,8})["']""", re.IGNORECASE)
_BLANK = " \t\n\r\f\v\xa0"


class _Page:
    """The plain lines written so far and the line being written."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, str]] = []
        self.line: list[str] = []
        self.boxes = QuoteBoxes()
        self.depth = 0
        self.lists: list[int] = []
        self.pre = 0
        self.space = False

    def write(self, text: str) -> None:
        """Add running text; white space counts once, except where the page says it is laid out."""
        if self.pre:
            first, *more = text.split("\n")
            self._put(first)
            for line in more:
                self.end_line(blank=True)
                self._put(line)
            return
        words = text.split()
        if not words:
            self.space = self.space or bool(text)
            return
        self.space = self.space or text[0] in _BLANK
        self._put(" ".join(words))
        self.space = text[-1] in _BLANK

    def _put(self, text: str) -> None:
        """Add to the line, after a space if one is due."""
        if text:
            if self.space and self.line and not self.line[-1].endswith(" "):
                self.line.append(" ")
            self.line.append(text)
        self.space = False

    def end_line(self, blank: bool = False) -> None:
        """Finish the line; an empty one only where it is wanted."""
        line = "".join(self.line).rstrip()
        if line or blank:
            self.lines.append((self.depth, line))
        self.line, self.space = [], False

    def gap(self) -> None:
        """Finish the line and leave one empty line before what follows."""
        self.end_line()
        if self.lines and self.lines[-1][1]:
            self.lines.append((min(self.depth, self.lines[-1][0]), ""))

    def tag(self, name: str, source: str) -> None:
        """Do what a tag asks of the layout."""
        bare = name.removeprefix("/")
        opens = bare == name
        if bare == "br":
            self.end_line(blank=True)
        elif bare in _SPACED:
            self.gap()
        elif bare in _CELLS:
            self.space = True
        elif bare in BLOCKS:
            self.end_line()
        if self.boxes.tag(name, source):
            self.end_line()
            self.depth = min(self.boxes.depth, MAX_SHOWN_DEPTH)
        if bare == "pre":
            self.pre = max(0, self.pre + (1 if opens else -1))
        elif bare in ("ul", "ol"):
            self._list(bare, opens)
        elif name == "li":
            self._item()
        elif name == "img" and (sign := _SIGN.search(source[:2000])):
            self._put(sign.group(1))

    def _list(self, name: str, opens: bool) -> None:
        """Enter or leave a list; an ordered one counts from 1, the other from -1 downwards."""
        if opens:
            self.lists.append(1 if name == "ol" else -1)
        elif self.lists:
            self.lists.pop()

    def _item(self) -> None:
        """Begin an item with its sign."""
        number = self.lists[-1] if self.lists else -1
        if number > 0:
            self.lists[-1] = number + 1
        self.line.append(f"{number}. " if number > 0 else "- ")

    def text(self) -> str:
        """All lines; what wraps the whole mail is no quotation."""
        self.end_line()
        least = min((depth for depth, line in self.lines if line), default=0)
        out: list[str] = []
        above, empty = 0, 0
        for depth, line in self.lines:
            if not line:
                empty += 1
                continue
            shown = depth - least
            if out:
                # The empty lines between a quotation and the writer's words belong to neither.
                out.extend([("> " * min(above, shown)).rstrip()] * empty)
            out.append("> " * shown + line)
            above, empty = shown, 0
        return "\n".join(out)


def html_to_text(text: str) -> str:
    """Plain text of an HTML mail, quoted parts as lines with `> `. Linear in the length; never raises."""
    page = _Page()
    pending: list[str] = []
    for piece in walk(text):
        if piece.kind in ("text", "char"):
            pending.append(_plain(text, piece))
        elif piece.kind == "tag":
            if pending:
                page.write("".join(pending))
                pending = []
            page.tag(piece.name, text[piece.start : piece.end])
    page.write("".join(pending))
    return page.text()


def _plain(text: str, piece: Piece) -> str:
    """The characters a piece of text stands for."""
    return text[piece.start : piece.end] if piece.kind == "text" else piece.name
