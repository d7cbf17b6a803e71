"""The conversation's page and the parts of it that renew themselves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator

from zgoda_desk.accounts.access import colleagues
from zgoda_desk.console import times
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.case.dials import dials
from zgoda_desk.console.case.exposure import time_spent
from zgoda_desk.console.case.gathered import Gathered, gather, newest_of, shown_reading
from zgoda_desk.console.case.head import head_of, is_guarded
from zgoda_desk.console.case.ladder import helpers, ladder_of
from zgoda_desk.console.case.panel import facts_of, next_of
from zgoda_desk.console.case.reply_part import reply_of
from zgoda_desk.console.case.rows import Ours, Row
from zgoda_desk.console.case.timeline import timeline
from zgoda_desk.conversations.access import access_conversation, access_message, conversations_of
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.conversations.shown.masked import preview_of
from zgoda_desk.conversations.shown.pieces import pieces
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.conversations.shown.words import CAUSES, STATES
from zgoda_desk.lib import clock, tokens
from zgoda_desk.workflow import merge, tags


def case(request: Asked, pk: int) -> HttpResponse:
    """The whole page; of a merged conversation, the one it was merged into."""
    conversation = access_conversation(request.user, pk)
    if conversation.merged_into_id:
        return redirect("case", pk=conversation.merged_into_id)
    found = gather(conversation, request.user, clock.now())
    return render(request, "zgoda/case/page.html", page_of(found))


def case_part(request: Asked, pk: int, name: str) -> HttpResponse:
    """One part alone: `head`, `timeline` or `panel`, for a page that renews it."""
    if name not in _PARTS:
        raise Http404
    found = gather(access_conversation(request.user, pk), request.user, clock.now())
    context = {"found": found, "conversation": found.conversation, **_PARTS[name](found)}
    return render(request, f"zgoda/case/{name}.html", context)


def case_message(request: Asked, pk: int) -> HttpResponse:
    """One message of the customer: set its reading right, or split it off."""
    message = access_message(request.user, pk)
    if message.kind != message.Kind.CUSTOMER:
        return redirect("case", pk=message.conversation_id)
    shown = pieces(message.text, shown_reading(message), newest_of(message))
    context = {"message": message, "pieces": shown, "right": right_of(message), "nav": "queue"}
    return render(request, "zgoda/case/message.html", context)


def page_of(found: Gathered) -> dict[str, Any]:
    """What the template of the whole page names."""
    context: dict[str, Any] = {"found": found, "conversation": found.conversation, "nav": "queue"}
    for part in _PARTS.values():
        context |= part(found)
    last = next(iter(reversed(found.of_customer)), None)
    waiting = _waiting(context["rows"])
    return context | {"right": right_of(last) if last else None, "reply": reply_of(found), "waiting": waiting}


def right_of(message: Message) -> dict[str, Any]:
    """What the form that sets a reading right shows as it is now."""
    reading = shown_reading(message) or {}
    causes = reading.get("causes", ())
    return {
        "message": message.pk,
        "state": message.state,
        "states": list(STATES.items()),
        "abuse": bool(reading.get("abuse")),
        "causes": [(name, words, name in causes) for name, words in CAUSES.items()],
    }


def _head(found: Gathered) -> dict[str, Any]:
    conversation, person = found.conversation, found.person
    return {
        "head": head_of(found),
        "people": [one for one in colleagues(person) if one.pk != conversation.assignee_id],
        "tag_names": tags.suggestions(conversation),
        "mergeable": [_named(one) for one in merge.mergeable(conversation)[:20]],
        "spent_text": time_spent(found) if is_guarded(conversation) else "",
    }


def _timeline(found: Gathered) -> dict[str, Any]:
    return {"rows": timeline(found)}


def _panel(found: Gathered) -> dict[str, Any]:
    conversation = found.conversation
    step = next_of(found)
    ladder = ladder_of(found, step.phrases)
    others = conversation.contact.conversations.exclude(pk=conversation.pk).filter(merged_into=None)
    return {
        "head": head_of(found),
        "next": step,
        "ladder": ladder,
        "helpers": helpers(found) if is_guarded(conversation) else [],
        "facts": facts_of(found),
        "dials": dials(found),
        "kept": sum(one.state == "abusive" for one in found.of_customer),
        "page_link": _page_link(conversation),
        "tags": list(conversation.tags.all()),
        "others": [_named(one) for one in (others & conversations_of(found.person))[:5]],
    }


_PARTS = {"head": _head, "timeline": _timeline, "panel": _panel}


def _page_link(conversation: Conversation) -> str:
    """The signed address of the page on which the customer sees what was promised."""
    return str(settings.URL) + reverse("portal", args=[tokens.sign(tokens.PROMISE, str(conversation.pk))])


def _named(one: Conversation) -> dict[str, Any]:
    """A conversation in a list: its day, its reference, its last words masked; never its subject, which is not read."""
    words = [times.dated(one.changed_at), visible(one.reference), preview_of(one.preview).line]
    return {"pk": one.pk, "label": Truncator(", ".join(word for word in words if word)).chars(70)}


def _waiting(rows: list[Row]) -> Ours | None:
    """The reply of ours that can still be taken back."""
    ours = (row for row in reversed(rows) if isinstance(row, Ours))
    return next((row for row in ours if row.sent and row.sent.state == "waiting"), None)
