"""After agreement: no reproach, no irony, no lecture."""

from __future__ import annotations

from collections.abc import Iterator

from zgoda.guidance.noticing.moment import Hit, Moment


def closing_sting(moment: Moment) -> Iterator[Hit]:
    """What the review found of reproach, and the constructions of the list, once the customer has agreed."""
    if moment.stage not in moment.limits["after_agreement"]:
        return
    said, kinds = moment.said, moment.limits["stinging"]
    found = [(f.start, f.end, f.kind) for f in moment.findings if f.kind in kinds]
    for first, _ in moment.words.of("sting").hits(said):
        start, end = said.bounds[said.sentence(first)]
        if not any(a < end and b > start for a, b, _ in found):
            found.append((start, end, "sting"))
    for start, end, rule in sorted(found):
        yield Hit(start, end, rule, moment.words.choose("closing_sting", said.text))
