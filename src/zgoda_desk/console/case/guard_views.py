"""Protection of whoever works in the heat: hand-over, help, evidence, time spent, and the breather after it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from zgoda_desk.accounts.access import access_colleague, company
from zgoda_desk.console import times
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.case.dials import dials
from zgoda_desk.console.case.exposure import in_words
from zgoda_desk.console.case.gathered import gather
from zgoda_desk.console.case.head import is_guarded
from zgoda_desk.console.case.ladder import helpers
from zgoda_desk.conversations.access import access_conversation
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.lib import clock
from zgoda_desk.lib.plain import number
from zgoda_desk.protection.actions import add_time, rest
from zgoda_desk.workflow import ladder

BREATHER = 3  # minutes


@require_POST
def hand_over(request: Asked, pk: int) -> HttpResponse:
    """Give it to a colleague with a note; after abuse the breather follows."""
    conversation = access_conversation(request.user, pk)
    to = access_colleague(request.user, number(request.POST.get("to")))
    was_hot = is_guarded(conversation)
    try:
        ladder.hand_over(request.user, pk, to, request.POST.get("note", ""), clock.now())
    except ladder.CannotHandOver:
        messages.warning(request, _("It cannot be handed to this person. Choose somebody who works in this inbox."))
        return redirect("case", pk=pk)
    messages.info(request, _("%(name)s has it now, with the whole history.") % {"name": to.name})
    return redirect("case_after" if was_hot else "case", pk=pk)


@require_POST
def call_help(request: Asked, pk: int) -> HttpResponse:
    """Ask for help quietly: those who are here are told on their screens."""
    conversation = access_conversation(request.user, pk)
    n = ladder.call_for_help(request.user, conversation, clock.now())
    told = ngettext("%(n)d colleague was told, quietly.", "%(n)d colleagues were told, quietly.", n) % {"n": n}
    messages.info(request, told if n else _("Nobody else is here right now. Close the window if you need to."))
    return redirect("case", pk=pk)


@require_POST
def evidence(request: Asked, pk: int) -> HttpResponse:
    """Messages as they were written; opening them is logged, so it is no plain link."""
    conversation = access_conversation(request.user, pk)
    kept = ladder.open_evidence(request.user, conversation, clock.now())
    shown = [
        {"at": one.at, "address": one.address, "language": one.language, "text": visible(one.text)} for one in kept
    ]
    return render(request, "zgoda/case/evidence.html", {"conversation": conversation, "kept": shown, "nav": "queue"})


@require_POST
def spent(request: Asked, pk: int) -> HttpResponse:
    """A page that is in sight tells the seconds it was; the answer says how much that is today."""
    conversation = access_conversation(request.user, pk)
    house = company()
    now = clock.now().astimezone(times.zone_of(house))
    exposure = add_time(
        request.user, now.date(), conversation.state, number(request.POST.get("seconds") or request.GET.get("seconds"))
    )
    return JsonResponse({"text": in_words(exposure.abusive, house.abuse_minutes)})


def after(request: Asked, pk: int) -> HttpResponse:
    """The breather: what happens now, somebody to talk to, no return by force."""
    conversation = access_conversation(request.user, pk)
    found = gather(conversation, request.user, clock.now())
    zone = times.zone_of(found.company)
    now = found.now.astimezone(zone)
    if request.method == "POST":
        rest(request.user, now.date(), found.now)
        return redirect("case_after", pk=pk)
    context: dict[str, Any] = {
        "conversation": conversation,
        "minutes": BREATHER,
        "dials": dials(found)[:1],
        "free": [one for one in helpers(found) if one["here"] and one["person"] != conversation.assignee][:2],
        "nav": "queue",
    }
    return render(request, "zgoda/case/after.html", context)
