"""What a notice says."""

from __future__ import annotations

from dataclasses import dataclass

from zgoda.values import Finding


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of labels-5 on `[start, end)` code points of the draft.

    `suggestion` is a whole replacement of the span, where a line is missing the span with that line, slots of what
    is not known (`{time}`) left open; None where the words had better be left out or a person must choose. `rule` is
    the kind with the check that fired, `source` the id of a source of the content.
    """

    kind: str
    start: int
    end: int
    suggestion: str | None
    rule: str
    source: str
    severity: str

    def finding(self, draft: str, message: str) -> Finding:
        """The notice as a finding of a review, with the message of its kind."""
        return Finding(
            kind=self.kind,
            start=self.start,
            end=self.end,
            text=draft[self.start : self.end],
            severity=self.severity,
            message=message,
            suggestion=self.suggestion,
            rule=self.rule,
            source=self.source,
        )
