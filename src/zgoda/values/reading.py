"""The reading of one customer's message: plain frozen values that turn into the JSON of the contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Span:
    """A label with the words that carry it; `[start, end)` in code points of the text as given."""

    kind: str
    start: int
    end: int
    text: str

    def as_dict(self) -> dict[str, Any]:
        """Wire form."""
        return {"kind": self.kind, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be checked; `value` is the normalised form or None where none can be inferred."""

    kind: str
    start: int
    end: int
    text: str
    value: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Wire form."""
        return {"kind": self.kind, "start": self.start, "end": self.end, "text": self.text, "value": self.value}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the role it plays (`fact`, `demand`, `emotion`, `courtesy`, `other`)."""

    start: int
    end: int
    role: str

    def as_dict(self) -> dict[str, Any]:
        """Wire form."""
        return {"start": self.start, "end": self.end, "role": self.role}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a label stands: a rule's id or a model feature, the words it rests on, and the source behind it."""

    label: str
    start: int
    end: int
    source: str
    rule: str | None = None
    feature: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Wire form: `rule` or `feature`, whichever gave the label."""
        why = {"rule": self.rule} if self.rule else {"feature": self.feature}
        return {"label": self.label, **why, "start": self.start, "end": self.end, "source": self.source}


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything `read` says about one message; spans index the text as given."""

    language: str
    state: str
    temperature: int
    abuse: tuple[Span, ...] = ()
    signals: tuple[Span, ...] = ()
    causes: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    reasons: tuple[Reason, ...] = ()
    truncated: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Wire form, in the order of the contract."""
        answer: dict[str, Any] = {
            "schema": SCHEMA,
            "language": self.language,
            "state": self.state,
            "temperature": self.temperature,
            "abuse": [s.as_dict() for s in self.abuse],
            "signals": [s.as_dict() for s in self.signals],
            "causes": list(self.causes),
            "demands": list(self.demands),
            "facts": [f.as_dict() for f in self.facts],
            "sentences": [s.as_dict() for s in self.sentences],
            "reasons": [r.as_dict() for r in self.reasons],
        }
        if self.truncated:
            answer["truncated"] = True
        return answer
