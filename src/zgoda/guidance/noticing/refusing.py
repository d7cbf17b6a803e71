"""A no with nothing beside it, and labels on persons in internal notes."""

from __future__ import annotations

from collections.abc import Iterator

from zgoda.guidance.noticing.moment import Hit, Moment, added


def refusal_without_way_out(moment: Moment) -> Iterator[Hit]:
    """A refusal while the whole draft has no reason, no other option and nobody to turn to."""
    said = moment.said
    refused = next((first for first, _ in moment.words.of("refusal").hits(said)), None)
    if refused is None or moment.does(*moment.limits["way_out"]):
        return
    start, end = said.bounds[said.sentence(refused)]
    shielded = any(f.kind == "hide_behind_policy" and f.start < end and f.end > start for f in moment.findings)
    if shielded or any(moment.says(name) for name in ("reason", "option", "appeal")):
        return
    yield from added(moment, "refusal", "refusal_without_way_out", said.sentence(refused), behind=True)


def person_label(moment: Moment) -> Iterator[Hit]:
    """A word that labels the person; what somebody is reported to have said is not the writer's."""
    said, near = moment.said, moment.limits["reported_near"]
    reported = {after for _, after in moment.words.of("reported").hits(said)}
    for label in moment.words.labels:
        for first, after in label.words.hits(said):
            if not any(first - words in reported for words in range(near)):
                yield Hit(*said.span(first, after), "label", label.say)
