"""What is done with a promise or a term of law: each answers with the page it came from, and can be taken back."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zgoda_desk.accounts.access import access_colleague, company
from zgoda_desk.commitments.access import access_clock, access_promise
from zgoda_desk.commitments.hours import hours_of
from zgoda_desk.commitments.models import Promise
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.promises import undoing
from zgoda_desk.console.promises.listed import VIEWS
from zgoda_desk.console.promises.views import page_of
from zgoda_desk.lib import clock
from zgoda_desk.lib.plain import number
from zgoda_desk.workflow import feed, promise_deeds
from zgoda_desk.workflow.assign import MayNotWork
from zgoda_desk.workflow.clocks import end_statute
from zgoda_desk.workflow.promise_deeds import Change, NotChanged
from zgoda_desk.workflow.promises import moment


@require_POST
def keep(request: Asked, pk: int) -> HttpResponse:
    """It was kept."""
    promise, now = access_promise(request.user, pk), clock.now()
    done = promise_deeds.keep(request.user, pk, now)
    return _told(request, promise, _("Kept: %(what)s.") % {"what": promise.what} if done else "", "reopen", now)


@require_POST
def withdraw(request: Asked, pk: int) -> HttpResponse:
    """It is taken back: `reason` is what the customer was told."""
    promise, now = access_promise(request.user, pk), clock.now()
    try:
        done = promise_deeds.withdraw(request.user, pk, request.POST.get("reason", ""), now)
    except NotChanged:
        wrong = {"reason": _("Say what the customer was told. He has your word until then.")}
        return page_of(request, promise, 422, wrong=wrong)
    return _told(request, promise, _("Withdrawn: %(what)s.") % {"what": promise.what} if done else "", "reopen", now)


@require_POST
def reopen(request: Asked, pk: int) -> HttpResponse:
    """It is owed again."""
    promise, now = access_promise(request.user, pk), clock.now()
    done = promise_deeds.reopen(request.user, pk, now)
    return _told(request, promise, _("Open again: %(what)s.") % {"what": promise.what} if done else "", "", now)


@require_POST
def give(request: Asked, pk: int) -> HttpResponse:
    """Somebody else (`to`) owns it, or whoever presses without choosing."""
    promise, now = access_promise(request.user, pk), clock.now()
    chosen = request.POST.get("to", "")
    to = access_colleague(request.user, number(chosen)) if chosen else request.user
    try:
        done = promise_deeds.hand_over(request.user, pk, to, now)
    except MayNotWork:
        return page_of(request, promise, 422, wrong={"to": _("This colleague does not work in that inbox.")})
    said = _("%(name)s owns it now: %(what)s.") % {"name": to.name, "what": promise.what}
    return _told(request, promise, said if done else "", "give", now)


@require_POST
def change(request: Asked, pk: int) -> HttpResponse:
    """It is changed: `what`, `day` and, unless it is for the whole day, `time`."""
    promise, now = access_promise(request.user, pk), clock.now()
    sent = {name: request.POST.get(name, "").strip() for name in ("what", "day", "time")}
    change = _change_of(promise, sent)
    try:
        if change is None:
            raise NotChanged
        done = promise_deeds.change(request.user, pk, change, now)
    except NotChanged:
        wrong = {"change": _("It needs words and a time that lies ahead. Nothing was changed.")}
        return page_of(request, promise, 422, wrong=wrong, sent=sent)
    said = _("Changed: %(what)s. The customer has to hear of it from you.") % {"what": sent["what"]}
    return _told(request, promise, said if done else "", "change", now)


@require_POST
def undo(request: Asked) -> HttpResponse:
    """The last deed is taken back."""
    now = clock.now()
    last = undoing.undo_of(request, now)
    undoing.forget(request)
    if last is None or not last.how:
        messages.warning(request, _("There is nothing left to take back."))
        return redirect("promises")
    promise = access_promise(request.user, last.promise)
    try:
        done = undoing.take_back(request.user, last, now)
    except (MayNotWork, NotChanged):
        done = False
    words = _("Taken back.") if done else _("It was changed meanwhile. Nothing was taken back.")
    messages.info(request, words)
    return _back(request, promise)


@require_POST
def end_term(request: Asked, pk: int) -> HttpResponse:
    """A term of law was met, or does not apply (`reason`)."""
    one = access_clock(request.user, pk)
    done = end_statute(request.user, one, request.POST.get("how", ""), request.POST.get("reason", ""), clock.now())
    if done:
        messages.info(request, _("The term has ended."))
    else:
        messages.warning(request, _("The term was not ended: say why it does not apply."))
    return redirect(reverse("promises") + "?view=law")


@require_POST
def own_feed(request: Asked) -> HttpResponse:
    """A new address of one's feed, shown this once; with `revoke` there is none any more."""
    if request.POST.get("revoke"):
        feed.revoke_key(request.user, clock.now())
        messages.info(request, _("The calendar feed is off. Its old address opens nothing."))
        return redirect("promises")
    key = feed.make_key(request.user, clock.now())
    address = request.build_absolute_uri(reverse("promise_calendar", args=[key]))
    response = render(request, "zgoda/promises/feed.html", {"address": address, "nav": "promises"})
    response["Cache-Control"], response["Referrer-Policy"] = "private, no-store", "no-referrer"
    return response


def _change_of(promise: Promise, sent: dict[str, str]) -> Change | None:
    """What was sent as a change; None for a day or time that is none."""
    hours = hours_of(promise.conversation.inbox, company())
    due, whole_day = moment(f"{sent['day']}T{sent['time']}" if sent["time"] else sent["day"], hours)
    return Change(sent["what"], due, whole_day) if due is not None and sent["what"] else None


def _told(request: Asked, before: Promise, said: str, how: str, now: datetime) -> HttpResponse:
    """Say what was done and keep how it is taken back; without words nothing was done."""
    if said:
        undoing.keep(request, said, how, before, now)
    else:
        messages.warning(request, _("Nothing was changed: somebody was quicker."))
    return _back(request, before)


def _back(request: Asked, promise: Promise) -> HttpResponse:
    """To the conversation, the promise or the list it came from; never to an address that was sent (T38)."""
    place = request.POST.get("back", "")
    if place == "case":
        return redirect("case", promise.conversation_id)
    if place == "promise":
        return redirect("promise", promise.pk)
    if place == "days":
        return redirect("promises_days")
    return redirect(reverse("promises") + (f"?view={place}" if place in VIEWS else ""))
