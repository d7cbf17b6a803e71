"""Sums of money: `"34990.00 RUB"`."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from zgoda.expressions.hit import Hit
from zgoda.expressions.numbers import number

_CENT = Decimal("0.01")


def amount(hit: Hit) -> str | None:
    """Groups: `n` (a number), `currency` (word or sign), `coin` (a word that is a sum: "tenner"), `sub` (kopecks)."""
    coin, words = hit.value("coin"), hit.part("n")
    count = number(words, hit.words) if words else Decimal(1)
    if count is None:
        return None
    if coin:
        each, currency = coin.split()
        return _money(count * Decimal(each), currency)
    code = _code(hit)
    if code is None:
        return None
    sub = hit.part("sub")
    cents = number(sub, hit.words) if sub else None
    return _money(count + (cents or Decimal(0)) / 100, code)


def _code(hit: Hit) -> str | None:
    for name in ("currency", "sign"):
        found = hit.part(name)
        if found:
            code = hit.words.value("currency", found) or hit.words.macros.get(f"sign_{found}")
            return str(code) if code else None
    return None


def _money(value: Decimal, code: str) -> str | None:
    """None for a row of figures so long that it is no sum of money, but somebody's finger on a key."""
    try:
        return f"{value.quantize(_CENT, ROUND_HALF_UP)} {code}"
    except InvalidOperation:
        return None
