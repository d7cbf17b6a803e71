"""Finds what the writer wrote now, between the mails he quotes and his signature (I19)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from zgoda.api import engine
from zgoda.text.mail_markers import MailMarkers
from zgoda.text.quoted import shape_of

Span = tuple[int, int]


class Written(NamedTuple):
    """Spans of a text: what is new (never nothing where there is anything), what is quoted, how it is signed."""

    newest: Span
    quoted: tuple[Span, ...]
    signature: Span | None


@cache
def _markers() -> MailMarkers:
    """How greetings, closings and quoted mails look, by the engine's content."""
    return engine().knowledge.markers


def written(text: str) -> Written:
    """Cut a text. Where somebody answers between the lines of a mail, the new span holds those lines too."""
    shape = shape_of(text, _markers())
    own = [span for span in _between(shape.quoted, len(text)) if _says(text, span)]
    if not own:
        return Written(_stripped(text, (0, len(text))), (), None)
    start, end = own[0][0], own[-1][1]
    if shape.signature and shape.signature[0] > start and _says(text, (start, shape.signature[0])):
        end = min(end, shape.signature[0]) if shape.signature[1] >= _stripped(text, (start, end))[1] else end
    return Written(_stripped(text, (start, end)), shape.quoted, shape.signature)


def _between(spans: tuple[Span, ...], length: int) -> list[Span]:
    """What lies outside the spans."""
    edges = [0, *(edge for span in spans for edge in span), length]
    return [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2) if edges[i] < edges[i + 1]]


def _says(text: str, span: Span) -> bool:
    """Whether there is a letter or digit."""
    return any(char.isalnum() for char in text[span[0] : span[1]])


def _stripped(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    part = text[span[0] : span[1]]
    start = span[0] + len(part) - len(part.lstrip())
    return (start, start + len(part.strip()))
