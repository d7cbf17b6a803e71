"""Looks whether an answer keeps its promises: spans inside the text, their words right, a reason for every label."""

from __future__ import annotations

from collections.abc import Iterator

from zgoda.values import Reading, Review


def loose_spans(text: str, reading: Reading) -> Iterator[str]:
    """Spans that lie outside the text, are empty, or whose words are not those of the text; said in words."""
    for part in ("abuse", "signals", "facts", "sentences", "reasons"):
        for one in getattr(reading, part):
            if not 0 <= one.start <= one.end <= len(text) or (text and one.start == one.end):
                yield f"{part} [{one.start}, {one.end}) outside 0..{len(text)}"
            elif hasattr(one, "text") and one.text != text[one.start : one.end] and not reading.truncated:
                yield f"{part} [{one.start}, {one.end}) does not hold {one.text[:40]!r}"


def loose_marks(text: str, review: Review) -> Iterator[str]:
    """Acts, findings and promises of a review that lie outside the text or do not hold its words; said in words."""
    for part in ("acts", "findings", "promises"):
        for one in getattr(review, part):
            if not 0 <= one.start < one.end <= len(text):
                yield f"{part} [{one.start}, {one.end}) outside 0..{len(text)}"
            elif one.text != text[one.start : one.end]:
                yield f"{part} [{one.start}, {one.end}) does not hold {one.text[:40]!r}"


def unexplained(reading: Reading) -> Iterator[str]:
    """Labels without a reason."""
    told = {reason.label for reason in reading.reasons}
    labels = [f"state:{reading.state}"]
    labels += [f"abuse:{span.kind}" for span in reading.abuse]
    labels += [f"signals:{span.kind}" for span in reading.signals]
    labels += [f"causes:{kind}" for kind in reading.causes]
    labels += [f"demands:{kind}" for kind in reading.demands]
    yield from (f"{label} has no reason" for label in labels if label not in told)
