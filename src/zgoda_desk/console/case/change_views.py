"""What a person changes about a conversation: reading, tags, end, merge and split."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zgoda_desk.accounts.access import require_lead
from zgoda_desk.console.asked import Asked
from zgoda_desk.conversations.access import access_conversation, access_message, corrections_of
from zgoda_desk.lib import clock
from zgoda_desk.lib.plain import number
from zgoda_desk.workflow import correct as correcting
from zgoda_desk.workflow import ending, merge, tags


@require_POST
def correct(request: Asked, pk: int) -> HttpResponse:
    """Set the reading of a message right: `state`, `causes` (where `causes_told`), `abuse` no."""
    message = access_message(request.user, pk)
    causes = tuple(request.POST.getlist("causes")) if request.POST.get("causes_told") else None
    abuse = False if request.POST.get("abuse") == "no" else None
    right = correcting.Right(request.POST.get("state", ""), causes, abuse)
    try:
        made = correcting.correct(request.user, message, right, clock.now())
    except ValueError:
        messages.warning(request, _("That is no reading a message can have. Nothing was changed."))
        return _back(message.conversation_id)
    words = _("Set right. It is kept and helps the readings to come.") if made else _("Nothing was different.")
    messages.info(request, words)
    return _back(message.conversation_id)


@require_GET
def corrections(request: Asked) -> HttpResponse:
    """The corrected messages of a lead's inboxes as labelled lines (labels.md §3)."""
    require_lead(request.user)
    found = corrections_of(request.user)
    rows = (json.dumps(line, ensure_ascii=False) + "\n" for line in correcting.lines(found))
    response = HttpResponse("".join(rows), content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="corrections.jsonl"'
    return response


@require_POST
def tag(request: Asked, pk: int) -> HttpResponse:
    """Put a tag on (`name`) or take one off (`remove`)."""
    conversation = access_conversation(request.user, pk)
    gone = number(request.POST.get("remove", ""))
    if gone:
        tags.remove_tag(request.user, conversation, gone, clock.now())
    elif tags.add_tag(request.user, conversation, request.POST.get("name", ""), clock.now()) is None:
        messages.warning(request, _("A tag needs a name, and there is room for 20."))
    return _back(pk)


@require_POST
def close(request: Asked, pk: int) -> HttpResponse:
    """Close a conversation; where something is still owed, ask first."""
    conversation = access_conversation(request.user, pk)
    try:
        ending.close(request.user, pk, clock.now(), confirmed=request.POST.get("confirmed") == "yes")
    except ending.StillOwed as owed:
        context = {"conversation": conversation, "promises": owed.promises, "answer": owed.answer, "nav": "queue"}
        return render(request, "zgoda/case/close.html", context, status=422)
    messages.info(request, _("Closed. Nothing of it is lost, and it opens again when the customer writes."))
    return _back(pk)


@require_POST
def reopen(request: Asked, pk: int) -> HttpResponse:
    """Open a closed conversation again."""
    access_conversation(request.user, pk)
    ending.reopen(request.user, pk, clock.now())
    return _back(pk)


@require_POST
def not_spam(request: Asked, pk: int) -> HttpResponse:
    """Say that its messages are no spam."""
    access_conversation(request.user, pk)
    ending.not_spam(request.user, pk, clock.now())
    return _back(pk)


@require_POST
def merge_in(request: Asked, pk: int) -> HttpResponse:
    """Merge another conversation of the same contact into this one."""
    into = access_conversation(request.user, pk)
    other = access_conversation(request.user, number(request.POST.get("other")))
    try:
        merge.merge(request.user, into.pk, other.pk, clock.now())
    except merge.CannotMerge:
        messages.warning(request, _("Only two conversations of one contact in one inbox can become one."))
    return _back(pk)


@require_POST
def unmerge(request: Asked, pk: int) -> HttpResponse:
    """Undo a merge by its event in the timeline."""
    event = access_message(request.user, pk)
    back = merge.unmerge(request.user, event, clock.now())
    return _back(back.pk if back else event.conversation_id)


@require_POST
def split(request: Asked, pk: int) -> HttpResponse:
    """Make a conversation of its own of one message."""
    message = access_message(request.user, pk)
    made = merge.split(request.user, message, clock.now())
    if made is None:
        messages.warning(request, _("It is the only message here, so it has its own conversation already."))
    return _back(made.pk if made else message.conversation_id)


def _back(pk: int) -> HttpResponse:
    return redirect("case", pk=pk)
