"""Finds in a mail what the writer did not write now: earlier mails that are quoted, above or below."""

from __future__ import annotations

from typing import NamedTuple

from zgoda.text.mail_lines import Line, ends_with_mail, has_mail, has_time, has_year, lines_of
from zgoda.text.mail_markers import MailMarkers
from zgoda.text.signature import greeting_in, signature_in

Spans = tuple[tuple[int, int], ...]

_LONGEST = 400  # of the lines that lead a quotation in
_WINDOW = 3  # lines that such a lead may be broken over
_BLOCK = 12  # lines in which the header of a mail must show
_RULES = "-_=*—–"


class Shape(NamedTuple):
    """How a mail is made up: the three spans at once, as the functions below give them."""

    quoted: Spans
    greeting: tuple[int, int] | None
    signature: tuple[int, int] | None


def shape_of(text: str, markers: MailMarkers) -> Shape:
    """Quoted mails, greeting and signature in one go down the lines."""
    lines = lines_of(text)
    quoted = _spans(lines, text, markers) if len(lines) > 1 else ()
    return Shape(quoted, greeting_in(_outside(lines, quoted), markers), signature_in(_last_own(lines, quoted), markers))


def quoted_spans(text: str, markers: MailMarkers) -> Spans:
    """The quoted mails as `[start, end)` in code points, in order, with the lines that lead them in.

    Empty where nothing but greeting and signature would be left: then the quoted mail is what is to be read.
    """
    return _spans(lines_of(text), text, markers) if "\n" in text else ()


def signature_span(text: str, markers: MailMarkers) -> tuple[int, int] | None:
    """Closing, name, device line and legal notice at the end of what the writer wrote; None where there is none."""
    return shape_of(text, markers).signature


def greeting_span(text: str, markers: MailMarkers) -> tuple[int, int] | None:
    """The greeting that opens what the writer wrote, with the name greeted; None where there is none."""
    return shape_of(text, markers).greeting


def _spans(lines: list[Line], text: str, markers: MailMarkers) -> Spans:
    """Quoted spans, none if nothing own would be left."""
    found = _quoted(lines, markers)
    return found if found and _has_own(lines, found, text, markers) else ()


def _has_own(lines: list[Line], spans: Spans, text: str, markers: MailMarkers) -> bool:
    """Whether the writer said anything between greeting and signature."""
    own = _outside(lines, spans)
    skip = [span for span in (greeting_in(own, markers), signature_in(_last_own(lines, spans), markers)) if span]
    for line in own:
        start, end = line.start, line.end
        for first, last in skip:
            if first <= start < last:
                start = min(last, end)
            elif start < first < end <= last:
                end = first
        if any(char.isalnum() for char in text[start:end]):
            return True
    return False


def _outside(lines: list[Line], spans: Spans) -> list[Line]:
    """The lines that lie in no span."""
    kept: list[Line] = []
    place = 0
    for line in lines:
        while place < len(spans) and spans[place][1] <= line.start:
            place += 1
        if place == len(spans) or line.end < spans[place][0] or (line.end == spans[place][0] and line.text):
            kept.append(line)
    return kept


def _last_own(lines: list[Line], spans: Spans) -> list[Line]:
    """The last stretch of own lines that says anything."""
    stretch: list[Line] = []
    before = -1
    for line in reversed(_outside(lines, spans)):
        if stretch and line.end + 1 != before and any(one.text for one in stretch):
            break
        stretch.append(line)
        before = line.start
    return stretch[::-1]


def _quoted(lines: list[Line], markers: MailMarkers) -> Spans:
    """Go down the lines once; each kind of quotation says where it begins and where the reading goes on."""
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(lines):
        begin, after = _at(lines, place, markers)
        if after > place:
            last = after - 1
            while last > begin and not lines[last].text:
                last -= 1
            start, end = lines[begin].start, lines[last].end
            if spans and spans[-1][1] >= start - 1:
                start = min(start, spans.pop()[0])
            spans.append((start, end))
            place = after
        else:
            place += 1
    return tuple(spans)


def _at(lines: list[Line], place: int, markers: MailMarkers) -> tuple[int, int]:
    """First line and line behind the last of a quotation that shows at `place`; nothing if they are equal."""
    line = lines[place]
    text = line.text
    if not text:
        return place, place
    if line.quoted:
        return place, _run_end(lines, place)
    if len(text) <= _LONGEST and (text[0] in "-_=*#—–" or text[-1] in ":#-_=*—–") and markers.separator.match(text):
        return place, _end_below(lines, place, markers)
    if text.endswith(":"):
        begin = _lead(lines, place, markers)
        if begin is not None:
            return begin
    if ":" in text[:60] and _is_header(lines, place, markers):
        return _rule_above(lines, place), _end_below(lines, place, markers)
    return place, place


def _run_end(lines: list[Line], place: int) -> int:
    """Behind the last line of a run of lines with the sign; blank lines between them belong to it."""
    last = place
    while place < len(lines) and (lines[place].quoted or not lines[place].text):
        if lines[place].quoted:
            last = place
        place += 1
    return last + 1


def _end_below(lines: list[Line], place: int, markers: MailMarkers) -> int:
    """Behind the line that says that the quoted mail ends, else the end of all."""
    for at in range(place + 1, len(lines)):
        text = lines[at].text
        if text and text[0] in _RULES and markers.quote_end.match(text[:_LONGEST]):
            return at + 1
    return len(lines)


def _lead(lines: list[Line], place: int, markers: MailMarkers) -> tuple[int, int] | None:
    """A line `... wrote:`, perhaps broken over several, that leads a quotation in."""
    below = place + 1
    while below < len(lines) and not lines[below].text and below < place + 5:
        below += 1
    signed = below < len(lines) and lines[below].quoted
    window = ""
    for begin in range(place, max(place - _WINDOW, -1), -1):
        line = lines[begin]
        if not line.text or line.quoted or len(line.text) + len(window) > _LONGEST:
            break
        window = f"{line.text} {window}".strip()
        sure, likely = _weigh(window, markers)
        if sure or (likely and signed):
            return begin, _run_end(lines, below) if signed else _end_below(lines, place, markers)
    if signed and len(lines[place].text) <= _LONGEST and markers.wrote_end.search(lines[place].text):
        return place, _run_end(lines, below)
    return None


def _weigh(window: str, markers: MailMarkers) -> tuple[bool, bool]:
    """Whether words that end with a colon surely, and whether they likely lead a quotation in.

    People tell what somebody wrote, too: only what a program writes is sure, the rest needs a quoted line below.
    """
    year, time = has_year(window), has_time(window)
    if not (year or time):
        return False, False
    mail = has_mail(window)
    by = markers.written_by.match(window) is not None
    if not by and not markers.wrote_end.search(window[-80:]):
        sure = year and time and mail and ends_with_mail(window)
        return sure, sure
    program = mail or by or markers.wrote_mark_end.search(window[-80:]) is not None
    dated = year and time and markers.attribution_start.match(window) is not None
    return program or dated, True


def _is_header(lines: list[Line], place: int, markers: MailMarkers) -> bool:
    """Whether the header of a mail begins at a line: who, when or what about, and a third field, close together."""
    first = markers.field.match(lines[place].text[:80])
    if first is None:
        return False
    kinds = {found.lastgroup for found in markers.fields_inside.finditer(lines[place].text[:1000])}
    blank = False
    for line in lines[place : place + _BLOCK]:
        if not line.text:
            if blank:
                break
            blank = True
            continue
        blank = False
        found = markers.field.match(line.text[:80])
        if found:
            kinds.add(found.lastgroup)
        if len(kinds) >= 3:
            return "from" in kinds and bool(kinds & {"sent", "subject"})
    return False


def _rule_above(lines: list[Line], place: int) -> int:
    """The header's line, or the line of underscores that programs draw above it."""
    above = place - 1
    while above >= 0 and above >= place - 3 and not lines[above].text:
        above -= 1
    text = lines[above].text if above >= 0 else ""
    return above if len(text) >= 5 and not text.strip(_RULES) else place
