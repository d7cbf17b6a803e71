"""The first page of the settings: its sections, and what an empty company does first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zgoda_desk.accounts.access import company, invitations_of, staff_of
from zgoda_desk.accounts.models import Company, Person
from zgoda_desk.audit.actions import happened
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.settings.answers import page
from zgoda_desk.console.settings.sections import entries_for
from zgoda_desk.post.access import accounts_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Step:
    """One thing to do first, with where it is done and whether it is."""

    name: StrOrPromise
    why: StrOrPromise
    href: str
    done: bool


@require_safe
def start(request: Asked) -> HttpResponse:
    """Sections; for the head the steps of a new company, until all are done."""
    steps = first_steps(request.user, company()) if request.user.is_head else []
    left = [step for step in steps if not step.done]
    entries = [entry for entry in entries_for(request.user, "start") if entry["key"] != "start"]
    return page(request, "start", "start", steps=steps if left else [], entries=entries)


def first_steps(person: Person, house: Company) -> list[Step]:
    """What a company needs before it can answer."""
    started = accounts_of(person).filter(since__isnull=False).exists()
    others = staff_of(person).count() > 1 or invitations_of(person).exists()
    hours_told = happened("hours.changed", "hours", house.hours_id)
    return [
        Step(
            _("Connect a mailbox"), _("Customers' mail then comes in here; nothing in the mailbox changes."),
            reverse("settings_inboxes"), started,
        ),
        Step(_("Invite people"), _("Each gets a link, sets a password and is in."), reverse("settings_people"), others),
        Step(
            _("Set your hours"), _("Clocks and promises count your working time and your holidays."),
            reverse("settings_company"), hours_told,
        ),
        Step(
            _("Say whose law applies"), _("Terms by law then run by themselves, each with its source."),
            reverse("settings_law"), bool(house.jurisdictions),
        ),
    ]  # fmt: skip
