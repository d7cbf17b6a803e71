"""Finds greeting and signature in the lines that the writer wrote."""

from __future__ import annotations

import re

from zgoda.text.mail_lines import Line, is_contact, is_name
from zgoda.text.mail_markers import MailMarkers

_NAMES = re.compile(r"(?:,?[ \xa0]{1,2}[A-ZĄĆĘŁŃÓŚŹŻА-ЯЁ](?:[\w'’-]{0,30}|\.)){0,4}[ \xa0]{0,2}(?:[,!.…]{1,3}|(?=\Z))")
_PUNCTUATION = re.compile(r"[ \xa0]{0,2}[,!.…]{1,3}")
_TO_COMMA = re.compile(r"[^,!:.\n]{0,60}[,!:.]{1,3}|[^,!:.\n]{0,60}\Z")
_AFTER_CLOSING = 60  # characters that may follow a closing on its line
_NOTICE_LINES = 40
_DELIMITED_LINES = 15
_CLOSING_LINES = 8


def greeting_in(own: list[Line], markers: MailMarkers) -> tuple[int, int] | None:
    """The greeting in the first own line that says anything."""
    line = next((line for line in own if line.text), None)
    if line is None:
        return None
    found = markers.greeting_to.match(line.text)
    if found:
        rest = _TO_COMMA.match(line.text, found.end())
        words = rest.group().split() if rest else []
        if rest and len(words) <= 6:
            return _placed(line, found, rest.end())
    found = markers.greeting.match(line.text)
    if found is None:
        return None
    rest = _NAMES.match(line.text, found.end()) or _PUNCTUATION.match(line.text, found.end())
    return _placed(line, found, rest.end() if rest else found.end())


def _placed(line: Line, found: re.Match[str], stop: int) -> tuple[int, int]:
    """Places in the stripped line as places in the text."""
    return line.text_start + found.start(), line.text_start + stop


def signature_in(own: list[Line], markers: MailMarkers) -> tuple[int, int] | None:
    """The signature at the end of a stretch of own lines."""
    filled = [line for line in own[-200:] if line.text]
    stop = len(filled)
    start = _notice(filled, stop, markers)
    start = _device(filled, start, markers)
    start = _delimiter(filled, start)
    closing = _closing(filled, start, markers)
    if closing is not None:
        first, last, offset = closing
        # What stands between a closing and the rest of the signature is the writer's word again.
        if start in (last, stop):
            return filled[first].text_start + offset, filled[(stop if last == start else last) - 1].text_end
    return (filled[start].text_start, filled[stop - 1].text_end) if start < stop else None


def _notice(filled: list[Line], stop: int, markers: MailMarkers) -> int:
    """The first line of a legal notice that runs to the end."""
    for place in range(max(0, stop - _NOTICE_LINES), stop):
        if markers.disclaimer.match(filled[place].text):
            return place
    return stop


def _device(filled: list[Line], stop: int, markers: MailMarkers) -> int:
    """The line by which a telephone signs, among the last three."""
    for place in range(stop - 1, max(-1, stop - 4), -1):
        if len(filled[place].text) <= 200 and markers.device.match(filled[place].text):
            below = filled[place + 1 : stop]
            return place if all(is_contact(line.text) for line in below) else stop
    return stop


def _delimiter(filled: list[Line], stop: int) -> int:
    """The line `-- ` by which mail programs set a signature off, `stop` if there is none."""
    for place in range(stop - 1, max(-1, stop - _DELIMITED_LINES - 2), -1):
        if filled[place].text == "--":
            return place
    return stop


def _closing(filled: list[Line], stop: int, markers: MailMarkers) -> tuple[int, int, int] | None:
    """First line, line behind the last, and place in the first line of a closing with what is under it."""
    for place in range(stop - 1, max(-1, stop - _CLOSING_LINES - 1), -1):
        text = filled[place].text
        offset = _closing_at(text, markers)
        if offset is None and (found := markers.thanks.match(text)):
            rest = text[found.end() :].strip(" ,.!—–-")
            under = filled[place + 1].text if place + 1 < stop else ""
            offset = 0 if is_name(rest) or (not rest and is_name(under)) else None
        if offset is None:
            continue
        last = place + 1
        while last < stop and is_contact(filled[last].text) and not markers.postscript.match(filled[last].text):
            last += 1
        return place, last, offset
    return None


def _closing_at(text: str, markers: MailMarkers) -> int | None:
    """Where in a line a closing begins that little follows."""
    found = markers.closing.match(text)
    if found:
        return 0 if len(text) - found.end() <= _AFTER_CLOSING and _quiet(text[found.end() :]) else None
    for inside in markers.closing_inside.finditer(text, max(0, len(text) - 2 * _AFTER_CLOSING)):
        found = markers.closing.match(text, inside.end())
        if found and len(text) - found.end() <= _AFTER_CLOSING and _quiet(text[found.end() :]):
            return inside.end()
    return None


def _quiet(rest: str) -> bool:
    """Whether what follows a closing on its line is no new sentence."""
    return is_contact(rest.strip(" ,.!")) or not re.search(r"[.!?]\s", rest)
