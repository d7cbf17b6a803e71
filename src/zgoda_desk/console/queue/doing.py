"""What a person does on one row or several: take, give, put off, tag, close, spam; and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_POST

from zgoda_desk.accounts.access import access_colleague
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.queue import undoing
from zgoda_desk.console.queue.views import here_and_now
from zgoda_desk.console.queue.wishes import wish_of
from zgoda_desk.lib.plain import number
from zgoda_desk.workflow import bulk
from zgoda_desk.workflow.bulk import Act, Done
from zgoda_desk.workflow.snooze import until_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Deed(NamedTuple):
    """An action: how it is made from what was sent (None: something is missing), what undoes it, how it is told."""

    make: Callable[[Asked, datetime], Act | None]
    back: str
    one: StrOrPromise
    missing: StrOrPromise = ""


def _give(request: Asked, _now: datetime) -> Act | None:
    to = number(request.POST.get("to"))
    return bulk.giving(access_colleague(request.user, to)) if to else None


def _put_off(request: Asked, now: datetime) -> Act | None:
    until = until_of(request.POST.get("until", ""), now, request.POST.get("day", ""))
    return bulk.snoozing(until) if until else None


def _tag(request: Asked, _now: datetime) -> Act | None:
    name = request.POST.get("tag", "").strip()
    return bulk.tagging(name) if name else None


DEEDS: dict[str, Deed] = {
    "take": Deed(
        lambda request, _now: bulk.giving(request.user),
        "give",
        ngettext_lazy("%(done)d of %(n)d taken.", "%(done)d of %(n)d taken.", "n"),
    ),
    "give": Deed(
        _give, "give", ngettext_lazy("%(done)d of %(n)d given.", "%(done)d of %(n)d given.", "n"),
        gettext_lazy("Choose a colleague first."),
    ),
    "snooze": Deed(
        _put_off, "wake", ngettext_lazy("%(done)d of %(n)d put off.", "%(done)d of %(n)d put off.", "n"),
        gettext_lazy("Choose a time that lies ahead."),
    ),
    "wake": Deed(
        lambda _request, _now: bulk.waking,
        "snooze",
        ngettext_lazy("%(done)d of %(n)d back in the queue.", "%(done)d of %(n)d back in the queue.", "n"),
    ),
    "tag": Deed(
        _tag, "untag", ngettext_lazy("%(done)d of %(n)d tagged.", "%(done)d of %(n)d tagged.", "n"),
        gettext_lazy("Write a tag first."),
    ),
    "close": Deed(
        lambda _request, _now: bulk.closing,
        "reopen",
        ngettext_lazy("%(done)d of %(n)d closed.", "%(done)d of %(n)d closed.", "n"),
    ),
    "reopen": Deed(
        lambda _request, _now: bulk.reopening,
        "close",
        ngettext_lazy("%(done)d of %(n)d opened again.", "%(done)d of %(n)d opened again.", "n"),
    ),
    "spam": Deed(
        lambda _request, _now: bulk.marking_spam,
        "unspam",
        ngettext_lazy("%(done)d of %(n)d marked as spam.", "%(done)d of %(n)d marked as spam.", "n"),
    ),
    "unspam": Deed(
        lambda _request, _now: bulk.clearing_spam,
        "spam",
        ngettext_lazy("%(done)d of %(n)d are no spam.", "%(done)d of %(n)d are no spam.", "n"),
    ),
}  # fmt: skip
_STOPPED: dict[str, StrOrPromise] = {
    "give": gettext_lazy("The colleague may not work in the inbox of the others."),
    "snooze": gettext_lazy("The others do not wait: something in them is due, or somebody is in danger."),
    "close": gettext_lazy("In the others a promise is open or an angry message has no answer: close them one by one."),
}
_STOPPED_ALONE: dict[str, StrOrPromise] = {
    "snooze": gettext_lazy("It cannot wait: something in it is due, or somebody is in danger."),
    "close": gettext_lazy("A promise is open in it, or an angry message has no answer: open it and close it there."),
}


@require_POST
def do(request: Asked) -> HttpResponse:
    """Do `do` on the conversations `ids`, or on `one` of the query; `to`, `until` with `day`, and `tag` say more."""
    name, now = request.POST.get("do", ""), here_and_now()
    deed = DEEDS.get(name)
    if deed is None:
        raise Http404
    one = request.GET.get("one")
    ids = [number(told) for told in ([one] if one else request.POST.getlist("ids"))]
    act = deed.make(request, now)
    if act is None or not ids:
        return _answer(request, str(deed.missing if ids else _("Choose at least one row.")), status=422)
    done = bulk.on_each(request.user, ids, act, now)
    said = told(name, done)
    undoing.keep(request, said, deed.back, done, now)
    return _answer(request, said)


@require_POST
def undo(request: Asked) -> HttpResponse:
    """Take back what was done last, where a minute has not gone by; each row as it was."""
    now = here_and_now()
    last = undoing.undo_of(request, now)
    undoing.forget(request)
    if last is None or not last.back:
        return _answer(request, _("There is nothing to take back any more."), status=422)
    count = sum(bulk.on_each(request.user, [one], act, now).count for one, act in _backwards(last, now))
    words = ngettext("%(n)d taken back.", "%(n)d taken back.", count) % {"n": count}
    return _answer(request, words)


def told(name: str, done: Done) -> str:
    """How many of how many, and why not all."""
    if done.stopped and done.asked == 1 and name in _STOPPED_ALONE:
        return str(_STOPPED_ALONE[name])
    said = str(DEEDS[name].one % {"done": done.count, "n": done.asked})
    return f"{said} {_STOPPED[name]}" if done.stopped and name in _STOPPED else said


def _backwards(last: undoing.Undo, now: datetime) -> Iterable[tuple[int, Act]]:
    for conversation, before in last.rows:
        act = _opposite(last.back, before, now)
        if act is not None:
            yield conversation, act


def _opposite(back: str, before: object, now: datetime) -> Act | None:
    if back == "give":
        return bulk.giving_back(*before) if isinstance(before, list | tuple) else None
    if back == "untag":
        return bulk.untagging(number(before))
    if back == "snooze":
        until = datetime.fromisoformat(str(before))
        return bulk.snoozing(until) if until > now else None
    return {
        "wake": bulk.waking,
        "reopen": bulk.reopening,
        "close": bulk.closing_again,
        "spam": bulk.marking_spam,
        "unspam": bulk.clearing_spam,
    }.get(back)


def _answer(request: Asked, said: str, status: int = 200) -> HttpResponse:
    """Words for a script; for a form, back to where it was pressed, with the words above the page."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"said": said}, status=status)
    case = number(request.POST.get("case"))
    if case or status != 200:  # in the queue what was done stands above the list, with the way back
        (messages.info if status == 200 else messages.warning)(request, said)
    if case:
        return redirect("case", pk=case)
    query = wish_of(QueryDict(request.POST.get("back", "")[:1000])).query
    return redirect(f"{reverse('queue')}?{query}" if query else reverse("queue"))
