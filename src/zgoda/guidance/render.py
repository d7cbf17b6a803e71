"""Says a phrase: choices made, slots filled, capitals and stops where they belong."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zgoda.guidance.phrase import SLOT
from zgoda.guidance.slots import FREE, Saying, Unfit
from zgoda.naming import agree

_CUSTOMER = re.compile(r"\[([^\[\]]{0,400})\]")
_AGENT = re.compile(r"<([^<>]{0,400})>")
_YOU = re.compile(r"(?<![\w-])В(?=(?:ы|ас|ам|ами|аш[а-яё]{0,3})(?![\w-]))")
_ENDS = ".!?…"
_NAMELESS = frozenset(("name", "agent", "company", "customer_company", "manager"))  # capitals as their bearers write


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase as it may be sent: the text, the slots still open, and how many were filled."""

    text: str
    open_slots: tuple[str, ...]
    filled: int


def render(template: str, to: Saying, *, lower_you: bool = False) -> Said:
    """The phrase for one customer; `lower_you` writes the Russian «вы» small. Raises Unfit where it cannot be said."""
    words = _CUSTOMER.sub(lambda found: _choose(found[1], to.gender), template)
    words = _AGENT.sub(lambda found: _choose(found[1], to.agent_gender), words)
    if lower_you:
        words = lowered(words)
    text, opened, filled, at = "", list[str](), 0, 0
    for found in SLOT.finditer(words):
        text = _join(text, words[at : found.start()])
        value = to.value(found[1], found[2])
        if value is None or f"{{{found[1]}}}" in value:
            opened.append(found[1])
            value = value or f"{{{found[1]}}}"
        else:
            filled += found[1] in to.values
        text = _join(text, _fitted(value, found[1], text, lower_you=lower_you))
        at = found.end()
    return Said(_join(text, words[at:]), tuple(dict.fromkeys(opened)), filled)


def _choose(choices: str, gender: str | None) -> str:
    chosen = agree(choices, gender)
    if chosen is None:
        raise Unfit
    return chosen


def _fitted(value: str, slot: str, before: str, *, lower_you: bool) -> str:
    """The value as it stands there: a capital where it begins a sentence, unless it is somebody's name."""
    if lower_you and slot in FREE:
        value = lowered(value, begins=False)
    if slot not in _NAMELESS and _sentence_begins(before):
        value = value[:1].upper() + value[1:]
    return value


def _sentence_begins(before: str) -> bool:
    return before.rstrip() == "" or before.rstrip()[-1] in _ENDS or before.endswith("\n")


def _join(text: str, more: str) -> str:
    """One stop where a value that ends in one meets another: `sp. z o.o.` at the end of a sentence."""
    return text + (more[1:] if text.endswith(".") and more.startswith(".") else more)


def lowered(text: str, *, begins: bool = True) -> str:
    """Russian «Вы» in small letters, except where it begins a sentence."""

    def lower(found: re.Match[str]) -> str:
        before = text[: found.start()]
        first = _sentence_begins(before) if before.strip() else begins
        return "В" if first else "в"

    return _YOU.sub(lower, text)
