"""Links by which people come in or set a new password: shown once, kept as a digest, used once (T24)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from zgoda_desk.accounts.models import Invitation, Person, Role, Team
from zgoda_desk.audit.actions import record
from zgoda_desk.lib import tokens

DAYS = timedelta(days=7)
_LONGEST = 100


class NotYours(Exception):
    """The person may not invite into this role or team, or make this link."""


class LinkUsed(Exception):
    """The link was used, taken back or ran out in the meantime, or its address has a person by now."""


@dataclass(frozen=True)
class Guest:
    """Who is invited, and as what."""

    email: str
    name: str = ""
    role: str = Role.AGENT
    language: str = "en"
    teams: tuple[Team, ...] = ()


@dataclass(frozen=True)
class Joiner:
    """What a person says of himself when he comes in; `password` has passed the rules of the desk."""

    name: str
    gender: str
    language: str
    password: str


def may_invite(actor: Person, role: str, teams: Iterable[Team]) -> bool:
    """Whether somebody may invite into a role and teams: the head into all, a lead agents into his own (T28)."""
    if not actor.is_active:
        return False
    if actor.is_head:
        return role in Role.values
    wanted, own = {team.pk for team in teams}, set(actor.teams.values_list("pk", flat=True))
    return actor.role == Role.LEAD and role == Role.AGENT and bool(wanted) and wanted <= own


def may_reset(actor: Person, person: Person) -> bool:
    """Whether somebody may make a link for a new password: the head for all, a lead for agents of his teams alone.

    Whoever makes the link could use it himself, so an agent who also sees inboxes that are not the lead's is left to
    the head (T28). Nobody for himself: who is in, changes it with the old one.
    """
    if not (actor.is_active and person.is_active) or actor.pk == person.pk:
        return False
    if actor.is_head:
        return True
    if (actor.role, person.role) != (Role.LEAD, Role.AGENT):
        return False
    his, own = set(person.teams.values_list("pk", flat=True)), set(actor.teams.values_list("pk", flat=True))
    return bool(his) and his <= own


def invite(actor: Person, guest: Guest, now: datetime) -> tuple[Invitation, str]:
    """Invite somebody; gives back the row and the token of his link, told this once. Raises NotYours.

    An earlier invitation to the same address holds no more.
    """
    if not may_invite(actor, guest.role, guest.teams):
        raise NotYours
    email = guest.email.strip().lower()
    with transaction.atomic():
        Invitation.objects.filter(email=email, person=None, used_at=None).delete()
        made, token = _make(actor, now, email=email, name=guest.name, role=guest.role, language=guest.language)
        made.teams.set(guest.teams)
        record(
            "person.invited", actor=actor.pk, object_type="invitation", object_id=made.pk, now=now, role=guest.role,
            teams=[team.pk for team in guest.teams],
        )  # fmt: skip
    return made, token


def reset_link(actor: Person, person: Person, now: datetime) -> str:
    """The token of a link by which a person sets a new password; raises NotYours."""
    if not may_reset(actor, person):
        raise NotYours
    with transaction.atomic():
        Invitation.objects.filter(person=person, used_at=None).delete()
        made, token = _make(
            actor, now, email=person.email, name=person.name, role=person.role, language=person.language, person=person
        )
        record("person.reset_link", actor=actor.pk, object_type="person", object_id=person.pk, now=now, link=made.pk)
    return token


def link_of_own(person: Person, now: datetime) -> str:
    """The token of such a link, made at the machine itself: there he need ask nobody."""
    with transaction.atomic():
        Invitation.objects.filter(person=person, used_at=None).delete()
        made, token = _make(
            person, now, email=person.email, name=person.name, role=person.role, language=person.language, person=person
        )
        record("person.reset_link", actor=None, object_type="person", object_id=person.pk, now=now, link=made.pk)
    return token


def renew(person: Person, password: str, now: datetime) -> None:
    """Set a password at the machine itself, one that the rules let pass; sessions and links of before end with it."""
    with transaction.atomic():
        Invitation.objects.filter(person=person, used_at=None).delete()
        person.set_password(password)
        person.save(update_fields=["password"])
        record("person.password_reset", actor=None, object_type="person", object_id=person.pk, now=now)


def take_back(actor: Person, invitation: Invitation, now: datetime) -> None:
    """The link opens nothing any more."""
    with transaction.atomic():
        number, _rows = invitation.pk, invitation.delete()
        record("person.uninvited", actor=actor.pk, object_type="invitation", object_id=number, now=now)


def invitation_of(token: str | None, now: datetime) -> Invitation | None:
    """The link a token opens; None for one that is unknown, empty, used, too old or too long (T24)."""
    if not token or len(token) > _LONGEST or not token.isascii():
        return None
    found = Invitation.objects.select_related("person", "invited_by").filter(digest=tokens.digest(token)).first()
    return found if found is not None and _holds(found, now) else None


def join(invitation: Invitation, joiner: Joiner, now: datetime) -> Person:
    """Make the person, or set his new password; the link is used up. Raises LinkUsed and changes nothing."""
    with transaction.atomic():
        held = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("person", "invited_by")
            .filter(pk=invitation.pk)
            .first()
        )
        if held is None or not _holds(held, now):
            raise LinkUsed
        person = _renewed(held.person, joiner) if held.person else _arrived(held, joiner, now)
        held.used_at = now
        held.save(update_fields=["used_at"])
        kind = "person.password_reset" if held.person_id else "person.joined"
        record(kind, actor=person.pk, object_type="person", object_id=person.pk, now=now, link=held.pk)
    return person


def _make(actor: Person, now: datetime, **values: Any) -> tuple[Invitation, str]:
    token = tokens.fresh()
    made = Invitation.objects.create(
        digest=tokens.digest(token), invited_by=actor, made_at=now, expires_at=now + DAYS, **values
    )
    return made, token


def _holds(invitation: Invitation, now: datetime) -> bool:
    if invitation.used_at is not None or invitation.expires_at <= now:
        return False
    if invitation.invited_by is None or not invitation.invited_by.is_active:
        return False  # whoever left may have kept a link for himself
    if invitation.person is not None:
        return invitation.person.is_active
    return not Person.objects.filter(email=invitation.email).exists()


def _arrived(invitation: Invitation, joiner: Joiner, now: datetime) -> Person:
    person = Person.objects.create_user(
        invitation.email, joiner.password, name=joiner.name, gender=joiner.gender, language=joiner.language,
        role=invitation.role, joined_at=now,
    )  # fmt: skip
    person.teams.set(invitation.teams.all())
    return person


def _renewed(person: Person, joiner: Joiner) -> Person:
    """Only the password changes: a link for it is no way to be called otherwise."""
    person.set_password(joiner.password)
    person.save(update_fields=["password"])
    return person
