"""What an agent wrote himself: markup and quoted mails blanked, every word in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zgoda.text.mail_markers import MailMarkers
from zgoda.text.written import plain_and_quoted
from zgoda.values import Promise

_NOT_LINE_END = re.compile(r"[^\n]")


def own_words(text: str, markers: MailMarkers) -> str:
    """The text with its markup and the mails it quotes blanked, of the same length in code points."""
    text, quoted = plain_and_quoted(text, markers)
    return "".join(_blanked(text, sorted(quoted))) if quoted else text


def _blanked(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """The text piece by piece, `spans` (which may overlap) as spaces and line ends."""
    place = 0
    for start, end in spans:
        yield text[place:start]
        yield _NOT_LINE_END.sub(" ", text[max(place, start) : end])
        place = max(place, end)
    yield text[place:]


def as_written(promise: Promise, shown: str, given: str, offset: int) -> Promise:
    """A promise found in the blanked words `shown` of `given`, which is a part of the text that begins at `offset`."""
    start, end = promise.start + offset, promise.end + offset
    if shown is given:
        return replace(promise, start=start, end=end)
    at = shown.find(promise.what, promise.start, promise.end)
    what = given[at : at + len(promise.what)] if at >= 0 else promise.what
    return replace(promise, start=start, end=end, text=given[promise.start : promise.end], what=what)
