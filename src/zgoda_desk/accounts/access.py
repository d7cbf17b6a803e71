"""Who may see and change what of the company; every other access function asks here (T06)."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.http import Http404

from zgoda_desk.accounts.models import Company, Inbox, Invitation, Person, Team


def company() -> Company:
    """The company of this installation; Http404 before `zgoda init`."""
    found = Company.objects.select_related("hours").first()
    if found is None:
        raise Http404
    return found


def inboxes_of(person: Person) -> QuerySet[Inbox]:
    """The inboxes a person may work in: the head's are all, everybody else's those of his teams."""
    if not person.is_active:
        return Inbox.objects.none()
    if person.is_head:
        return Inbox.objects.all()
    return Inbox.objects.filter(team__members=person).distinct()


def inbox_ids(person: Person) -> frozenset[int]:
    """Ids of the inboxes a person may work in."""
    return frozenset(inboxes_of(person).values_list("pk", flat=True))


def access_inbox(person: Person, pk: int) -> Inbox:
    """An inbox the person may work in, else Http404 as for one that is not there."""
    found = inboxes_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def require_lead(person: Person) -> None:
    """Http404 for whoever leads nobody."""
    if not (person.is_active and person.is_lead):
        raise Http404


def require_head(person: Person) -> None:
    """Http404 for all but the head of the company."""
    if not (person.is_active and person.is_head):
        raise Http404


def colleagues(person: Person) -> QuerySet[Person]:
    """Active people who share an inbox with a person, himself and every head among them."""
    active = Person.objects.filter(is_active=True)
    if person.is_head:
        return active
    shared = active.filter(teams__in=Team.objects.filter(members=person))
    return (shared | active.filter(role="head") | active.filter(pk=person.pk)).distinct()


def access_colleague(person: Person, pk: int) -> Person:
    """Somebody to hand work to, else Http404."""
    found = colleagues(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def leads_of(inbox: Inbox) -> QuerySet[Person]:
    """Who is told what happens in an inbox against the rules: the leads of its team and the heads."""
    active = Person.objects.filter(is_active=True)
    return (active.filter(role="lead", teams__inboxes=inbox) | active.filter(role="head")).distinct()


def may_work_in(person: Person, inbox: Inbox) -> bool:
    """Whether a person may answer in an inbox; asked before work is given to him."""
    return inbox.pk in inbox_ids(person)


def teams_of(person: Person) -> QuerySet[Team]:
    """The teams a person may look after: the head all, a lead his own, an agent none."""
    if not (person.is_active and person.is_lead):
        return Team.objects.none()
    return Team.objects.all() if person.is_head else Team.objects.filter(members=person)


def access_team(person: Person, pk: int) -> Team:
    """A team the person looks after, else Http404."""
    found = teams_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def staff_of(person: Person) -> QuerySet[Person]:
    """The people a person looks after, those who left among them: the head all, a lead those of his teams."""
    if person.is_active and person.is_head:
        return Person.objects.all()
    return Person.objects.filter(teams__in=teams_of(person)).distinct()


def access_staff(person: Person, pk: int) -> Person:
    """Somebody the person looks after, else Http404."""
    found = staff_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def invitations_of(person: Person) -> QuerySet[Invitation]:
    """The open invitations a person may take back: the head all, a lead those he made."""
    opened = Invitation.objects.filter(used_at=None, person=None).order_by("-made_at", "-pk")
    if person.is_active and person.is_head:
        return opened
    return opened.filter(invited_by=person) if person.is_active and person.is_lead else opened.none()


def access_invitation(person: Person, pk: int) -> Invitation:
    """An invitation the person may take back, else Http404."""
    found = invitations_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def address_taken(email: str) -> bool:
    """Whether an address is somebody's here already, of those who left too."""
    return Person.objects.filter(email=email).exists()


def has_factor(person: Person) -> bool:
    """Whether a person logs in with a second factor."""
    return bool(Authenticator.objects.filter(user=person).exists())


def active_person(pk: int) -> Person | None:
    """Somebody who works here now; for links that name their person and are checked anew each time."""
    return Person.objects.filter(pk=pk, is_active=True).first()
