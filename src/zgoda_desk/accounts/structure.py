"""Changes of the company, its hours, teams and inboxes; the head makes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zgoda_desk.accounts.changes import change
from zgoda_desk.accounts.models import Company, Hours, Inbox, Person, Team
from zgoda_desk.audit.actions import record

COMPANY = frozenset(
    {
        "name", "names", "language", "acknowledge_minutes", "answer_minutes", "remind_minutes", "undo_seconds",
        "abuse_minutes",
    }
)  # fmt: skip
LAW = frozenset({"jurisdictions", "statutes"})
HOURS = frozenset({"zone", "calendar", "weekly", "closed"})
INBOX = frozenset(
    {"name", "team", "language", "auto_acknowledge", "acknowledge_minutes", "answer_minutes", "signature"}
)


def change_company(actor: Person, company: Company, values: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    """Names, language and terms of the company."""
    return change(company, values, COMPANY, kind="company.changed", actor=actor.pk, now=now)


def change_law(actor: Person, company: Company, values: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    """Whose law applies and which of its terms run."""
    return change(company, values, LAW, kind="company.law", actor=actor.pk, now=now)


def change_hours(actor: Person, hours: Hours, values: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    """Zone, calendar, week and closed days."""
    return change(hours, values, HOURS, kind="hours.changed", actor=actor.pk, now=now)


def set_shift(person: Person, weekly: Mapping[str, list[str]] | None, company: Company, now: datetime) -> None:
    """A person's own week, in the company's zone and calendar; None: he works as the company does."""
    _set_week(person, "shift", weekly, company, now, actor=person)


def set_inbox_hours(
    actor: Person, inbox: Inbox, weekly: Mapping[str, list[str]] | None, company: Company, now: datetime
) -> None:
    """An inbox's own week, in the company's zone and calendar; None: the company's hours."""
    _set_week(inbox, "hours", weekly, company, now, actor=actor)


def make_team(actor: Person, name: str, now: datetime) -> Team:
    """A team without people."""
    with transaction.atomic():
        team = Team.objects.create(name=name)
        record("team.made", actor=actor.pk, object_type="team", object_id=team.pk, now=now)
    return team


def rename_team(actor: Person, team: Team, name: str, now: datetime) -> None:
    """Another name for a team."""
    change(team, {"name": name}, frozenset({"name"}), kind="team.renamed", actor=actor.pk, now=now)


def make_inbox(actor: Person, name: str, team: Team, language: str, now: datetime) -> Inbox:
    """An inbox without mailboxes."""
    with transaction.atomic():
        inbox = Inbox.objects.create(name=name, team=team, language=language)
        record("inbox.made", actor=actor.pk, object_type="inbox", object_id=inbox.pk, now=now)
    return inbox


def change_inbox(actor: Person, inbox: Inbox, values: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    """What an inbox is called, who answers it, in what language, how it acknowledges and signs."""
    return change(inbox, values, INBOX, kind="inbox.changed", actor=actor.pk, now=now)


def _own_hours(name: str, weekly: Mapping[str, list[str]], company: Company) -> Hours:
    ours = company.hours
    return Hours.objects.create(
        name=name[:80], zone=ours.zone, calendar=ours.calendar, weekly=dict(weekly), closed=list(ours.closed)
    )


def _set_week(
    row: Person | Inbox,
    field: str,
    weekly: Mapping[str, list[str]] | None,
    company: Company,
    now: datetime,
    *,
    actor: Person,
) -> None:
    had: Hours | None = getattr(row, field)
    with transaction.atomic():
        if weekly is None:
            if had is not None:
                _point(row, field, None, had, now, actor=actor)
        elif had is None:
            _point(row, field, _own_hours(row.name, weekly, company), None, now, actor=actor)
        else:
            change_hours(actor, had, {"weekly": dict(weekly)}, now)


def _point(
    row: Person | Inbox, field: str, hours: Hours | None, before: Hours | None, now: datetime, *, actor: Person
) -> None:
    kind = f"{row._meta.model_name}.{field}"
    change(row, {field: hours}, frozenset({field}), kind=kind, actor=actor.pk, now=now)
    if before is not None:
        before.delete()
