"""The order of `shown.burning` in a query, and the place from which the next rows are fetched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from zgoda_desk.conversations.models import Conversation
from zgoda_desk.conversations.shown.burning import GROUPS, HOT, PROMISE, bounds

FAR = datetime(9999, 12, 31, tzinfo=UTC)
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_FIELDS = ("place", "-rank_safety", "unbroken", "-rank_heat", "-rank_care", "-contacts", "due", "waits", "pk")
_NAMES = tuple(name.lstrip("-") for name in _FIELDS)
_MOST_DIGITS = 18


def ordered(rows: QuerySet[Conversation], now: datetime) -> QuerySet[Conversation, Any]:
    """The rows as `burning.place` orders them at `now`, whose zone is the company's; `place` is the group's number."""
    return placed(rows, now).order_by(*_FIELDS)


def placed(rows: QuerySet[Conversation], now: datetime) -> QuerySet[Conversation, Any]:
    """The rows with the parts of their place that depend on the time."""
    broken = Q(promise_broken=True) | Q(next_due__lte=now, next_due_kind=PROMISE)
    return rows.annotate(
        place=_group(now),
        unbroken=Case(When(broken, then=Value(0)), default=Value(1), output_field=IntegerField()),
        due=Coalesce("next_due", Value(FAR)),
        waits=Coalesce("waiting_since", Value(FAR)),
    )


def _group(now: datetime) -> Case:
    limits = bounds(now)
    awake = Q(snoozed_until=None)
    is_open = Q(status="open") & awake
    pressing = is_open & (Q(waiting_since__isnull=False) | Q(state__in=HOT))
    later = Q(next_due__lt=limits.week) | is_open | (Q(status="agreed") & awake)
    return Case(
        When(rank_safety__gt=0, then=Value(GROUPS.index("safety"))),
        When(Q(promise_broken=True) | Q(next_due__lte=limits.soon), then=Value(GROUPS.index("now"))),
        When(Q(next_due__lt=limits.tonight) | pressing, then=Value(GROUPS.index("today"))),
        When(later, then=Value(GROUPS.index("week"))),
        default=Value(GROUPS.index("later")),
        output_field=IntegerField(),
    )


class Page(NamedTuple):
    """Ids and groups of rows, the cursor of the rows after these (empty: none), and the moment they are ordered at."""

    keys: list[tuple[int, int]]
    cursor: str
    moment: datetime


def page(rows: QuerySet[Conversation], cursor: str, now: datetime, size: int) -> Page:
    """The next `size` rows after a cursor.

    A cursor keeps the moment of its first page, so that no row changes its group between two pages. One that cannot
    be read is none.
    """
    first, after = _read(cursor)
    moment = first.astimezone(now.tzinfo) if first else now
    found = ordered(rows, moment)
    if first:
        found = found.filter(_beyond(after))
    keys: Sequence[tuple[Any, ...]] = list(found.values_list(*_NAMES)[: size + 1])
    more = len(keys) > size
    keys = keys[:size]
    return Page([(key[-1], key[0]) for key in keys], _written(keys[-1], moment) if more else "", moment)


def _beyond(after: Sequence[Any]) -> Q:
    """Everything that the order puts after a place."""
    beyond = Q(pk__in=[])
    for field, value in reversed(list(zip(_FIELDS, after, strict=True))):
        name = field.lstrip("-")
        further = Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
        beyond = further | (Q(**{name: value}) & beyond)
    return beyond


def _written(key: Sequence[Any], moment: datetime) -> str:
    return ".".join(str(_whole(value)) for value in (moment, *key))


def _whole(value: Any) -> int:
    return (value - _START) // _MICRO if isinstance(value, datetime) else int(value)


def _read(cursor: str) -> tuple[datetime | None, list[Any]]:
    parts = cursor.split(".")
    if len(parts) != len(_NAMES) + 1 or not all(_is_number(part) for part in parts):
        return None, []
    numbers = [int(part) for part in parts]
    try:
        moment, due, waits = (_START + numbers[at] * _MICRO for at in (0, 7, 8))
        moment.astimezone()
    except (OverflowError, ValueError):
        return None, []
    if not 2000 <= moment.year < 9000:
        return None, []
    return moment, [*numbers[1:7], due, waits, numbers[9]]


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= _MOST_DIGITS
