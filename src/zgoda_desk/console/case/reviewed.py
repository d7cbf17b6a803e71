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
from zgoda.values.labels import FINDINGS, RUNGS
from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import Company, Person
from zgoda_desk.console import times
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.conversations.shown.words import title
from zgoda_desk.workflow.ignoring import WORDS, ignored
from zgoda_desk.workflow.promises import Offered, offered, zone_of
from zgoda_desk.workflow.rungs import rung_of

SEVERITIES = ("error", "warning", "info")
_WARNINGS = 2  # boundaries of one conversation (labels.md §4)


def reviewed(person: Person, conversation: Conversation, text: str, kind: str, now: datetime) -> dict[str, Any]:
    """What the editor shows of a text; without findings where the engine cannot read it."""
    house = company()
    try:
        review = _review(person, conversation, house, text, kind, now)
    except ZgodaError:
        return _not_read()
    found = _open(person, conversation, review)
    counts = Counter(one.severity for one in found)
    rung = rung_of("", {span.kind for span in review.acts}, conversation) if kind == "reply" else ""
    promised = offered(review, conversation, house) if kind == "reply" else ()
    missing = _missing(review, promised, now)
    return {
        "findings": [_finding(number, one) for number, one in enumerate(found)],
        "acts": [{"kind": one.kind, "start": one.start, "end": one.end} for one in review.acts],
        "missing": _acts(missing),
        "done": _acts(dict.fromkeys(one.kind for one in review.acts if one.kind not in ("regards", *missing))),
        "promises": [_promise(one, now) for one in promised],
        "counts": {severity: counts[severity] for severity in SEVERITIES},
        "state_text": _stands(conversation, text, kind, counts, len(missing), rung),
        "send": "next" if counts["error"] else "send",
        "send_text": _("Send and take rung %(n)d") % {"n": RUNGS.index(rung)} if rung else _("Send"),
        "promise_text": _promise_text(promised, now),
    }


def _stands(conversation: Conversation, text: str, kind: str, counts: Counter[str], missing: int, rung: str) -> str:
    """How the draft stands; of nothing there is nothing to say."""
    if not text.strip():
        return ""
    said = state_text(counts, missing, kind), _warning(conversation, rung)
    return " ".join(part for part in said if part)


def _missing(review: Review, promised: Sequence[Offered], now: datetime) -> tuple[str, ...]:
    """What the reply still lacks; a date that has passed when it is written is none."""
    over = bool(promised) and all(one.due_at <= now for one in promised)
    return (*review.missing, "commit") if over and "commit" not in review.missing else tuple(review.missing)


def _not_read() -> dict[str, Any]:
    nothing: dict[str, Any] = {name: [] for name in ("findings", "acts", "missing", "done", "promises")}
    counts = dict.fromkeys(SEVERITIES, 0)
    words = {"state_text": _("not read yet"), "send_text": _("Send"), "promise_text": ""}
    return nothing | {"counts": counts, "send": "send", **words}


def _review(person: Person, conversation: Conversation, house: Company, text: str, kind: str, now: datetime) -> Review:
    spoken = engine.turns(engine.recent(conversation))
    context = engine.context_of(conversation, person=person, company=house, kind="note" if kind == "note" else None)
    here = now.astimezone(ZoneInfo(zone_of(conversation, house)))
    return engine.review(text, spoken, context, conversation.language, here)


def _open(person: Person, conversation: Conversation, review: Review) -> list[Finding]:
    """The findings without those he gave a reason to ignore."""
    dismissed = ignored(person, conversation) if review.findings else frozenset()
    return [one for one in review.findings if (one.rule, one.text[:WORDS]) not in dismissed]


def _warning(conversation: Conversation, rung: str) -> str:
    """Which of the two warnings this reply would be."""
    if rung != "boundary":
        return ""
    given = conversation.rungs.filter(rung="boundary").count()
    return _("This will be warning %(n)d of %(most)d.") % {"n": min(given + 1, _WARNINGS), "most": _WARNINGS}


def _promise(one: Offered, now: datetime) -> dict[str, Any]:
    over = one.due_at <= now
    with timezone.override(one.zone):
        local = timezone.localtime(one.due_at)
    return {
        "start": one.start,
        "end": one.end,
        "what": one.what,
        "due": one.due_at.isoformat(),
        "due_local": "" if over else f"{local:%Y-%m-%dT%H:%M}",
        "due_text": f"{_by(one)}: {_over(one)}" if over else _by(one),
        "over": over,
    }


def _by(one: Offered) -> str:
    """By when, in words: a weekday, a date and an hour where one was named."""
    with timezone.override(one.zone):
        shown = timezone.localtime(one.due_at)
        return date_format(shown, "l j E" if one.whole_day else "l j E, H:i")


def _over(one: Offered) -> str:
    return _("work on that day is over") if one.whole_day else _("that hour is over")


def _promise_text(promised: Sequence[Offered], now: datetime) -> str:
    """What is promised first; before it what is promised for a time that has passed, which nobody can keep."""
    late = next((one for one in promised if one.due_at <= now), None)
    if late:
        told = {"due": times.inside(_by(late)), "over": _over(late)}
        return _("You promise it by %(due)s, but %(over)s. Name a time that lies ahead.") % told
    if not promised:
        return ""
    told = {"what": promised[0].what, "due": times.inside(_by(promised[0]))}
    return _("Becomes a promise of yours: %(what)s, by %(due)s.") % told


def _finding(number: int, one: Finding) -> dict[str, Any]:
    return {**one.as_dict(), "id": f"{one.rule}:{number}", "title": str(_named(one.kind))}


def _named(kind: str) -> object:
    """What a mistake is called, one of a text or one of a conversation."""
    return title("findings" if kind in FINDINGS else "notices", kind)


def _acts(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"kind": name, "title": str(title("acts", name))} for name in names]


def state_text(counts: Counter[str], missing: int, kind: str) -> str:
    """How the draft stands, in one line."""
    found = ", ".join(_counted(counts))
    if found:
        return found
    if kind == "note":
        return _("No mistakes.")
    if not missing:
        return _("No mistakes, nothing missing.")
    return ngettext("No mistakes. %(n)d still missing", "No mistakes. %(n)d still missing", missing) % {"n": missing}


def _counted(counts: Counter[str]) -> Iterable[str]:
    errors, warnings, hints = (counts[severity] for severity in SEVERITIES)
    if errors:
        yield ngettext("%(n)d error", "%(n)d errors", errors) % {"n": errors}
    if warnings:
        yield ngettext("%(n)d warning", "%(n)d warnings", warnings) % {"n": warnings}
    if hints:
        yield ngettext("%(n)d hint", "%(n)d hints", hints) % {"n": hints}
