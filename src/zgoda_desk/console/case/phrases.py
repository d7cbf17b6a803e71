"""Ready phrases as they are drawn: words, with the open places apart and named in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_SLOT = re.compile(r"\{(\w+?)(\d?)(?::\w+)?\}")
_SLOTS: dict[str, StrOrPromise] = {
    "agent": pgettext_lazy("slot", "your name"),
    "amount": pgettext_lazy("slot", "sum"),
    "appeal": pgettext_lazy("slot", "where to appeal"),
    "case": pgettext_lazy("slot", "case number"),
    "cause": pgettext_lazy("slot", "cause"),
    "clause": pgettext_lazy("slot", "in your words"),
    "company": pgettext_lazy("slot", "company"),
    "customer_company": pgettext_lazy("slot", "the customer's company"),
    "date": pgettext_lazy("slot", "day"),
    "email": pgettext_lazy("slot", "e-mail"),
    "emergency": pgettext_lazy("slot", "emergency number"),
    "helpline": pgettext_lazy("slot", "helpline"),
    "lesson": pgettext_lazy("slot", "what we changed"),
    "link": pgettext_lazy("slot", "link"),
    "manager": pgettext_lazy("slot", "who takes over"),
    "name": pgettext_lazy("slot", "customer's name"),
    "option": pgettext_lazy("slot", "way out"),
    "order": pgettext_lazy("slot", "order"),
    "phone": pgettext_lazy("slot", "phone"),
    "question": pgettext_lazy("slot", "question"),
    "reason": pgettext_lazy("slot", "reason"),
    "result": pgettext_lazy("slot", "result"),
    "time": pgettext_lazy("slot", "hour"),
}


@dataclass(frozen=True)
class Part:
    """A run of a phrase: words, or the name of an open slot."""

    text: StrOrPromise
    slot: str = ""


@dataclass(frozen=True)
class Phrase:
    """A ready phrase: `text` as the engine gave it, its `parts` with the open slots apart, `slots` to be filled in."""

    text: str
    parts: tuple[Part, ...]
    rule: str

    @property
    def slots(self) -> tuple[Part, ...]:
        """The open slots, each once."""
        return tuple({part.slot: part for part in self.parts if part.slot}.values())


def phrase_of(one: Mapping[str, Any]) -> Phrase:
    """A phrase of the engine's answer, as_dict."""
    text = str(one["text"])
    parts, at = [], 0
    for slot in _SLOT.finditer(text):
        if slot.start() > at:
            parts.append(Part(text[at : slot.start()]))
        parts.append(Part(_SLOTS.get(slot[1], slot[1]), slot[0].strip("{}")))
        at = slot.end()
    return Phrase(text, (*parts, *([Part(text[at:])] if at < len(text) else [])), str(one.get("rule", "")))
