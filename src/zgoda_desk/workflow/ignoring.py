"""Ignoring a finding: takes a reason and is counted per rule."""

from __future__ import annotations

from datetime import datetime

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.models import Conversation, Overrule


def ignore_finding(
    person: Person,
    conversation: Conversation,
    *,
    rule: str,
    kind: str,
    severity: str,
    words: str,
    reason: str,
    now: datetime,
) -> Overrule:
    """Keep that a person ignores a finding on these words in this conversation; ValueError without a reason."""
    if not reason.strip():
        raise ValueError("a reason is needed")
    return Overrule.objects.create(
        conversation=conversation, person=person, rule=rule[:80], kind=kind[:40], severity=severity[:8],
        words=words[:2000], reason=reason.strip()[:300], way="ignored", at=now,
    )  # fmt: skip


def ignored(person: Person, conversation: Conversation) -> frozenset[tuple[str, str]]:
    """Rule and words of every finding a person ignored here."""
    found = Overrule.objects.filter(conversation=conversation, person=person, way="ignored")
    return frozenset(found.values_list("rule", "words"))
