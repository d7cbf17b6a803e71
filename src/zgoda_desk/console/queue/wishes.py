"""What somebody wants to see of the queue: a view, filters, words to look for, and from where on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from zgoda_desk.console.queue.views_of import BURNS, CHANNELS, LANGUAGES, VIEWS
from zgoda_desk.lib.plain import number

LONGEST = 200  # signs of what is looked for


@dataclass(frozen=True)
class Wish:
    """A view of the queue narrowed by filters; every field is one of the allowed names or a number (T35)."""

    view: str = BURNS
    channel: str = ""
    language: str = ""
    inbox: int = 0
    tag: int = 0
    q: str = ""
    after: str = ""

    @property
    def query(self) -> str:
        """The wish as a query string, without what stands by itself."""
        told = {
            "view": "" if self.view == BURNS else self.view,
            "channel": self.channel,
            "language": self.language,
            "inbox": self.inbox,
            "tag": self.tag,
            "q": self.q,
            "after": self.after,
        }
        return urlencode({name: value for name, value in told.items() if value})

    def but(self, **changes: Any) -> str:
        """The query string of this wish with something changed, from the first row on."""
        return replace(self, **{"after": "", **changes}).query

    @property
    def narrowed(self) -> bool:
        """Whether a filter is set."""
        return bool(self.channel or self.language or self.inbox or self.tag)


def wish_of(told: Mapping[str, Any]) -> Wish:
    """The wish of a query; what is no allowed name or number falls away, nothing raises."""
    return Wish(
        view=_one_of(told.get("view"), VIEWS) or BURNS,
        channel=_one_of(told.get("channel"), CHANNELS),
        language=_one_of(told.get("language"), LANGUAGES),
        inbox=number(told.get("inbox")),
        tag=number(told.get("tag")),
        q=" ".join(str(told.get("q") or "")[:LONGEST].replace("\x00", " ").split()),
        after=str(told.get("after") or "")[:LONGEST],
    )


def _one_of(told: Any, names: Mapping[str, Any]) -> str:
    return told if isinstance(told, str) and told in names else ""
