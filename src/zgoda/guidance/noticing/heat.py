"""An angry customer is met, an insult meets a limit."""

from __future__ import annotations

from collections.abc import Iterator

from zgoda.guidance.noticing.moment import Hit, Moment, added, opening

_FIRST_RUNG = "personalise"  # opens for rage without an insult too, and then nothing needs a limit


def no_empathy_when_hot(moment: Moment) -> Iterator[Hit]:
    """His last turn is hot, and neither this draft nor an earlier reply meets the feeling in any way."""
    limits = moment.limits
    hot = moment.state in limits["hot"] and moment.readings[-1].temperature >= limits["hot_from"]
    if not hot or moment.done & {"empathy", "apology"} or len(moment.said) < limits["empathy_words"]:
        return
    if moment.does(*limits["meeting"]) or moment.says("feeling") or moment.says("apology") or moment.says("limit"):
        return
    yield from added(moment, "feeling", "no_empathy_when_hot", opening(moment))


def abuse_without_limit(moment: Moment) -> Iterator[Hit]:
    """A rung of the ladder is open after abuse, and the draft takes none: the first insult to the firm opens none."""
    wanted = moment.limits["limiting"].get(moment.ladder)
    if wanted is None or moment.state not in moment.limits["abused"] or not moment.said.sentences:
        return
    kinds = {span.kind for span in moment.readings[-1].abuse}
    if moment.ladder == _FIRST_RUNG and not kinds & set(moment.limits["insulting"]):
        return
    if not moment.does(*wanted) and not moment.says("limit"):
        yield from added(moment, moment.ladder, "abuse_without_limit", opening(moment))
