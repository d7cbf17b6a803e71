"""Spans of a shortened text, put back to where the words stand in the text as given."""

from __future__ import annotations

from dataclasses import replace

from zgoda.model.prepare import Prepared
from zgoda.values import Fact, Finding, Reading, Reason, Sentence, Span


def moved_span(span: Span, prepared: Prepared) -> Span:
    """One span in its place."""
    return Span(span.kind, prepared.place(span.start), prepared.place(span.end), span.text)


def moved_finding(finding: Finding, prepared: Prepared) -> Finding:
    """One finding in its place."""
    return replace(finding, start=prepared.place(finding.start), end=prepared.place(finding.end))


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
