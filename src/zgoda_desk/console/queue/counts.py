"""How many conversations each view and each filter holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from zgoda_desk.accounts.models import Person
from zgoda_desk.console.queue.views_of import LANGUAGES, VIEWS, channel_of, held, overdue
from zgoda_desk.conversations.models import Conversation, Tag

_MOST_TAGS = 12


@dataclass(frozen=True)
class Facets:
    """How many rows of a view each filter would leave; tags by id, the most used ones with their names."""

    channels: Mapping[str, int]
    languages: Mapping[str, int]
    inboxes: Mapping[int, int]
    tags: tuple[tuple[int, str, int], ...]


def view_counts(rows: QuerySet[Conversation], person: Person, now: datetime) -> dict[str, int]:
    """Rows of every view by its name, and under `overdue` those with a promise that is late; one query."""
    asked = {name: Count("pk", filter=view.holds(person, now)) for name, view in VIEWS.items()}
    return rows.filter(merged_into=None).aggregate(**asked, overdue=Count("pk", filter=overdue(now)))


def facets(rows: QuerySet[Conversation], view: str, person: Person, now: datetime) -> Facets:
    """The filters of a view with their counts; two queries."""
    within = held(rows, view, person, now)
    grouped = within.order_by().values_list("channel", "language", "inbox_id").annotate(n=Count("pk"))
    channels: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    inboxes: Counter[int] = Counter()
    for channel, language, inbox, n in grouped:
        channels[channel_of(channel)] += n
        languages[language if language in LANGUAGES else "und"] += n
        inboxes[inbox] += n
    return Facets(channels, languages, inboxes, _tags(within))


def _tags(within: QuerySet[Conversation]) -> tuple[tuple[int, str, int], ...]:
    if not Tag.objects.exists():
        return ()
    used = Tag.objects.annotate(n=Count("conversations", filter=Q(conversations__in=within.order_by().values("pk"))))
    return tuple(used.filter(n__gt=0).order_by("-n", "name").values_list("pk", "name", "n")[:_MOST_TAGS])
