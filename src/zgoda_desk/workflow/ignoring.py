"""Ignoring a finding: takes a reason and is counted per rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.models import Conversation, Overrule
from zgoda_desk.lib.plain import one_line, storable

WORDS = 2000  # code points of a finding's words that are kept and compared
REASON = 300


@dataclass(frozen=True)
class Dismissed:
    """A finding as the page names it: rule, kind, severity and the words it stands on."""

    rule: str
    kind: str
    severity: str
    words: str


def ignore_finding(
    person: Person, conversation: Conversation, finding: Dismissed, reason: str, now: datetime
) -> Overrule:
    """Keep that a person ignores a finding on these words in this conversation; ValueError without rule or reason."""
    why = one_line(reason, REASON)
    if not why or not finding.rule:
        raise ValueError("a rule and a reason are needed")
    return Overrule.objects.create(
        conversation=conversation, person=person, rule=one_line(finding.rule, 80), kind=one_line(finding.kind, 40),
        severity=one_line(finding.severity, 8), words=storable(finding.words)[:WORDS], reason=why, way="ignored",
        at=now,
    )  # fmt: skip


def ignored(person: Person, conversation: Conversation) -> frozenset[tuple[str, str]]:
    """Rule and first words of every finding a person ignored here."""
    found = Overrule.objects.filter(conversation=conversation, person=person, way="ignored")
    return frozenset(found.values_list("rule", "words"))
