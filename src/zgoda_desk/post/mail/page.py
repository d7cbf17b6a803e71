"""The page of a mail: as sent, without what it hides, and whether it says the same as the plain form beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zgoda.text.charset import decode_text, tidy
from zgoda.text.mail_body import Body, payload
from zgoda.text.mail_parts import Part
from zgoda_desk.lib.plain import storable
from zgoda_desk.post.mail.hidden import Shown, without_hidden

MAX_PAGE = 1_000_000
MAX_PAGES = 20

_WORD = re.compile(r"[^\W_]{4,40}")
_COMPARED = 50_000  # characters of each form
_FEW, _MANY = 5, 30  # words of a plain form that says something, and of one that may be only a stopgap


@dataclass(frozen=True, slots=True)
class Page:
    """`html` as sent (None where there is none), what it hides, and the text to read `instead` of a stopgap."""

    html: str | None = None
    hidden: str = ""
    instead: str = ""
    problems: tuple[str, ...] = ()


class Pages:
    """The pages of one mail, each looked at once."""

    def __init__(self) -> None:
        self.cut = False
        self._shown: dict[str, Shown] = {}

    def shown(self, html: str) -> Shown:
        """A page as people see it, as far as it is kept."""
        self.cut = self.cut or len(html) > MAX_PAGE
        html = html[:MAX_PAGE]
        if html not in self._shown:
            self._shown[html] = without_hidden(html)
        return self._shown[html]

    def text(self, html: str) -> str:
        """The plain text of what people see of a page."""
        return self.shown(html).text

    def of(self, body: Body) -> Page:
        """The page among the parts of the letter; several are put one below the other."""
        sources = [source for part in body.letter if part.kind == "text/html" and (source := _decoded(part)).strip()]
        if not sources:
            return Page(problems=("truncated",) if self.cut else ())
        shown = [self.shown(source) for source in sources[:MAX_PAGES]]
        hidden = "\n".join(one.hidden for one in shown if one.hidden)
        seen = tidy("\n".join(one.text for one in shown))
        differ = _has_choice(body) and _differ(body.text, seen)
        told = {"hidden_text": bool(hidden), "alternatives_differ": differ, "truncated": self.cut}
        html = "\n".join(source[:MAX_PAGE] for source in sources)[:MAX_PAGE]
        instead = seen if differ and _is_stopgap(body.text, seen) else ""
        return Page(storable(html), storable(hidden), instead, tuple(name for name, odd in told.items() if odd))


def _has_choice(body: Body) -> bool:
    """Whether the letter comes in a plain form and as a page, to choose from."""
    return {"text/plain", "text/html"} <= {part.kind for part in body.letter if part.alternative}


def _decoded(part: Part) -> str:
    """The source of a page, whatever charset its label or its head names."""
    return decode_text(payload(part)[: 4 * MAX_PAGE], part.options.get("charset"))[0]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text[:_COMPARED].lower()))


def _differ(plain: str, seen: str) -> bool:
    """Whether less than half of the words of the plain form stand on the page."""
    words = _words(plain)
    return len(words) >= _FEW and 2 * len(words & _words(seen)) < len(words)


def _is_stopgap(plain: str, seen: str) -> bool:
    """Whether the plain form only says that there is a page."""
    words = len(_words(plain))
    return words < _MANY and len(_words(seen)) > 3 * words
