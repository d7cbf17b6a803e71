"""Spans of a shortened text, put back to where the words stand in the text as given."""

from __future__ import annotations

from dataclasses import replace

from zgoda.model.prepare import Prepared
from zgoda.values import Fact, Finding, Reading, Reason, Sentence, Span


def in_one_end(span: Span | Finding, prepared: Prepared) -> bool:
    """Whether a span stands in one end of a shortened text; words joined over the gap were never written so."""
    return prepared.offset is None or not span.start < prepared.cut < span.end


def moved_span(span: Span, prepared: Prepared) -> Span:
    """One span in its place."""
    return Span(span.kind, _start(span.start, prepared), prepared.place(span.end), span.text)


def moved_finding(finding: Finding, prepared: Prepared) -> Finding:
    """One finding in its place."""
    return replace(finding, start=_start(finding.start, prepared), end=prepared.place(finding.end))


def _start(position: int, prepared: Prepared) -> int:
    """Where a span begins: the first character behind the gap belongs to what follows, not to what ends there."""
    return prepared.place(position + 1) - 1


def moved_reading(reading: Reading, prepared: Prepared) -> Reading:
    """Every span of a reading in its place, and the mark that the text was shortened."""
    at = prepared.place
    return replace(
        reading,
        abuse=tuple(moved_span(s, prepared) for s in reading.abuse),
        signals=tuple(moved_span(s, prepared) for s in reading.signals),
        facts=tuple(Fact(f.kind, at(f.start), at(f.end), f.text, f.value) for f in reading.facts),
        sentences=tuple(Sentence(at(s.start), at(s.end), s.role) for s in reading.sentences),
        reasons=tuple(
            Reason(r.label, at(r.start), at(r.end), r.source, rule=r.rule, feature=r.feature) for r in reading.reasons
        ),
        truncated=True,
    )
