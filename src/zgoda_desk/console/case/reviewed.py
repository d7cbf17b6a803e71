"""The review of a draft as the editor takes it: titles and sentences in the person's language, spans in code points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zgoda.errors import ZgodaError
from zgoda.values import Finding, Review
from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.conversations.shown.words import title
from zgoda_desk.workflow.ignoring import ignored
from zgoda_desk.workflow.promises import Offered, offered, zone_of

SEVERITIES = ("error", "warning", "info")


def reviewed(person: Person, conversation: Conversation, text: str, kind: str, now: datetime) -> dict[str, Any]:
    """What the editor shows of a text; without findings where the engine cannot read it."""
    try:
        review = _review(person, conversation, text, kind, now)
    except ZgodaError:
        return {"findings": [], "missing": [], "done": [], "promises": [], "counts": {}, "send": "send",
                "state_text": _("not read yet"), "promise_text": ""}  # fmt: skip
    promised = offered(review, conversation, company()) if kind == "reply" else ()
    dismissed = ignored(person, conversation)
    findings = [one for one in review.findings if (one.rule, one.text) not in dismissed]
    counts = Counter(one.severity for one in findings)
    return {
        "findings": [_finding(number, one) for number, one in enumerate(findings)],
        "acts": [{"kind": one.kind, "start": one.start, "end": one.end} for one in review.acts],
        "missing": _acts(review.missing),
        "done": _acts(dict.fromkeys(one.kind for one in review.acts if one.kind != "regards")),
        "promises": [_promise(one) for one in promised],
        "counts": {severity: counts[severity] for severity in SEVERITIES},
        "state_text": state_text(counts, len(review.missing), kind),
        "send": "next" if counts["error"] else "send",
        "promise_text": _promise_text(promised),
    }


def _review(person: Person, conversation: Conversation, text: str, kind: str, now: datetime) -> Review:
    spoken = engine.turns(engine.recent(conversation))
    context = engine.context_of(conversation, person=person, company=company(), kind="note" if kind == "note" else None)
    here = now.astimezone(ZoneInfo(zone_of(conversation, company())))
    return engine.review(text, spoken, context, conversation.language, here)


def _promise(one: Offered) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, "what": one.what, "due": one.due_at.isoformat(), "due_text": _by(one)}


def _by(one: Offered) -> str:
    """By when, in words: a weekday, a date and an hour where one was named."""
    with timezone.override(one.zone):
        shown = timezone.localtime(one.due_at)
        return date_format(shown, "l j E" if one.whole_day else "l j E, H:i")


def _promise_text(promised: Sequence[Offered]) -> str:
    if not promised:
        return ""
    return _("Becomes a promise of yours: %(what)s, by %(due)s.") % {"what": promised[0].what, "due": _by(promised[0])}


def _finding(number: int, one: Finding) -> dict[str, Any]:
    return {**one.as_dict(), "id": f"{one.rule}:{number}", "title": str(title("findings", one.kind))}


def _acts(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"kind": name, "title": str(title("acts", name))} for name in names]


def state_text(counts: Counter[str], missing: int, kind: str) -> str:
    """How the draft stands, in one line."""
    told = [
        ngettext("%(n)d error", "%(n)d errors", counts["error"]) % {"n": counts["error"]} if counts["error"] else "",
        ngettext("%(n)d warning", "%(n)d warnings", counts["warning"]) % {"n": counts["warning"]}
        if counts["warning"]
        else "",
        ngettext("%(n)d hint", "%(n)d hints", counts["info"]) % {"n": counts["info"]} if counts["info"] else "",
    ]
    found = ", ".join(part for part in told if part)
    if found:
        return found
    if kind == "note" or not missing:
        return _("No mistakes, nothing missing.") if kind != "note" else _("No mistakes.")
    return ngettext("No mistakes. %(n)d still missing", "No mistakes. %(n)d still missing", missing) % {"n": missing}
