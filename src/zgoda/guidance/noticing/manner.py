"""How a reply sounds: too many apologies, nothing of the case, nobody in it."""

from __future__ import annotations

from collections.abc import Iterator

from zgoda.guidance.noticing.moment import Hit, Moment, added, opening
from zgoda.guidance.noticing.overlap import Roots, content_words, topics


def over_apology(moment: Moment) -> Iterator[Hit]:
    """The first apology too many; words close together ("sorry, do forgive us") are one."""
    said, near, count, last = moment.said, moment.limits["apology_apart"], 0, None
    for first, after in moment.words.of("apology").hits(said):
        apart = last is None or first - last >= near or said.sentence(first) != said.sentence(last - 1)
        last = after
        count += apart
        if apart and count > moment.limits["apologies"]:
            yield Hit(*said.bounds[said.sentence(first)], "third")
            return


def abstract(moment: Moment) -> Iterator[Hit]:
    """A reply of some length that could go to anybody: no word of the customer's, no number, no date, no topic."""
    said = moment.said
    if len(said) < moment.limits["abstract_words"] or not moment.heard:
        return
    if any(char.isdigit() for char in said.text) or moment.does(*moment.limits["concrete"]) or moment.says("time"):
        return
    told = [word for heard in moment.heard for word in content_words(heard, moment.words)]
    if len(told) < moment.limits["case_words"] or Roots(told).touch(content_words(said, moment.words)):
        return
    if not topics(said, moment.words) & {t for heard in moment.heard for t in topics(heard, moment.words)}:
        yield Hit(said.bounds[0][0], said.bounds[-1][1], "case")


def impersonal(moment: Moment) -> Iterator[Hit]:
    """No name, of either side, and nobody who says I or we."""
    said = moment.said
    if len(said) < moment.limits["impersonal_words"] or moment.does(*moment.limits["personal"]):
        return
    if moment.says("first_person") or _verb_of_ours(moment) or _named(moment):
        return
    yield from added(moment, "nobody", "impersonal", opening(moment))


def _verb_of_ours(moment: Moment) -> bool:
    """Whether a word has an ending that only verbs of the first person have."""
    ends = tuple(moment.words.group("first_person_ends"))
    other = moment.words.group("first_person_not")
    said = moment.said
    return any(raw.endswith(ends) and raw not in other and not said.quoted(i) for i, raw in enumerate(said.raws))


def _named(moment: Moment) -> bool:
    """A known first name with a capital, a name behind Pan or Pani, or a name of the context."""
    context, said = moment.context, moment.said
    known = " ".join(n for n in (context.agent_name, context.customer_name, context.company) if n).casefold().split()
    titles = moment.words.group("titles")
    for i in range(len(said)):
        raw = said.raw(i)
        capital = raw[:1].isupper()
        if capital and ((i and said.raws[i - 1] in titles) or moment.book.first(raw, moment.language)):
            return True
        if known and raw.casefold() in known:
            return True
    return False
