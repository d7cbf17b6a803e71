"""The forms of address: ty, mixed capitals, rude or stiff words, forms with a slash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from zgoda.guidance.noticing.moment import Hit, Moment
from zgoda.guidance.noticing.vocatives import vocatives

_BREAKS = frozenset(",!.?;:\n")
_SKIPPED = frozenset(":«„“\"'—–-(\n")  # behind these a capital may be that of a sentence


def register(moment: Moment) -> Iterator[Hit]:
    """One hit a fault; words in quotation marks are another's."""
    yield from _familiar(moment)
    yield from _mixed(moment)
    yield from _rude(moment)
    for form in moment.words.forms:
        if form.channels and moment.context.channel not in form.channels:
            continue
        for found in form.regex.finditer(moment.said.text):
            yield Hit(*found.span(), form.id, form.say)
    yield from vocatives(moment)


def _familiar(moment: Moment) -> Iterator[Hit]:
    """Ty: one pronoun or command is enough, verbs alone must be two, since "you never know" is said of everybody."""
    said, words = moment.said, moment.words
    strong = next(words.of("familiar").hits(said), None)
    opened = next((hit for hit in words.of("familiar_command").hits(said) if said.opens(hit[0])), None)
    ends, other = tuple(words.group("familiar_ends")), words.group("familiar_not")
    past = tuple(words.group("familiar_past"))
    both = (*past, *ends)
    verbs = []
    for i, raw in enumerate(said.raws):
        if raw.endswith(both) and raw not in other and not said.quoted(i):
            if raw.endswith(past):
                strong = strong or (i, i + 1)
            else:
                verbs.append((i, i + 1))
    hit = strong or opened or (verbs[0] if len(verbs) > 1 else None)
    if hit:
        yield Hit(*said.span(*hit), "familiar")


def _mixed(moment: Moment) -> Iterator[Hit]:
    """Capital and small letter in turn for one person; sentences begin with a capital anyway."""
    said, forms = moment.said, moment.words.group("capital_you")
    places: dict[bool, list[int]] = {True: [], False: []}
    for i in (i for i, raw in enumerate(said.raws) if raw in forms):
        raw = said.raw(i)
        if raw[1:].isupper():
            continue
        if not (said.opens(i) or said.quoted(i) or said.precedes(i) in _SKIPPED):
            places[raw[0].isupper()].append(i)
    if places[True] and places[False]:
        counts = Counter({capital: len(found) for capital, found in places.items()})
        rarer = counts[True] < counts[False]
        first = places[rarer][0]
        raw = said.raw(first)
        yield Hit(*said.span(first, first + 1), "mixed", raw.swapcase()[0] + raw[1:])


def _rude(moment: Moment) -> Iterator[Hit]:
    """Words that address somebody as no customer wants to be called, only where they address."""
    said = moment.said
    for first, after in moment.words.of("rude_address").hits(said):
        behind = said.follows(after - 1)
        before = said.opens(first) or said.precedes(first) in _BREAKS
        if before and (behind in _BREAKS or not behind):
            yield Hit(*said.span(first, after), "rude")
