"""The first company of an installation and the person who heads it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from zgoda.errors import ZgodaError
from zgoda_desk.accounts.models import Company, Hours, Inbox, Person, Role, Team
from zgoda_desk.audit.actions import record

WEEKDAYS = {day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
_CALENDARS = {"ru": "ru", "pl": "pl", "en": "gb-eaw"}


class CannotFound(ZgodaError):
    """A company that cannot be made of what was given; the message says what to change."""


@dataclass(frozen=True)
class Founded:
    """What a new company starts from."""

    company: str
    language: str
    zone: str
    email: str
    name: str
    password: str


def found_company(wish: Founded, now: datetime) -> Company:
    """Make the company, its hours, a first team and inbox, and its head; raises CannotFound and changes nothing."""
    if Company.objects.exists():
        raise CannotFound("there is a company in this home folder already; nothing was changed")
    _check(wish)
    with transaction.atomic():
        hours = Hours.objects.create(name="Office", zone=wish.zone, calendar=_CALENDARS[wish.language], weekly=WEEKDAYS)
        company = Company.objects.create(
            name=wish.company.strip(), names={}, installation=uuid.uuid4().hex, language=wish.language, hours=hours
        )
        head = Person.objects.create_user(
            wish.email, wish.password, name=wish.name.strip(), role=Role.HEAD, language=wish.language, joined_at=now
        )
        team = Team.objects.create(name=company.name)
        team.members.add(head)
        Inbox.objects.create(name=company.name, team=team, language=wish.language)
        record("company.founded", actor=head.pk, object_type="company", object_id=company.pk, now=now)
    return company


def _check(wish: Founded) -> None:
    if not wish.company.strip() or not wish.name.strip():
        raise CannotFound("the company and its head need a name")
    try:
        ZoneInfo(wish.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise CannotFound(f"there is no time zone {wish.zone!r}; one is called Europe/Warsaw") from None
    try:
        validate_email(wish.email.strip())
    except ValidationError:
        raise CannotFound(f"{wish.email!r} is no e-mail address") from None
    try:
        validate_password(wish.password, Person(email=wish.email, name=wish.name))
    except ValidationError as fault:
        raise CannotFound("; ".join(fault.messages)) from None
