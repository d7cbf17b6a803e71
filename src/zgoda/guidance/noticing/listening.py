"""Listening before offering, few questions, and an answer to the question that was asked."""

from __future__ import annotations

from collections.abc import Iterator

from zgoda.guidance.noticing.moment import Hit, Moment, added
from zgoda.guidance.noticing.overlap import Roots, content_words, topics
from zgoda.guidance.noticing.said import Said

_BREAKS = frozenset(",!:;\n—–-")


def solution_before_listening(moment: Moment) -> Iterator[Hit]:
    """An offer while the customer has hardly said what happened, and nobody has asked him."""
    offers = [span for span in moment.acts if span.kind in moment.limits["offers"]]
    listening = moment.limits["listening"]
    if moment.stage != "listen" or not offers or moment.does(*listening) or moment.done & set(listening):
        return
    if moment.ladder != "none" or not moment.heard or _told(moment):
        return
    suggestion = moment.words.choose("solution_before_listening", moment.said.text)
    yield Hit(offers[0].start, offers[0].end, "offer", suggestion)


def _told(moment: Moment) -> bool:
    """Whether his turns tell enough to help: a demand, a question, something to check, or simply many words."""
    if any(r.demands or r.state == "calm" for r in moment.readings):
        return True
    if any(fact.kind in moment.limits["tells"] for fact in moment.facts):
        return True
    told = [word for said in moment.heard for word in content_words(said, moment.words)]
    if len(told) > moment.limits["little_said"] or any(said.questions for said in moment.heard):
        return True
    return Roots(told).touch(content_words(moment.said, moment.words))


def question_barrage(moment: Moment) -> Iterator[Hit]:
    """More questions than two, those apart that ask for agreement; or one that asks why the customer did or did not."""
    said = moment.said
    why = next((first for first, _ in moment.words.of("why_you").hits(said, said.asked())), None)
    if why is not None:
        yield Hit(*said.bounds[said.sentence(why)], "why")
    confirms = said.touched((span.start, span.end) for span in moment.acts if span.kind == "confirm")
    asked = [
        number
        for number in said.asked()
        if number not in confirms and not moment.words.of("courteous_question").within(said, (number,))
    ]
    most: int = moment.limits["questions"]
    if len(asked) > most:
        yield Hit(*said.bounds[asked[most]], "many")


def substance_unanswered(moment: Moment) -> Iterator[Hit]:
    """A question of the customer's last message that the draft does not touch: no word, no topic, no act about it."""
    if not moment.heard or moment.done & {"release"} or not moment.said.sentences:
        return
    said, last = moment.said, moment.heard[-1]
    questions = list(_questions(moment, last))
    if not questions or moment.does(*moment.limits["answering"]) or moment.says("answer") or _short(moment):
        return
    if any(char.isdigit() for char in said.text) or moment.says("time"):
        return
    replied, named = Roots(content_words(said, moment.words)), topics(said, moment.words)
    for number in questions:
        about = range(max(0, number - 1), number + 1)  # "They brought the wrong one. Who will collect it?"
        asked = content_words(last, moment.words, about)
        if not replied.touch(asked) and not topics(last, moment.words, about) & named:
            yield from added(moment, "question", "substance_unanswered", len(said.sentences) - 1, behind=True)
            return


def _short(moment: Moment) -> bool:
    """Whether a yes, a no or the like opens a clause."""
    said = moment.said
    hits = moment.words.of("short_answer").hits(said)
    return any(said.opens(first) or said.precedes(first) in _BREAKS for first, _ in hits)


def _questions(moment: Moment, last: Said) -> Iterator[int]:
    """His real questions: with a mark or a word that asks, something to answer in them, and no mere exclamation."""
    openers, rhetorical = moment.words.group("ask"), moment.words.of("rhetorical")
    for number, (first, after) in enumerate(last.sentences):
        asks = number in last.questions or (after - first > 2 and last.words[first] in openers)
        if asks and not rhetorical.within(last, (number,)) and content_words(last, moment.words, (number,)):
            yield number
