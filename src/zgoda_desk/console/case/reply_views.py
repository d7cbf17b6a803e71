"""The reply: reviewed as it is typed, kept as a draft, sent, taken back, settled."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zgoda_desk.console.asked import Asked
from zgoda_desk.console.case.reviewed import reviewed
from zgoda_desk.conversations.access import access_conversation, access_message
from zgoda_desk.lib import clock
from zgoda_desk.post import actions as post
from zgoda_desk.workflow.answer import CannotSend, FindingsOpen, Reply, Unseen, send_reply
from zgoda_desk.workflow.drafts import KINDS, MOST, Overtaken, keep_draft
from zgoda_desk.workflow.ignoring import ignore_finding
from zgoda_desk.workflow.note import add_note
from zgoda_desk.workflow.presence import note_presence
from zgoda_desk.workflow.undo import undo_reply


@require_POST
def review(request: Asked, pk: int) -> HttpResponse:
    """Review a text: JSON in, JSON out (see js/editor.js)."""
    conversation = access_conversation(request.user, pk)
    wish = _wish(request)
    text, kind = str(wish.get("text", ""))[:MOST], _kind(wish)
    return JsonResponse(reviewed(request.user, conversation, text, kind, clock.now()))


@require_POST
def ignore(request: Asked, pk: int) -> HttpResponse:
    """Ignore a finding for a reason."""
    conversation = access_conversation(request.user, pk)
    wish = _wish(request)
    reason = str(wish.get("reason", "")).strip()
    if not reason:
        return JsonResponse({"message": _("A reason is needed, one line is enough.")}, status=422)
    ignore_finding(
        request.user, conversation, rule=str(wish.get("rule", "")), kind=str(wish.get("kind", "")),
        severity=str(wish.get("severity", "")), words=str(wish.get("text", "")), reason=reason, now=clock.now(),
    )  # fmt: skip
    return JsonResponse({})


@require_POST
def draft(request: Asked, pk: int) -> HttpResponse:
    """Keep a draft; 409 with the other text where it was saved elsewhere in between."""
    conversation = access_conversation(request.user, pk)
    wish = _wish(request)
    try:
        kept = keep_draft(
            request.user, conversation, _kind(wish), str(wish.get("text", "")), _number(wish, "version"), clock.now()
        )
    except Overtaken as other:
        held = other.draft
        told = _("This draft was changed on another page of yours.")
        return JsonResponse(
            {"version": held.version, "text": held.text, "author": request.user.name, "message": told}, status=409
        )
    return JsonResponse({"version": kept.version, "kept_text": _("Draft kept")})


@require_POST
def presence(request: Asked, pk: int) -> HttpResponse:
    """Tell that somebody writes here, and hear who else does."""
    conversation = access_conversation(request.user, pk)
    writing = _wish(request).get("state") == "typing"
    others = note_presence(request.user, conversation, clock.now(), writing=writing)
    text = _("%(name)s is writing") % {"name": others[0].person.name} if others else ""
    return JsonResponse({"text": text})


@require_POST
def send(request: Asked, pk: int) -> HttpResponse:
    """Send a reply or keep a note; what stops it is said on the page, and the words stay in the draft."""
    conversation = access_conversation(request.user, pk)
    text, now = request.POST.get("text", "")[:MOST], clock.now()
    if request.POST.get("kind") == "note":
        add_note(request.user, conversation, text, now, key=request.POST.get("key", ""))
        return redirect("case", pk=pk)
    try:
        sent = send_reply(request.user, pk, _reply(request, text), now)
    except CannotSend as stop:
        _keep_words(request, pk, text)
        return _stopped(request, pk, stop)
    request.session["undo"] = sent.pk
    return redirect("case", pk=pk)


@require_POST
def undo(request: Asked, pk: int) -> HttpResponse:
    """Take a reply back in its first seconds."""
    message = access_message(request.user, pk)
    if undo_reply(request.user, message.pk, clock.now()):
        messages.info(request, _("Taken back. The text is your draft again."))
    else:
        messages.warning(request, _("It was too late: the reply has left."))
    return redirect("case", pk=message.conversation_id)


@require_POST
def settle(request: Asked, pk: int) -> HttpResponse:
    """Say whether an uncertain reply arrived, or send one again that did not leave."""
    message = access_message(request.user, pk)
    if message.outgoing is not None:
        arrived = request.POST.get("arrived") == "yes"
        post.settle_unknown(message.outgoing, request.user, arrived=arrived, now=clock.now())
    return redirect("case", pk=message.conversation_id)


def _reply(request: Asked, text: str) -> Reply:
    return Reply(
        text=text,
        seen=_number(request.POST, "seen"),
        key=request.POST.get("key", "")[:80] or post.new_key(),
        reason=request.POST.get("overrule", "") if request.POST.get("do") == "overrule" else "",
        promised=_ticked(request),
        rung=request.POST.get("rung", ""),
        rung_reason=request.POST.get("rung_reason", ""),
    )


def _ticked(request: Asked) -> frozenset[tuple[int, int]] | None:
    """The promises left ticked, as spans; None where the page could not show them (no scripts)."""
    if request.POST.get("promises_shown") != "1":
        return None
    spans = (given.split("-", 1) for given in request.POST.getlist("promises")[:50])
    return frozenset(
        (int(span[0]), int(span[1]))
        for span in spans
        if len(span) == 2 and all(p.isascii() and p.isdigit() for p in span)
    )


def _keep_words(request: Asked, pk: int, text: str) -> None:
    """Nothing that was typed is lost, whatever stops it."""
    conversation = access_conversation(request.user, pk)
    try:
        keep_draft(request.user, conversation, "reply", text, _number(request.POST, "version"), clock.now())
    except Overtaken as other:
        merged = text if other.draft.text in text else f"{text}\n\n{other.draft.text}"
        keep_draft(request.user, conversation, "reply", merged, other.draft.version, clock.now())


def _stopped(request: Asked, pk: int, stop: CannotSend) -> HttpResponse:
    """The page again, with why; a script gets it as JSON."""
    if request.headers.get("Accept", "").startswith("application/json"):
        unseen = [one.pk for one in stop.messages] if isinstance(stop, Unseen) else []
        return JsonResponse(
            {"message": str(stop), "unseen": unseen, "findings": isinstance(stop, FindingsOpen)}, status=409
        )
    messages.warning(request, str(stop))
    return redirect("case", pk=pk)


def _wish(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of a request; an empty one for anything else, however it is broken (I21)."""
    try:
        wish = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return wish if isinstance(wish, dict) else {}


def _kind(wish: dict[str, Any]) -> str:
    return str(wish["kind"]) if wish.get("kind") in KINDS else "reply"


def _number(wish: Any, name: str) -> int:
    given = str(wish.get(name, "") or "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
