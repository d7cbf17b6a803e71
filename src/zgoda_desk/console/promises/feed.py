"""A person's promises as an iCalendar feed: what by when, a short reference and the way to the desk, no customer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from icalendar import Alarm, Calendar, Event

from zgoda_desk.accounts.models import Company
from zgoda_desk.commitments.models import Promise
from zgoda_desk.console.promises.kinds import kind_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_STATES: dict[str, StrOrPromise] = {
    "broken": pgettext_lazy("promise", "late"),
    "kept": pgettext_lazy("promise", "kept"),
}


def feed(promises: Iterable[Promise], company: Company, now: datetime) -> bytes:
    """The feed as a calendar program takes it; an event keeps its id, so that a moved promise moves there too."""
    calendar = Calendar()
    calendar.add("prodid", "-//Zgoda//desk//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Promises"))
    calendar.add("refresh-interval", timedelta(minutes=15), parameters={"VALUE": "DURATION"})
    for promise in promises:
        calendar.add_component(_event(promise, company, now))
    body: bytes = calendar.to_ical()
    return body


def _event(promise: Promise, company: Company, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"promise-{promise.pk}@{company.installation}")
    event.add("dtstamp", now)
    if promise.whole_day:
        event.add("dtstart", promise.due_at.astimezone(ZoneInfo(promise.zone)).date())
    else:
        event.add("dtstart", promise.due_at)
        event.add("dtend", promise.due_at)
    event.add("summary", _title(promise))
    event.add("url", settings.URL + reverse("case", args=[promise.conversation_id]))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    if promise.state == "open" and promise.remind_at is not None:
        event.add_component(_alarm(promise, company))
    return event


def _title(promise: Promise) -> str:
    """`Promised call, 48-20517`: the order or the number of the conversation, never a name or anybody's words."""
    reference = promise.conversation.reference or f"#{promise.conversation_id}"
    state = _STATES.get(promise.state)
    return f"{kind_of(promise)}, {reference}" + (f" ({state})" if state else "")


def _alarm(promise: Promise, company: Company) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", str(kind_of(promise)))
    if promise.remind_at is not None and promise.whole_day:
        alarm.add("trigger", promise.remind_at)
    else:
        alarm.add("trigger", -timedelta(minutes=company.remind_minutes))
    return alarm
