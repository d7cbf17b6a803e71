"""The reply leaves: sent or stopped, acknowledged, taken back, settled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zgoda_desk.accounts.access import company
from zgoda_desk.audit.actions import fingerprint
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.case import views
from zgoda_desk.console.case.gathered import gather
from zgoda_desk.console.case.reply_views import attach_all, too_large
from zgoda_desk.console.case.reply_wishes import number_of, reply_of_form, text_of
from zgoda_desk.conversations.access import access_conversation, access_message, goes_on_in
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.conversations.shown.words import title
from zgoda_desk.lib import clock
from zgoda_desk.lib.plain import storable
from zgoda_desk.workflow import acknowledge as acknowledging
from zgoda_desk.workflow.answer import FindingsOpen, Reply, Unseen, send_reply
from zgoda_desk.workflow.drafts import keep_words, move_files, put_before
from zgoda_desk.workflow.letters import CannotSend
from zgoda_desk.workflow.note import add_note
from zgoda_desk.workflow.promises import zone_of
from zgoda_desk.workflow.rungs import RungClosed
from zgoda_desk.workflow.settle import settle_reply
from zgoda_desk.workflow.undo import undo_reply

PREPARED = "acknowledgements"  # in the session: by the number of a conversation, a digest of the words
_MOST_PREPARED = 20
_OF_ANOTHER = -1  # no version of a draft: it was counted for another conversation, and overwrites nothing here


@require_POST
def send(request: Asked, pk: int) -> HttpResponse:
    """Send a reply or keep a note; what stops it is said on the page, and the words stay in the draft."""
    conversation = access_conversation(request.user, pk)
    if request.POST.get("kind") == "note":
        return _note(request, conversation)
    reply = reply_of_form(request, zone_of(conversation, company()))
    refused = attach_all(request, conversation)
    try:
        if refused:
            raise CannotSend(too_large(refused))
        sent = send_reply(request.user, pk, replace(reply, acknowledges=_is_prepared(request, pk, reply)), clock.now())
    except CannotSend as stop:
        return _stopped(request, conversation, reply, stop)
    if _asks_json(request):
        return JsonResponse({"message_id": sent.pk, "seen": sent.conversation.revision})
    return redirect("case", pk=pk)


@require_POST
def acknowledge(request: Asked, pk: int) -> HttpResponse:
    """Prepare an acknowledgement as the draft, or send it at once (`send`); JSON for a script, else the page."""
    conversation = access_conversation(request.user, pk)
    at_once = request.POST.get("send") == "1"
    try:
        if at_once:
            reply = replace(reply_of_form(request, zone_of(conversation, company())), text="")
            acknowledging.acknowledge(request.user, pk, reply, clock.now())
            return JsonResponse({}) if _asks_json(request) else redirect("case", pk=pk)
        text = acknowledging.prepared(request.user, conversation, clock.now()).text
    except CannotSend as stop:
        return _not_now(request, pk, stop)
    _keep_prepared(request, pk, text)
    if _asks_json(request):
        return JsonResponse({"text": text})
    written = text_of(request.POST.get("text"))
    if written.strip():
        keep_words(request.user, conversation, written, number_of(request.POST, "version"), clock.now())
    put_before(request.user, conversation, text, clock.now())
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
    if not settle_reply(request.user, message, arrived=request.POST.get("arrived") == "yes", now=clock.now()):
        messages.info(request, _("There is nothing to settle any more."))
    return redirect("case", pk=message.conversation_id)


def _note(request: Asked, conversation: Conversation) -> HttpResponse:
    form = request.POST
    add_note(
        request.user, conversation, text_of(form.get("text")), clock.now(), key=storable(form.get("key", ""))[:80],
        version=number_of(form, "version"),
    )  # fmt: skip
    return redirect("case", pk=conversation.pk)


def _is_prepared(request: Asked, pk: int, reply: Reply) -> bool:
    """Whether the words are those of the acknowledgement that was prepared for him here; anything else is an answer."""
    known = request.session.get(PREPARED) or {}
    return bool(known.get(str(pk)) == fingerprint(reply.text.strip()))


def _keep_prepared(request: Asked, pk: int, text: str) -> None:
    """Beside those of other conversations, which stand open in other windows."""
    others = {number: words for number, words in (request.session.get(PREPARED) or {}).items() if number != str(pk)}
    newest = list(others.items())[-_MOST_PREPARED + 1 :]
    request.session[PREPARED] = dict([*newest, (str(pk), fingerprint(text.strip()))])


def _not_now(request: Asked, pk: int, stop: CannotSend) -> HttpResponse:
    if _asks_json(request):
        return JsonResponse({"message": str(stop)}, status=409)
    messages.warning(request, str(stop))
    return redirect("case", pk=pk)


def _stopped(request: Asked, conversation: Conversation, reply: Reply, stop: CannotSend) -> HttpResponse:
    """The page again with why and with his words, which are also kept; a script gets the reason as JSON."""
    place = goes_on_in(request.user, conversation.pk)
    version = reply.version if place == conversation else _OF_ANOTHER
    kept = keep_words(request.user, place, reply.text, version, clock.now())
    if place != conversation:
        move_files(request.user, conversation, place, clock.now())
    unseen = [one.pk for one in stop.messages] if isinstance(stop, Unseen) else []
    if _asks_json(request):
        told = {"message": str(stop), "unseen": unseen, "findings": isinstance(stop, FindingsOpen)}
        return JsonResponse({**told, "version": max(kept.version, reply.version)}, status=409)
    found = gather(place, request.user, clock.now())
    page = views.page_of(found)
    page["reply"] = {**page["reply"], **_again(reply, stop), "error_text": str(stop), "unseen": unseen}
    return render(request, "zgoda/case/page.html", page, status=409 if unseen else 422)


def _again(reply: Reply, stop: CannotSend) -> dict[str, Any]:
    """What of the form stays as he left it, and what he is asked for."""
    again: dict[str, Any] = {"overrule": reply.reason, "rung_wished": reply.rung, "rung_reason": reply.rung_reason}
    if isinstance(stop, Unseen):
        again["send_label"] = _("Send all the same")
    if isinstance(stop, FindingsOpen):
        again |= {"ask_reason": True, "mistakes": _mistakes(stop)}
    if isinstance(stop, RungClosed):
        again["ask_rung_reason"] = True
    return again


def _mistakes(stop: FindingsOpen) -> list[dict[str, Any]]:
    """The errors in words, for a page without scripts."""
    errors = [one for one in stop.review.findings if one.severity == "error"]
    return [{"title": title("findings", one.kind), "words": one.text, "say": one.suggestion} for one in errors]


def _asks_json(request: Asked) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
