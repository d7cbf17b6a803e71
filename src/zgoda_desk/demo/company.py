"""Founds Polana: three inboxes in three languages on the mail server of this machine, and the people who answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from zgoda_desk.accounts.models import Company, Hours, Inbox, Person, Role, Team
from zgoda_desk.lib import secret, tokens
from zgoda_desk.post.models import MailAccount

DOMAIN = "polana.example"
INBOXES = {"ru": ("Помощь", "pomosh"), "pl": ("Serwis", "serwis"), "en": ("Care", "care")}
_NAMES = {"ru": "Поляна", "pl": "Polana", "en": "Polana"}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Whoever tries the desk does it at any hour of any day: a promise of two hours must be two hours.
_ALWAYS = {day: ["00:00-24:00"] for day in _DAYS}
_STATUTES = ("pl-upk-refund",)  # a Polish shop: a claim for money is answered within fourteen days
_PEOPLE: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("nina", "Nina Wolska", Role.AGENT, {"gender": "f", "names": {"ru": "Нина Вольская"}}),
    ("pawel", "Paweł Sikora", Role.AGENT, {"gender": "m", "names": {"ru": "Павел Сикора"}}),
    ("irina", "Irina Lebedeva", Role.AGENT, {"gender": "f", "names": {"ru": "Ирина Лебедева"}, "specialist": True}),
    ("tomasz", "Tomasz Maj", Role.LEAD, {"gender": "m", "names": {"ru": "Томаш Май"}}),
    ("helena", "Helena Ross", Role.HEAD, {"gender": "f", "names": {"ru": "Хелена Росс"}}),
)


@dataclass(frozen=True)
class Office:
    """Where the mail server of the demo listens, and the passwords of its mailboxes by address."""

    imap_port: int
    smtp_port: int
    passwords: Mapping[str, str]


def addresses() -> dict[str, str]:
    """The address of each language's inbox."""
    return {language: f"{local}@{DOMAIN}" for language, (_, local) in INBOXES.items()}


def passwords() -> dict[str, str]:
    """A new password for each mailbox."""
    return {address: tokens.fresh(12) for address in addresses().values()}


def found(office: Office, zone: str, language: str, now: datetime) -> Company:
    """Make the company with its people and inboxes; one transaction."""
    with transaction.atomic():
        hours = Hours.objects.create(name="Round the clock", zone=zone, calendar="weekdays", weekly=_ALWAYS)
        company = Company.objects.create(
            name="Polana", names=_NAMES, installation=f"demo-{tokens.plain(12)}", language=language, hours=hours,
            jurisdictions=["PL"], statutes=list(_STATUTES),
        )  # fmt: skip
        team = Team.objects.create(name="Polana")
        for inbox, (name, _) in INBOXES.items():
            made = Inbox.objects.create(name=name, team=team, language=inbox)
            _account(made, addresses()[inbox], office, now)
        team.members.set([_person(*row, language=language, now=now) for row in _PEOPLE])
    return company


def point_to(office: Office) -> None:
    """Tell the mailboxes where the mail server listens this time."""
    for account in MailAccount.objects.all():
        account.imap_port, account.smtp_port = office.imap_port, office.smtp_port
        account.secret = secret.lock(office.passwords[account.address])
        account.save(update_fields=["imap_port", "smtp_port", "secret"])


def _account(inbox: Inbox, address: str, office: Office, now: datetime) -> MailAccount:
    return MailAccount.objects.create(
        inbox=inbox, address=address, display_name=_NAMES[inbox.language], user=address, imap_host="127.0.0.1",
        smtp_host="127.0.0.1", imap_security="none", smtp_security="none", imap_port=office.imap_port,
        smtp_port=office.smtp_port, secret=secret.lock(office.passwords[address]), since=now.date(),
    )  # fmt: skip


def _person(local: str, name: str, role: str, more: dict[str, Any], *, language: str, now: datetime) -> Person:
    return Person.objects.create_user(
        f"{local}@{DOMAIN}", None, name=name, role=role, language=language, joined_at=now, **more
    )
