"""Working time of the company: from rows to the engine's clocks."""

from __future__ import annotations

from datetime import datetime, timedelta

from zgoda.clocks import due
from zgoda.clocks.hours import Hours as Worked
from zgoda.errors import ZgodaError
from zgoda_desk.accounts.models import Company, Hours, Inbox


def hours_of(inbox: Inbox, company: Company) -> Hours:
    """The hours an inbox is worked in: its own, else the company's."""
    return inbox.hours or company.hours


def due_in(kind: str, since: datetime, minutes: int, hours: Hours) -> datetime:
    """When `minutes` of working time after `since` are over; in plain time where the hours cannot be computed."""
    try:
        answer = due(kind, since, calendar=hours.calendar, zone=hours.zone, hours=worked(hours), minutes=minutes)
    except ZgodaError:
        return since + timedelta(minutes=minutes)
    return answer.due_at or since + timedelta(minutes=minutes)


def worked(hours: Hours) -> Worked | None:
    """The engine's form of a row of hours; None (the engine's own) where none were set."""
    return Worked.parse(hours.weekly) if hours.weekly else None
