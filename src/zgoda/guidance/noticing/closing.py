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
    stung = said.touched((start, end) for start, end, _ in found)
    own = {said.sentence(first) for first, _ in moment.words.of("sting").hits(said)} - stung
    found += [(*said.bounds[number], "sting") for number in own]
    line = moment.words.choose("closing_sting", said.text)
    for number, (start, end, rule) in enumerate(sorted(found)):
        yield Hit(start, end, rule, None if number else line)  # the same line twice would be odd: leave the rest out
