"""Makes the page of a mail safe to show in a sandboxed frame: nothing of it acts, nothing of it is fetched."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import unquote

import nh3

from zgoda.text.html import html_to_text
from zgoda.text.markup import walk
from zgoda_desk.lib.plain import storable

MAX_SOURCE = 1_000_000
MAX_TAGS = 50_000
MAX_DEPTH = 500
MAX_TEXT = 200_000
MAX_ROUNDS = 4

_TAGS = frozenset((
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "div",
    "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
))  # fmt: skip
# What stands inside these is no text for people, or would be read otherwise by another reader (T02).
_DROPPED = frozenset((
    "script", "style", "template", "title", "svg", "math", "iframe", "object", "noscript", "noembed", "noframes",
    "select", "xmp", "plaintext",
))  # fmt: skip
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "tr": {"align", "valign"},
    "table": {"align"},
    "p": {"align"},
    "div": {"align"},
}
# Elements without content, and those that the next of their kind ends.
_UNCLOSED = frozenset((
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "source", "td", "th", "tr", "wbr",
))  # fmt: skip
_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s]", re.IGNORECASE)
_SMALL = re.compile(r"\d{1,4}%?\Z")
_NUMBERS = frozenset(("width", "height", "colspan", "rowspan", "start"))


def safe_html(html: str, *, cid_urls: Mapping[str, str]) -> str:
    """The page with plain markup only (T01, T02, T05): safe(safe(x)) is safe(x) for the same `cid_urls`.

    No style, form, script, SVG or MathML stays; a picture only if it came with the mail: `cid_urls` maps its
    Content-ID (no brackets) to where the desk serves it. Links lead outside only and tell nothing about where they
    stood. A page that is too long, too deep, or that no two readings agree on is shown as its plain text. Never raises.
    """
    clean = _cleaner(dict(cid_urls))
    source = storable(html)
    if not _is_tame(source):
        return _settled(_as_text(source), clean) or ""
    settled = _settled(source, clean)
    return settled if settled is not None else _settled(_as_text(source), clean) or ""


def _settled(source: str, clean: Callable[[str], str]) -> str | None:
    """What cleaning comes to when it changes nothing any more, None if it never does."""
    before = clean(source)
    for _ in range(MAX_ROUNDS):
        after = clean(before)
        if after == before:
            return after
        before = after
    return None


def _cleaner(cid_urls: dict[str, str]) -> Callable[[str], str]:
    """One cleaning of a page."""
    cleaner = nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_filter(cid_urls),
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        strip_comments=True,
    )
    return cleaner.clean


def _is_tame(source: str) -> bool:
    """Whether a page can be read in a time that its length bears: elements left open make every next tag dearer."""
    if len(source) > MAX_SOURCE or source.count("<") > MAX_TAGS:
        return False
    open_now: dict[str, int] = {}
    depth = 0
    for piece in walk(source):
        name = piece.name.removeprefix("/")
        step = 1 if name == piece.name else -1
        if piece.kind != "tag" or name in _UNCLOSED or (step < 0 and not open_now.get(name)):
            continue
        open_now[name] = open_now.get(name, 0) + step
        depth += step
        if depth > MAX_DEPTH:
            return False
    return True


def _as_text(source: str) -> str:
    """The plain text of a page, as a page."""
    text = html_to_text(source[:MAX_SOURCE])[:MAX_TEXT].strip("\n")
    return f"<pre>{escape(text, quote=False)}</pre>"


def _filter(cid_urls: dict[str, str]) -> Callable[[str, str, str], str | None]:
    """What of an attribute is kept: links outside, pictures of the mail, small numbers."""
    ours = frozenset(cid_urls.values())

    def keep(_tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return value if _LINK.match(value.strip()) else None
        if name == "src":
            return value if value in ours else _picture(value, cid_urls)
        return value if name not in _NUMBERS or _SMALL.match(value) else None

    return keep


def _picture(value: str, cid_urls: dict[str, str]) -> str | None:
    """Where the desk serves a picture of the mail, None for any other."""
    scheme, _, name = value.strip().partition(":")
    return cid_urls.get(unquote(name)) or cid_urls.get(name) if scheme.lower() == "cid" else None
