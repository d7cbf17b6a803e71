"""The review of one agent's reply: acts, findings, what is missing, promises, notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zgoda.values.reading import SCHEMA, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake in a reply: where, of which kind, how grave, why, what to say instead, and the rule that says so.

    `message` is in the interface language; `suggestion` is a whole replacement of the span in the reply's language,
    or None where the span had better be left out. `source` is the id of a source of the content.
    """

    kind: str
    start: int
    end: int
    text: str
    severity: str
    message: str
    suggestion: str | None
    rule: str
    source: str

    def as_dict(self) -> dict[str, Any]:
        """Wire form."""
        return {
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "severity": self.severity,
            "message": self.message,
            "suggestion": self.suggestion,
            "rule": self.rule,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Promise:
    """What an agent promised: `what` is a span of the text, `who` acts, `due` an ISO time or date, `channel` how.

    `who` is `agent` (I), `team` (we, the firm) or `other` (a colleague, the courier); `due` is the latest moment
    (`2026-11-27T15:00+01:00`, or a date where no hour was named), None where no time stands or it cannot be resolved;
    `channel` is one of `phone, email, sms, chat, letter, visit, parcel, payment` or None.
    """

    start: int
    end: int
    text: str
    what: str
    who: str
    due: str | None
    channel: str | None

    def as_dict(self) -> dict[str, Any]:
        """Wire form."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "what": self.what,
            "who": self.who,
            "due": self.due,
            "channel": self.channel,
        }


@dataclass(frozen=True, slots=True)
class Review:
    """Everything `review` says about one reply; spans index the text as given."""

    language: str
    acts: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    truncated: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Wire form, in the order of the contract."""
        answer: dict[str, Any] = {
            "schema": SCHEMA,
            "language": self.language,
            "acts": [s.as_dict() for s in self.acts],
            "findings": [f.as_dict() for f in self.findings],
            "missing": list(self.missing),
            "promises": [p.as_dict() for p in self.promises],
        }
        if self.truncated:
            answer["truncated"] = True
        return answer
