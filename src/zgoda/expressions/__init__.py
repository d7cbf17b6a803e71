"""Facts by pattern: dates, times, durations, money, quantities, order numbers, phones, e-mail and page addresses."""

from zgoda.expressions.finder import Expressions, Found, Spoken, Tense, build

__all__ = ["Expressions", "Found", "Spoken", "Tense", "build"]
