"""Numbers: figures with their separators, and number words in a row ("две тысячи семьсот", "forty-one", "1 240,50")."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from zgoda.expressions.tables import Words

_FIGURES = re.compile(r"\d[\d., ']{0,40}")
_WORD = re.compile(r"[^\W\d_]++")
_KINDS = ("cardinal", "scale", "suffix", "one", "ordinal", "collective", "half")


def figures(text: str) -> Decimal | None:
    """The value of figures: of two separators the last is the decimal one; three digits behind one are thousands."""
    plain = text.replace(" ", "").replace("'", "").strip(".,")
    comma, dot = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and dot >= 0:
        plain = plain.replace("," if dot > comma else ".", "").replace(",", ".")
    elif max(comma, dot) >= 0:
        sign = "," if comma >= 0 else "."
        whole, _, rest = plain.rpartition(sign)
        groups = len(rest) == 3 and whole != "0"
        plain = plain.replace(sign, "") if groups or plain.count(sign) > 1 else f"{whole}.{rest}"
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def number(text: str, words: Words) -> Decimal | None:
    """The value of figures and number words in a row; None when nothing in it counts ("several")."""
    lead = _FIGURES.match(text)
    total = figures(lead[0]) if lead else None
    part, whole, known = total or Decimal(0), Decimal(0), total is not None
    for word in _WORD.findall(text, lead.end() if lead else 0):
        for kind in _KINDS:
            value = words.value(kind, word)
            if value is None:
                continue
            known = True
            if kind in ("scale", "suffix"):
                part = (part or Decimal(1)) * Decimal(value)
                if Decimal(value) >= 1000:
                    whole, part = whole + part, Decimal(0)
            else:
                part += Decimal(value)
            break
    return whole + part if known else None


def plain(value: Decimal) -> str:
    """Without exponent and without needless zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
