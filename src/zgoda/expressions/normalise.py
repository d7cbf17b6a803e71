"""The normalisers that a pattern may name as its `value`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zgoda.expressions.contacts import as_typed, phone
from zgoda.expressions.dates import iso_date
from zgoda.expressions.hit import Hit
from zgoda.expressions.money import amount
from zgoda.expressions.spans_of_time import clock_time, iso_duration, since

NORMALISERS: Mapping[str, Callable[[Hit], str | None]] = {
    "date": iso_date,
    "time": clock_time,
    "duration": iso_duration,
    "since": since,
    "money": amount,
    "phone": phone,
    "typed": as_typed,
}
