"""Changes of people: what each says of himself, and what the head decides of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from zgoda_desk.accounts.changes import change
from zgoda_desk.accounts.models import Invitation, Person, Role, Team
from zgoda_desk.audit.actions import record
from zgoda_desk.lib import tokens

OWN = frozenset(
    {
        "name", "names", "gender", "language", "theme", "single_keys", "quiet_from", "quiet_until", "available",
        "absent_until", "shift",
    }
)  # fmt: skip
OF_OTHERS = frozenset({"role", "specialist"})


class MayNot(Exception):
    """The person may not do this to that person: only the head raises and lowers, nobody himself (T28)."""


class LastHead(Exception):
    """Somebody must head the company; make another head first."""


def change_own(person: Person, values: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    """What a person sets for himself; gives back the names of the fields that changed."""
    return change(person, values, OWN, kind="person.own_settings", actor=person.pk, now=now)


def end_sessions(person: Person, actor: Person, now: datetime) -> None:
    """End every session of a person; whoever keeps his own renews it afterwards with `update_session_auth_hash`."""
    with transaction.atomic():
        person.session_key = tokens.plain(32)
        person.save(update_fields=["session_key"])
        record("person.sessions_ended", actor=actor.pk, object_type="person", object_id=person.pk, now=now)


def change_other(actor: Person, person: Person, values: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    """Give somebody another role or the mark of a specialist. Raises MayNot, LastHead.

    Whoever is lowered loses the links he gave out, and his open pages end.
    """
    with transaction.atomic():
        held = _held(actor, person)
        role = values.get("role", held.role)
        if role not in Role.values:
            raise MayNot
        if held.role == Role.HEAD and role != Role.HEAD:
            _need_another_head(held)
        changed = change(held, values, OF_OTHERS, kind="person.changed", actor=actor.pk, now=now)
        if "role" in changed:
            Invitation.objects.filter(invited_by=held, used_at=None).delete()
            end_sessions(held, actor, now)
    return changed


def shut_out(actor: Person, person: Person, now: datetime) -> None:
    """Take a person's way in; his work is handed over by `workflow.leaving`. Raises MayNot, LastHead."""
    with transaction.atomic():
        held = _held(actor, person)
        if held.role == Role.HEAD:
            _need_another_head(held)
        held.is_active, held.feed_key = False, ""
        held.save(update_fields=["is_active", "feed_key"])
        Invitation.objects.filter(invited_by=held, used_at=None).delete()
        Invitation.objects.filter(person=held, used_at=None).delete()
        end_sessions(held, actor, now)
        record("person.shut_out", actor=actor.pk, object_type="person", object_id=held.pk, now=now)
    person.is_active = False


def let_in_again(actor: Person, person: Person, now: datetime) -> None:
    """Give a person his way in back; his password is the old one. Raises MayNot."""
    with transaction.atomic():
        held = _held(actor, person)
        held.is_active = True
        held.save(update_fields=["is_active"])
        record("person.let_in_again", actor=actor.pk, object_type="person", object_id=held.pk, now=now)


def set_members(actor: Person, team: Team, people: Iterable[Person], now: datetime) -> bool:
    """Say who is in a team; False where that changes nothing. Raises MayNot for all but the head."""
    if not (actor.is_active and actor.is_head):
        raise MayNot
    wanted = {person.pk for person in people}
    with transaction.atomic():
        before = set(team.members.values_list("pk", flat=True))
        if before == wanted:
            return False
        team.members.set(wanted)
        record(
            "team.members", actor=actor.pk, object_type="team", object_id=team.pk, now=now,
            added=sorted(wanted - before), removed=sorted(before - wanted),
        )  # fmt: skip
    return True


def _held(actor: Person, person: Person) -> Person:
    """The row of somebody else that only the head may touch; locked with those of all heads, always in one order.

    Two heads who shut each other out at one moment wait for each other, and the second is no head any more.
    """
    wanted = Person.objects.filter(Q(pk__in=[person.pk, actor.pk]) | Q(role=Role.HEAD))
    rows = {row.pk: row for row in wanted.select_for_update(no_key=True).order_by("pk")}
    asking = rows[actor.pk]
    if not (asking.is_active and asking.is_head) or actor.pk == person.pk:
        raise MayNot
    return rows[person.pk]


def _need_another_head(person: Person) -> None:
    if not Person.objects.filter(role=Role.HEAD, is_active=True).exclude(pk=person.pk).exists():
        raise LastHead


def drop_factor(actor: Person, person: Person, now: datetime) -> None:
    """Switch the second factor of somebody else off; his sessions end. Raises MayNot."""
    with transaction.atomic():
        held = _held(actor, person)
        Authenticator.objects.filter(user=held).delete()
        record("person.factor_dropped", actor=actor.pk, object_type="person", object_id=held.pk, now=now)
        end_sessions(held, actor, now)
