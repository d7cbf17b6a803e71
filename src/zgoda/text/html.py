"""Reads customers' HTML: tells it from plain text, and blanks its markup so that spans keep their places."""

from __future__ import annotations

import re

from zgoda.text.html_plain import html_to_text
from zgoda.text.markup import BLOCKS, Piece, walk
from zgoda.text.quote_boxes import QuoteBoxes

__all__ = ["blank_markup", "html_to_text", "looks_like_html", "quoted_markup"]

FILLER = "\u200b"

_LIKELY = re.compile(
    r"<(?:!doctype\s{1,3}html\b|br\s{0,3}/?>|/?(?:html|head|body|div|p|span|table|tr|td|ul|ol|li|a|b|i|u|em|strong|font"
    r"|h[1-6]|blockquote|img|center|pre|hr|style|section|article|meta|small|del|sub|sup|tbody|th)(?=[\s/>])[^<>]{0,2000}>)",
    re.IGNORECASE,
)


def looks_like_html(text: str) -> bool:
    """Whether the text holds at least one HTML tag; `<3`, `a < b` and `<name@example.com>` are none."""
    return "<" in text and _LIKELY.search(text) is not None


def blank_markup(text: str) -> str:
    """The text with its markup blanked, of the same length in code points: spans index the HTML as given.

    A tag, comment, script or style becomes spaces; one that breaks the line, a newline and spaces; a character
    reference becomes its character, followed by zero-width fillers (U+200B).
    """
    return "".join(_blank(text, piece) for piece in walk(text))


def _blank(text: str, piece: Piece) -> str:
    """What stands in place of a piece, as long as the piece."""
    length = piece.end - piece.start
    if piece.kind == "text":
        return text[piece.start : piece.end]
    if piece.kind == "char":
        return piece.name + FILLER * (length - len(piece.name))
    if piece.kind == "tag" and piece.name.removeprefix("/") in BLOCKS:
        return "\n" + " " * (length - 1)
    return " " * length


def quoted_markup(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of HTML that hold an earlier mail (blockquotes, the boxes of mail programs), markup included.

    Empty where everything readable is quoted: then all of it is to be read.
    """
    boxes = QuoteBoxes()
    spans: list[tuple[int, int]] = []
    start, own = -1, False
    for piece in walk(text):
        if piece.kind == "tag":
            if boxes.tag(piece.name, text[piece.start : piece.end]):
                if boxes.depth and start < 0:
                    start = piece.start
                elif not boxes.depth and start >= 0:
                    spans.append((start, piece.end))
                    start = -1
        elif piece.kind == "text" and start < 0 and not own:
            own = any(char.isalnum() for char in text[piece.start : piece.end])
    if start >= 0:
        spans.append((start, len(text)))
    return tuple(spans) if own else ()
