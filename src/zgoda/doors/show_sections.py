"""Draws what was read, below the message: claims, wants, facts to check, risks, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.cells import cell_len
from rich.text import Text

from zgoda.doors.paper import JOIN
from zgoda.doors.show_message import MARGIN, MarkedText
from zgoda.values import Reason, Span

_WORDS = 60  # so many characters of a quotation are shown where not all is asked for
_COLUMN = 28
_REASONS = 3
_FIRST = ("state", "abuse", "signals", "causes", "demands")  # whose reasons are told first


def draw_sections(marked: MarkedText, explain: bool) -> None:
    """All sections that have something to say."""
    reading, wording = marked.reading, marked.wording
    if reading.abuse:
        _put(marked, "abuse", _kinds(marked))
    _put(marked, "claims", _claims(marked))
    wants = ", ".join(wording.name("demands", kind) for kind in reading.demands)
    _put(marked, "wants", Text(_capital(wants)) if wants else _pale(wording.name("words", "none_stated")))
    _draw_facts(marked)
    _draw_risks(marked)
    _draw_reasons(marked, explain)


def _put(marked: MarkedText, heading: str, body: Text) -> None:
    marked.paper.block(_heading(marked, heading), body, MARGIN)


def _heading(marked: MarkedText, heading: str) -> Text:
    return Text(marked.wording.name("headings", heading), style="bold")


def _pale(words: str) -> Text:
    return Text(words, style="dim")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _kinds(marked: MarkedText) -> Text:
    kinds = dict.fromkeys(span.kind for span in marked.reading.abuse)
    return Text(_capital(", ".join(marked.wording.name("abuse", kind) for kind in kinds)))


def _claims(marked: MarkedText) -> Text:
    wording, causes = marked.wording, marked.reading.causes
    if not causes:
        none = "no_claim" if marked.reading.state == "calm" else "none_stated"
        return _pale(wording.name("words", none))
    out = Text(_capital(wording.name("causes", causes[0])), style="bold" if len(causes) > 1 else "")
    if len(causes) > 1:
        out = Text().append_text(out).append(f" ({wording.name('words', 'main')})", style="dim")
    for cause in causes[1:]:
        out.append(f", {wording.name('causes', cause)}")
    return out


# -- facts -----------------------------------------------------------------------------------------------------------


def _draw_facts(marked: MarkedText) -> None:
    wording = marked.wording
    rows = []
    for fact in marked.reading.facts:
        words = marked.styled(fact.start, fact.end, tags=False)
        words.rstrip()
        value = fact.value if fact.value and fact.value.casefold() != fact.text.casefold() else None
        rows.append((wording.name("facts", fact.kind), words, _value(marked, fact.kind, value)))
    if not rows:
        return
    kinds = max(cell_len(kind) for kind, _, _ in rows) + 2
    column = min(max(cell_len(words.plain) for _, words, _ in rows), _COLUMN) + 2
    for number, (kind, words, value) in enumerate(rows):
        body = Text(kind.ljust(kinds), style="dim")
        body = Text().append_text(body).append_text(words)
        if value:
            body.append(" " * max(2, column - cell_len(words.plain)))
            body.append(f"{marked.paper.signs.arrow} {value}")
        marked.paper.block(_heading(marked, "check") if number == 0 else Text(), body, MARGIN)


def _value(marked: MarkedText, kind: str, value: str | None) -> str | None:
    """The normalised value; a full date with its weekday; parts that belong together do not break."""
    if value is None:
        return None
    days = marked.wording.several("words", "weekdays")
    if kind == "date" and len(days) == 7:
        try:
            value = f"{days[date.fromisoformat(value).weekday()]} {value}"
        except ValueError:
            return value  # a month or a year alone
    return value.replace(" ", JOIN)


# -- risks -----------------------------------------------------------------------------------------------------------


def _draw_risks(marked: MarkedText) -> None:
    by_kind: dict[str, list[Span]] = {}
    for span in marked.reading.signals:
        by_kind.setdefault(span.kind, []).append(span)
    for number, (kind, spans) in enumerate(by_kind.items()):
        body = Text(_capital(marked.wording.name("signals", kind))).append("  ")
        body.append_text(_joined([_quotation(marked, s.start, s.end, _WORDS) for s in spans]))
        marked.paper.block(_heading(marked, "risks") if number == 0 else Text(), body, MARGIN)


def _joined(parts: Iterable[Text]) -> Text:
    out = Text()
    for number, part in enumerate(parts):
        out.append(", " if number else "").append_text(part)
    return out


def _quotation(marked: MarkedText, start: int, end: int, most: int | None) -> Text:
    """The words in quotation marks, folded where they are abuse, shortened where they are many."""
    words = marked.styled(start, end, tags=False)
    words.rstrip()
    words.style = ""
    if most is not None and len(words) > most:
        words = words[: most - 1]
        words.rstrip()
        words.append(marked.paper.signs.more)
    return marked.paper.quoted(words)


# -- reasons ---------------------------------------------------------------------------------------------------------


def _draw_reasons(marked: MarkedText, explain: bool) -> None:
    reasons = marked.reading.reasons
    shown = reasons if explain else _foremost(reasons)
    for number, reason in enumerate(shown):
        left = _heading(marked, "why") if number == 0 else Text()
        marked.paper.block(left, _reason(marked, reason, explain), MARGIN)
    if len(shown) < len(reasons):
        more = marked.wording.name("words", "more_reasons").format(n=len(reasons) - len(shown))
        marked.paper.block(Text(), _pale(more), MARGIN)


def _foremost(reasons: tuple[Reason, ...]) -> list[Reason]:
    """The first reason of each field in order of weight, as many as fit in three lines, in their own order."""
    firsts: dict[str, Reason] = {}
    for reason in reasons:
        firsts.setdefault(reason.label.partition(":")[0], reason)
    chosen = [firsts[field] for field in _FIRST if field in firsts][:_REASONS]
    return chosen if len(reasons) > _REASONS else list(reasons)


def _reason(marked: MarkedText, reason: Reason, explain: bool) -> Text:
    wording = marked.wording
    field, _, kind = reason.label.partition(":")
    out = Text(_capital(wording.name(field, kind))).append(": ")
    if reason.rule == "default":
        out.append(wording.name("words", "default"))
    elif reason.start == 0 and reason.end == len(marked.text) and not reason.rule:
        out.append(wording.name("words", "whole"))
    else:
        out.append_text(_quotation(marked, reason.start, reason.end, None if explain else _WORDS))
    behind = _behind(marked, reason, explain)
    if behind:
        out.append(f"  {marked.paper.signs.dot} {behind}", style="dim")
    return out


def _behind(marked: MarkedText, reason: Reason, explain: bool) -> str:
    """The rule or concept that gave the label; its source and the raw feature where all is asked for."""
    if reason.rule == "default":
        return reason.source if explain else ""
    name = f"rule {reason.rule}" if reason.rule else _feature(marked, reason.feature or "", explain)
    if not explain:
        return name
    return f"{name} {marked.paper.signs.dot} {reason.source}" if name else reason.source


def _feature(marked: MarkedText, feature: str, explain: bool) -> str:
    """`c:insult-mind@you` -> `insult-mind, said to you`; a plain word stands in the quotation already."""
    kind, _, rest = feature.partition(":")
    if kind in ("c", "a", "r") and rest:
        name, _, how = rest.partition("@")
        said = f", {marked.wording.name('said_of', how)}" if how else ""
        return f"concept {name}{said}" if kind != "r" else f"rule {name}"
    if kind == "p" and rest:
        return "concepts " + " and ".join(rest.split("+"))
    return "weight of the word" if kind == "word" and explain else ""
