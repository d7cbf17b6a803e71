"""The outbox: mails that wait, failed, or may have been sent; a person settles what the desk cannot know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zgoda_desk.accounts.models import Person
from zgoda_desk.console import times
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.post.faults import fault_of
from zgoda_desk.console.post.waiting import waiting
from zgoda_desk.console.post.words import how_it_stands
from zgoda_desk.console.promises.views import here_and_now
from zgoda_desk.conversations.access import access_message, access_outgoing, outgoing_of
from zgoda_desk.conversations.models import Message
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.lib import clock
from zgoda_desk.post.models import Outgoing
from zgoda_desk.workflow.settle import settle_reply

MOST = 200
_ORDER = ("unknown", "failed", "sending", "queued")


@dataclass(frozen=True)
class Line:
    """A mail of the outbox: to whom, when, how it stands, why; what the server said; its message where there is one."""

    mail: Outgoing
    to: str
    when: str
    words: str
    fault: str
    detail: str
    conversation: int | None
    name: str

    @property
    def to_settle(self) -> bool:
        """Whether a person has to say what became of it."""
        return self.mail.state in ("failed", "unknown")


@require_safe
def outbox(request: Asked) -> HttpResponse:
    """All that has not certainly left, what waits for a person first."""
    context = {"lines": _listed(request.user, here_and_now()), "view": "outbox", "nav": "post", "most": MOST}
    return render(request, "zgoda/post/outbox.html", context | waiting(request.user))


@require_POST
def settle(request: Asked, pk: int) -> HttpResponse:
    """Say that a mail arrived (`how=arrived`), or have it sent again under its Message-ID (`how=again`)."""
    mail, how = access_outgoing(request.user, pk), request.POST.get("how", "")
    if how not in ("arrived", "again"):
        messages.warning(request, _("Say whether it arrived or goes out again."))
        return redirect("outbox")
    if settle_reply(request.user, _message_of(request.user, mail), arrived=how == "arrived", now=clock.now()):
        said = _("Noted: it arrived.") if how == "arrived" else _("It goes out again.")
        messages.success(request, said)
    else:
        messages.info(request, _("There is nothing to settle any more."))
    return redirect("outbox")


def _message_of(person: Person, mail: Outgoing) -> Message:
    """The message whose words the mail carries; every mail of the outbox has one."""
    message = getattr(mail, "message", None)
    if message is None:
        raise Http404
    return access_message(person, message.pk)


def _listed(person: Person, now: datetime) -> list[Line]:
    rows = outgoing_of(person).filter(state__in=_ORDER).select_related("account", "message__conversation__contact")
    found = [_line(one, now) for one in rows.order_by("-made_at", "-pk")[:MOST]]
    return sorted(found, key=lambda line: _ORDER.index(line.mail.state))


def _line(mail: Outgoing, now: datetime) -> Line:
    message: Message | None = getattr(mail, "message", None)
    failed = mail.state in ("failed", "unknown") or bool(mail.attempts)
    return Line(
        mail=mail,
        to=", ".join(visible(str(one)) for one in mail.recipients),
        when=times.whole(mail.made_at.astimezone(now.tzinfo), now),
        words=how_it_stands(mail.state),
        fault=fault_of(mail) if failed else "",
        detail=visible(mail.last_detail) if failed else "",
        conversation=message.conversation_id if message else None,
        name=visible(str(message.conversation.contact)) if message else "",
    )
