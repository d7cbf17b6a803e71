"""What came in and made no conversation: unreadable, or set aside with its reason; nothing is thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db.models import BinaryField
from django.db.models.functions import Substr
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zgoda_desk.accounts.models import Person
from zgoda_desk.console import times
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.post.glimpse import HEAD, Glimpse, glimpse, source
from zgoda_desk.console.post.served import as_download
from zgoda_desk.console.post.waiting import waiting
from zgoda_desk.console.post.words import why_here
from zgoda_desk.console.promises.views import here_and_now
from zgoda_desk.conversations.access import access_raw, raw_messages_of
from zgoda_desk.conversations.shown.oddities import oddities
from zgoda_desk.lib import clock
from zgoda_desk.post.models import RawMessage
from zgoda_desk.workflow import unread as deeds

MOST = 100
_VIEWS = {"unreadable": "unreadable", "aside": "set_aside"}


@dataclass(frozen=True)
class Line:
    """An incoming thing in the list: what can be seen of it, when it came, why it stands here."""

    raw: RawMessage
    seen: Glimpse
    when: str
    why: str


@require_safe
def unread(request: Asked) -> HttpResponse:
    """The list: what could not be read or, with `view=aside`, what was set aside; the newest first."""
    view = request.GET.get("view", "unreadable")
    view = view if view in _VIEWS else "unreadable"
    now = here_and_now()
    context = {"view": view, "lines": _listed(request.user, _VIEWS[view], now), "nav": "post", "most": MOST}
    return render(request, "zgoda/post/unread.html", context | waiting(request.user))


@require_safe
def raw(request: Asked, pk: int) -> HttpResponse:
    """One thing: its words if it has any, its source as text, and what can be done with it."""
    found, now = access_raw(request.user, pk), here_and_now()
    seen = glimpse(bytes(found.body))
    context = {
        "raw": found, "seen": seen, "source": source(bytes(found.body)), "why": why_here(found.state, found.reason),
        "when": times.whole(found.received_at.astimezone(now.tzinfo), now), "odd": list(oddities(seen.problems)),
        "stands": found.state in deeds.STANDS, "view": "aside" if found.state == "set_aside" else "unreadable",
    }  # fmt: skip
    return render(request, "zgoda/post/raw.html", context | waiting(request.user))


@require_safe
def download(request: Asked, pk: int) -> HttpResponse:
    """The bytes as they came, for whoever wants to open them elsewhere."""
    found = access_raw(request.user, pk)
    response = as_download(bytes(found.body), f"incoming-{found.pk}.eml")
    response["Content-Type"] = "application/octet-stream"
    return response


@require_POST
def do(request: Asked, pk: int) -> HttpResponse:
    """`do` is `replay`, `dismiss` or `take`: a person says that a person wrote it."""
    found, what, now = access_raw(request.user, pk), request.POST.get("do", ""), clock.now()
    if what == "take":
        return _take(request, found, now)
    if what == "replay":
        done, said = deeds.replay(request.user, found.pk, now), _("It is read again. Look into the queue in a moment.")
    elif what == "dismiss":
        done, said = deeds.dismiss(request.user, found.pk, now), _("Off the list. It is kept among what was set aside.")
    else:
        done, said = False, ""
    _tell(request, done, said)
    return redirect("unread")


def _take(request: Asked, found: RawMessage, now: datetime) -> HttpResponse:
    try:
        message = deeds.take_in(request.user, found.pk, now)
    except deeds.CannotRead:
        messages.warning(request, _("No conversation can be made of it. Download it and read it elsewhere."))
        return redirect("raw", found.pk)
    if message is None:
        _tell(request, False, "")
        return redirect("unread")
    return redirect("case", message.conversation_id)


def _tell(request: Asked, done: bool, said: str) -> None:
    if done:
        messages.success(request, said)
    else:
        messages.info(request, _("There is nothing to do with it any more."))


def _listed(person: Person, state: str, now: datetime) -> list[Line]:
    rows = raw_messages_of(person).filter(state=state).select_related("inbox").order_by("-received_at", "-pk")
    rows = rows.annotate(head=Substr("body", 1, HEAD, output_field=BinaryField()))
    return [_line(one, now) for one in rows[:MOST]]


def _line(one: RawMessage, now: datetime) -> Line:
    head = getattr(one, "head", None) or b""  # a database takes nothing of nothing for null
    when = times.whole(one.received_at.astimezone(now.tzinfo), now)
    return Line(one, glimpse(bytes(head)), when, why_here(one.state, one.reason))
