"""Times as a person at the desk reads them: in the company's zone, the day only where it changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

from zgoda_desk.accounts.models import Company

_WEEK = timedelta(days=6)


def zone_of(company: Company) -> ZoneInfo:
    """The company's zone; UTC where its name is not known here."""
    try:
        return ZoneInfo(company.hours.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def clock_time(at: datetime) -> str:
    """`09:14`."""
    return f"{at:%H:%M}"


def day(at: datetime, now: datetime) -> str:
    """`Today`, `Tue` within six days either way, else `17 Nov`; both times in the zone of whoever reads."""
    if at.date() == now.date():
        return gettext("Today")
    if abs(at.date() - now.date()) <= _WEEK:
        return date_format(at, "D")
    return date_format(at, pgettext("date", "j M")) if at.year == now.year else dated(at)


def weekday(at: date) -> str:
    """`Thu 27 Nov`, in the letters that the language is used to."""
    return inside(date_format(at, pgettext("date", "D j M")))


def inside(day_name: str) -> str:
    """A day as it is written within a sentence: only English begins its days with a capital letter."""
    return day_name if (get_language() or "en").startswith("en") else day_name[:1].lower() + day_name[1:]


def dated(at: date) -> str:
    """`27 Nov 2026`."""
    return date_format(at, pgettext("date", "j M Y"))


def whole(at: datetime, now: datetime) -> str:
    """Day and hour in one: `Thu 27 Nov 12:00`, or `today 12:00`."""
    if at.date() == now.date():
        return gettext("today %(time)s") % {"time": clock_time(at)}
    return f"{weekday(at)} {clock_time(at)}"


def by_when(due: datetime, now: datetime, *, whole_day: bool = False) -> str:
    """When something is due: `in 6 min`, `by 15:00`, `Fri 27 Nov`, or how late it is: `21 h late`."""
    if due <= now:
        return gettext("%(amount)s late") % {"amount": amount(now - due)}
    if due - now < timedelta(hours=1) and not whole_day:
        return gettext("in %(amount)s") % {"amount": amount(due - now)}
    if due.date() == now.date():
        return gettext("today") if whole_day else gettext("by %(time)s") % {"time": clock_time(due)}
    if whole_day or due - now > _WEEK:
        return weekday(due)
    return f"{weekday(due)} {clock_time(due)}"


def promised_by(due: datetime, now: datetime, whole_day: bool) -> str:
    """By when something was promised, however late it is by now: a day alone, or day and hour."""
    if not whole_day:
        return whole(due, now)
    return gettext("today") if due.date() == now.date() else weekday(due)


def amount(span: timedelta) -> str:
    """`6 min`, `21 h`, `3 days`: one unit is enough."""
    minutes = max(int(span.total_seconds() // 60), 1)
    if minutes < 60:
        return gettext("%(n)d min") % {"n": minutes}
    if minutes < 48 * 60:
        return gettext("%(n)d h") % {"n": minutes // 60}
    n = minutes // (24 * 60)
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


def ago(at: datetime, now: datetime) -> str:
    """How long since: `just now` within a minute, else `6 min ago`."""
    if now - at < timedelta(minutes=1):
        return gettext("just now")
    return gettext("%(amount)s ago") % {"amount": amount(now - at)}


def filled(since: datetime, due: datetime, now: datetime) -> int:
    """How much of a term is over, in per cent."""
    whole = (due - since).total_seconds()
    return 100 if whole <= 0 else min(100, max(0, round((now - since).total_seconds() / whole * 100)))
