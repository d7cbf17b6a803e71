"""Shows what a text hides: bidirectional controls, tags and floods become marks that a reader sees (T40, I01-I05)."""

from __future__ import annotations

import re

_NAMES = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# The flags of England, Scotland and Wales are spelled with tags; any other tags are hidden writing.
_TAGS = re.compile("(\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f)|([\U000e0000-\U000e007f]++)")
_SELECTORS = re.compile("[\U000e0100-\U000e01ef]++")
_LOST = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_BLANKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_FLOOD = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]++"
)
_ZERO_WIDTH = re.compile("([\u200b-\u200d\u2060-\u2064\ufeff\u00ad])[\u200b-\u200d\u2060-\u2064\ufeff\u00ad]{3,}+")


def visible(text: str) -> str:
    """The text as it is to be shown: nothing in it reorders, hides or breaks; always valid UTF-8, line breaks kept.

    A control becomes its name in angle brackets (`⟨RLO⟩`), hidden tags their letters (`⟨hidden: abc⟩`), a lone
    surrogate or other control U+FFFD; of a flood of marks on one letter four stay.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _LOST.sub("\ufffd", _BLANKS.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = _TAGS.sub(lambda found: found[1] or f"⟨hidden: {_letters(found[2])}⟩", text)
    text = _SELECTORS.sub(lambda found: f"⟨hidden ×{len(found[0])}⟩", text)
    text = _BIDI.sub(lambda found: f"⟨{_NAMES[found[0]]}⟩", text)
    return _ZERO_WIDTH.sub(r"\1", _FLOOD.sub(r"\1", text))


def _letters(tags: str) -> str:
    """The letters that tags stand for; tags that stand for none are counted."""
    letters = "".join(chr(ord(tag) - 0xE0000) for tag in tags if 0xE0020 <= ord(tag) <= 0xE007E)
    return letters or f"×{len(tags)}"
