"""Finds what a page hides from people: it is neither read as the customer's words nor shown as them."""

from __future__ import annotations

import re
from typing import NamedTuple

from zgoda.text.html import html_to_text
from zgoda.text.markup import BLOCKS, walk

MAX_HIDDEN = 100_000
MAX_SHEETS = 100_000

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_CLOSES = {"li": ("ul", "ol"), "td": ("table",), "th": ("table",), "tr": ("table",)}
_STYLE = re.compile(r"""\sstyle\s{0,3}=\s{0,3}(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""", re.IGNORECASE)
_BGCOLOR = re.compile(r"""\sbgcolor\s{0,3}=\s{0,3}["']?([#\w]{1,30})""", re.IGNORECASE)
_COLOR = re.compile(r"""\scolor\s{0,3}=\s{0,3}["']?([#\w]{1,30})""", re.IGNORECASE)
_NAMES = re.compile(r"""\s(?:class|id)\s{0,3}=\s{0,3}(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""", re.IGNORECASE)
_HIDDEN = re.compile(r"\shidden(?=[\s=/>])", re.IGNORECASE)
_AT_RULE = re.compile(r"@[^{}]{0,500}\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_RULE = re.compile(r"(?:^|[},])\s{0,50}[a-z0-9]{0,10}[.#]([\w-]{1,60})(?=\s{0,50}[,{])[^{}]{0,500}\{([^{}]{0,2000})\}")
_GONE = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0?(?:\.0\d*)?(?=;|!|$)"
    r"|font(?:-size)?:[01](?:\.\d+)?(?:px|pt|em|rem|%)?(?=[;!/]|$)"
    r"|font-size:0?\.\d+(?:px|pt)|text-indent:-\d{3,}|max-height:0(?:px)?(?=;|!|$))"
)
_WHITE = re.compile(
    r"(?:white|transparent|#f[c-f]f[c-f]f[c-f]|#fff|rgba?\(255,255,255[^)]*\)|rgba\([^)]*,0\))(?:!important)?\Z"
)


# Without one of these nothing is hidden, and the page need not be walked.
_ANY = re.compile(r"display|visibility|mso-hide|opacity|font|text-indent|max-height|color|\shidden", re.IGNORECASE)


class Shown(NamedTuple):
    """A page without what it hides, the plain text of that, and the text that it hid."""

    page: str
    text: str
    hidden: str


class _Open(NamedTuple):
    """An element that is open: whether it hides its content, and whether something coloured lies behind it."""

    name: str
    hides: bool
    coloured: bool


def without_hidden(page: str) -> Shown:
    """Cut what is hidden out of a page: not displayed, of no size, or white on white (I18, T36). Linear; never raises.

    Where more is hidden than shown nothing is cut, so that no letter is lost by a slip; the hidden text is told anyway.
    """
    spans = _hidden_spans(page) if _ANY.search(page) else []
    rest, cut = _parted(page, spans)
    text = html_to_text(rest)
    hidden = html_to_text(cut).strip()
    if not any(char.isalnum() for char in hidden):
        return Shown(page, html_to_text(page) if spans else text, "")
    if len(text.strip()) < len(hidden):
        rest, text = page, html_to_text(page)
    return Shown(rest, text, hidden[:MAX_HIDDEN])


def _parted(page: str, spans: list[tuple[int, int]]) -> tuple[str, str]:
    """The page without some stretches, and those stretches."""
    kept, place = [], 0
    for start, end in spans:
        kept.append(page[place:start])
        place = end
    return "".join(kept) + page[place:], " ".join(page[start:end] for start, end in spans)


def _hidden_spans(page: str) -> list[tuple[int, int]]:
    """The stretches between the tags that hide and those that end them."""
    stack: list[_Open] = []
    counts: dict[str, int] = {}
    names: frozenset[str] = frozenset()
    spans: list[tuple[int, int]] = []
    start, depth, before, sheets = -1, 0, "", 0
    for piece in walk(page):
        if piece.kind == "drop" and before == "style" and sheets < MAX_SHEETS:
            sheet = page[piece.start : piece.end][: MAX_SHEETS - sheets]
            sheets += len(sheet)
            names |= _hiding_names(sheet)
        before = piece.name
        if piece.kind != "tag":
            continue
        for closed in _close(stack, counts, piece.name):
            depth -= closed.hides
        if start >= 0 and not depth:
            spans.append((start, piece.start))
            start = -1
        if piece.name[0] == "/" or piece.name in _VOID:
            continue
        opened = _opened(piece.name, page[piece.start : piece.end][:4000], stack, names)
        stack.append(opened)
        counts[piece.name] = counts.get(piece.name, 0) + 1
        depth += opened.hides
        if depth and start < 0:
            start = piece.end
    if start >= 0:
        spans.append((start, len(page)))
    return spans


def _close(stack: list[_Open], counts: dict[str, int], tag: str) -> list[_Open]:
    """Take from the stack what a tag ends: its element, or one that another of its kind ends without saying."""
    if tag[0] == "/":
        name = tag[1:]
        return _pop_to(stack, counts, name) if counts.get(name) else []
    if tag in _CLOSES:
        return _pop_to(stack, counts, tag) if _near(stack, tag, _CLOSES[tag]) else []
    if tag in BLOCKS and tag != "br" and _near(stack, "p", ("td", "th", "table")):
        return _pop_to(stack, counts, "p")
    return []


def _near(stack: list[_Open], name: str, fences: tuple[str, ...]) -> bool:
    """Whether an element is open close by, on this side of the fences."""
    for opened in reversed(stack[-20:]):
        if opened.name == name:
            return True
        if opened.name in fences:
            return False
    return False


def _pop_to(stack: list[_Open], counts: dict[str, int], name: str) -> list[_Open]:
    """Close elements up to the last one of a name."""
    closed = []
    while stack:
        closed.append(stack.pop())
        counts[closed[-1].name] -= 1
        if closed[-1].name == name:
            break
    return closed


def _opened(name: str, source: str, stack: list[_Open], names: frozenset[str]) -> _Open:
    """What an element does to its content."""
    behind = bool(stack and stack[-1].coloured)
    if " " not in source and "\n" not in source and "\t" not in source:
        return _Open(name, False, behind)
    style = _attribute(_STYLE, source).lower()
    style = "".join(style.split())
    backgrounds = re.findall(r"background(?:-color|-image)?:([^;]*)", style) + _BGCOLOR.findall(source)
    coloured = behind or any(value and not _WHITE.match(value.lower()) and value != "none" for value in backgrounds)
    colours = re.findall(r"(?:^|;)color:([^;]*)", style) + _COLOR.findall(source)
    pale = not coloured and any(_WHITE.match(colour.lower()) for colour in colours)
    named = bool(names) and not names.isdisjoint(_attribute(_NAMES, source).split())
    return _Open(name, pale or named or bool(_GONE.search(style)) or bool(_HIDDEN.search(source)), coloured)


def _attribute(pattern: re.Pattern[str], source: str) -> str:
    """The value of an attribute, empty where there is none."""
    return " ".join("".join(groups) for groups in pattern.findall(source))


def _hiding_names(sheet: str) -> frozenset[str]:
    """Classes and ids that a style sheet hides on every screen; rules for narrow ones are none of our business."""
    rules = _RULE.findall(_AT_RULE.sub("", sheet))
    return frozenset(name for name, body in rules if _GONE.search("".join(body.lower().split())))
