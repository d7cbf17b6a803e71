"""The page of a contact, and what is changed on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zgoda_desk.console.asked import Asked
from zgoda_desk.console.people import shown
from zgoda_desk.console.people.forms import AddressForm, ContactForm
from zgoda_desk.console.promises.views import here_and_now
from zgoda_desk.conversations.access import access_contact
from zgoda_desk.conversations.models import Contact
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.lib import clock
from zgoda_desk.lib.plain import number
from zgoda_desk.workflow import one_person, people


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Asked, pk: int) -> HttpResponse:
    """Who writes to us; with POST what people decided of him."""
    one = access_contact(request.user, pk)
    if request.method != "POST":
        return page_of(request, one)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return page_of(request, one, 422, form=form)
    changed = people.change(request.user, one.pk, form.card(), clock.now())
    messages.success(request, _("Saved.") if changed else _("Nothing was different."))
    return redirect("contact", pk)


@require_POST
def address(request: Asked, pk: int) -> HttpResponse:
    """Add an address, or take one off (`remove`)."""
    one = access_contact(request.user, pk)
    gone = number(request.POST.get("remove", ""))
    if gone:
        if not people.remove_address(request.user, one.pk, gone, clock.now()):
            messages.warning(request, _("The last address stays: mail from it would find nobody."))
        return redirect("contact", pk)
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            people.add_address(request.user, one.pk, form.cleaned_data["address"], clock.now())
        except people.NotAdded as fault:
            form.add_error("address", _why(fault.reason))
    return page_of(request, one, 422, address_form=form) if form.errors else redirect("contact", pk)


@require_POST
def merge(request: Asked, pk: int) -> HttpResponse:
    """Make another contact (`other`) one person with this one."""
    one, other = access_contact(request.user, pk), access_contact(request.user, number(request.POST.get("other", "")))
    try:
        one_person.merge_contacts(request.user, one.pk, other.pk, clock.now())
    except one_person.NotOnePerson:
        messages.warning(request, _("These two cannot be merged. One of them was merged before."))
        return redirect("contact", pk)
    messages.success(request, _("One person now. You can take them apart again below."))
    return redirect("contact", pk)


@require_POST
def unmerge(request: Asked, pk: int) -> HttpResponse:
    """Take apart again what was merged into this contact (`other`)."""
    one = access_contact(request.user, pk)
    try:
        back = one_person.unmerge_contacts(request.user, one.pk, number(request.POST.get("other", "")), clock.now())
    except one_person.NotOnePerson:
        back = None
    messages.info(request, _("Two contacts again.") if back else _("They are two contacts already."))
    return redirect("contact", pk)


def page_of(request: Asked, one: Contact, status: int = 200, **more: Any) -> HttpResponse:
    """The page; `more` are forms that were sent and are wrong."""
    now, typed = here_and_now(), request.GET.get("find", "")
    context = {
        "contact": one, "name": visible(str(one)), "forms": shown.forms_of(one), "form": ContactForm.of(one),
        "address_form": AddressForm(), "addresses": _addresses(one), "typed": typed,
        "conversations": shown.conversations(request.user, one, now),
        "promises": shown.promised(request.user, one, now), "alike": shown.alike(request.user, one, typed),
        "merged": [(other.pk, visible(str(other))) for other in one.merged.order_by("pk")],
        "labels": _labels(request, one),
    }  # fmt: skip
    return render(request, "zgoda/people/contact.html", context | more, status=status)


def _addresses(one: Contact) -> list[tuple[int, str]]:
    return [(known.pk, visible(known.value)) for known in one.addresses.order_by("pk")]


def _labels(request: Asked, one: Contact) -> list[tuple[str, list[str]]]:
    """What the note is warned of, each warning once with the words it is about."""
    told: dict[str, list[str]] = {}
    for found in people.labels_in(one.note, request.user):
        told.setdefault(found.message, []).append(visible(found.text))
    return list(told.items())


def _why(reason: people.Reason) -> str:
    return {
        "ours": _("This is an address of the desk itself."),
        "taken": _("This address belongs to another contact. Find that contact below and merge the two."),
        "known": _("This address is there already."),
        "many": _("There is room for 20 addresses."),
    }[reason]
