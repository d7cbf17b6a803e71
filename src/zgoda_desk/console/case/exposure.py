"""How long somebody has been in the heat today, and whether a breather is due; told to himself alone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zgoda_desk.console import times
from zgoda_desk.console.case.gathered import Gathered
from zgoda_desk.protection.models import Exposure


def time_spent(found: Gathered) -> str:
    """The time with abusive customers today and the company's limit, in words."""
    day = found.now.astimezone(times.zone_of(found.company)).date()
    seconds = Exposure.objects.filter(person=found.person, day=day).values_list("abusive", flat=True).first() or 0
    return in_words(seconds, found.company.abuse_minutes)


def in_words(seconds: int, limit: int) -> str:
    """`seconds` of today beside a limit in minutes; from the limit on, that a breather is due."""
    n = seconds // 60
    told = _("You have been in this for %(n)d min today. The limit here is %(limit)d.") % {"n": n, "limit": limit}
    return f"{told} {_('A breather is due; somebody else can take over.')}" if n >= limit else told
