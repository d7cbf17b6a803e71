"""The draft while it is written: reviewed as it is typed, kept, its files, who else is here."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zgoda_desk.accounts.access import company
from zgoda_desk.console import times
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.case.reply_wishes import kind_of, number_of, text_of, wish_of
from zgoda_desk.console.case.reviewed import reviewed
from zgoda_desk.conversations.access import access_conversation
from zgoda_desk.conversations.models import Conversation, Draft
from zgoda_desk.lib import clock
from zgoda_desk.post.models import Attachment
from zgoda_desk.workflow import drafts
from zgoda_desk.workflow.ignoring import Dismissed, ignore_finding
from zgoda_desk.workflow.presence import is_writing, note_presence


@require_POST
def review(request: Asked, pk: int) -> HttpResponse:
    """Review a text: JSON in, JSON out (see js/editor.js)."""
    conversation = access_conversation(request.user, pk)
    wish = wish_of(request)
    return JsonResponse(reviewed(request.user, conversation, text_of(wish.get("text")), kind_of(wish), clock.now()))


@require_POST
def ignore(request: Asked, pk: int) -> HttpResponse:
    """Ignore a finding for a reason."""
    conversation = access_conversation(request.user, pk)
    rule, kind, severity, words, reason = (
        str(wish_of(request).get(name) or "") for name in ("rule", "kind", "severity", "text", "reason")
    )
    try:
        ignore_finding(request.user, conversation, Dismissed(rule, kind, severity, words), reason, clock.now())
    except ValueError:
        return JsonResponse({"message": _("A reason is needed, one line is enough.")}, status=422)
    return JsonResponse({})


@require_POST
def draft(request: Asked, pk: int) -> HttpResponse:
    """Keep a draft; 409 with the other text where it was saved elsewhere in between."""
    conversation = access_conversation(request.user, pk)
    wish = wish_of(request)
    text, version = text_of(wish.get("text")), number_of(wish, "version")
    try:
        kept = drafts.keep_draft(request.user, conversation, kind_of(wish), text, version, clock.now())
    except drafts.Overtaken as other:
        return _overtaken(request, other.draft)
    return JsonResponse({"version": kept.version, "kept_text": kept_text(kept)})


@require_POST
def presence(request: Asked, pk: int) -> HttpResponse:
    """Tell that somebody is or writes here, and hear who else does."""
    conversation = access_conversation(request.user, pk)
    now = clock.now()
    others = note_presence(request.user, conversation, now, writing=wish_of(request).get("state") == "typing")
    if not others:
        return JsonResponse({"text": ""})
    words = _("%(name)s is writing") if is_writing(others[0], now) else _("%(name)s has this open")
    return JsonResponse({"text": words % {"name": others[0].person.name}})


@require_POST
def attach(request: Asked, pk: int) -> HttpResponse:
    """Attach files to the reply (`files`), or take one off (`remove`: its key); JSON for a script, else the page."""
    conversation = access_conversation(request.user, pk)
    if request.POST.get("remove"):
        drafts.detach(request.user, conversation, request.POST["remove"])
        return _files(request, conversation)
    return _files(request, conversation, attach_all(request, conversation))


def attach_all(request: Asked, conversation: Conversation) -> list[str]:
    """Keep the files that were sent with a form; the names of those that are too large."""
    refused = []
    for file in request.FILES.getlist("files"):
        name = file.name or "file"
        try:
            if (file.size or 0) > drafts.MOST_FILE:
                raise drafts.TooLarge
            drafts.attach(request.user, conversation, name, file.content_type or "", file.read(), clock.now())
        except drafts.TooLarge:
            refused.append(name)
    return refused


def too_large(names: list[str]) -> str:
    """What is said of files that do not fit."""
    words = _("Too large and not attached: %(names)s. One file may have 10 MB, all of them together 25 MB.")
    return words % {"names": ", ".join(names)} if names else ""


def kept_text(held: Draft) -> str:
    """That the draft is kept, and since when."""
    return _("Draft kept %(time)s") % {"time": times.clock_time(held.kept_at.astimezone(times.zone_of(company())))}


def _files(request: Asked, conversation: Conversation, refused: list[str] | None = None) -> HttpResponse:
    message = too_large(refused or [])
    if not request.headers.get("Accept", "").startswith("application/json"):
        return redirect("case", pk=conversation.pk)
    files = [_file(one) for one in drafts.files_of(request.user, conversation)]
    return JsonResponse({"files": files, "message": message}, status=422 if message else 200)


def _file(one: Attachment) -> dict[str, object]:
    return {"key": one.key, "name": one.name, "size": one.size}


def _overtaken(request: Asked, held: Draft) -> HttpResponse:
    told = _("This draft was changed on another page of yours.")
    return JsonResponse(
        {"version": held.version, "text": held.text, "author": request.user.name, "message": told}, status=409
    )
