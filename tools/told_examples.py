"""Draw docs/told-examples.md, four told stories; with `--check`, only say whether it is stale (and end with 1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.fresh_page import keep_fresh
from zgoda.api import engine
from zgoda.doors.conversations import conversation_of
from zgoda.doors.messages import channel_names
from zgoda.values import LANGUAGES, Conversation, Guidance, Review, Turn

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "told-examples.md"
TALKS = ROOT / "data" / "conversations"
TITLES = {"ru": "Russian", "pl": "Polish", "en": "English"}
_HEAD = """\
# Told examples: where four conversations stand after every turn

Drawn by `python tools/told_examples.py`: the engine follows the first four conversations of `data/conversations`; do
not edit. Words of abuse stand here because the stories are about them. Stages, rungs and bans are those of
[protocol.md](protocol.md), the rows named stand in [method.md](method.md).

Under each turn stands what the agent's card says then: stage, rung of the ladder against abuse, danger, what is still
owed, what must not be sent now besides the standing bans, and the first ready phrase (an open {slot} is filled in by
the agent). After a turn of the agent the card tells the step that is due next.
"""


@dataclass(frozen=True, slots=True)
class Story:
    """One of the stories: the end of its ids in data/conversations, its title, what it shows."""

    number: str
    title: str
    shows: str


STORIES = (
    Story(
        "01",
        "The open wallet",
        "A bill is disputed, explained and settled (S4.4-S4.6); then the customer is told off (S4.7) and the agreement"
        " is lost (S4.8). After a yes only thanks and a recap are owed (S4.9).",
    ),
    Story(
        "02",
        "Four rungs of a call",
        "The firm insulted once opens nothing, twice asks for a personal word; the agent insulted asks for a limit,"
        " then for a hand-over; abuse of the person who took over ends the talk (S1.8, S1.22, S1.28).",
    ),
    Story(
        "03",
        "The customer who is wrong",
        "No verdict before the check, then the decision with its reason, what is possible, where to appeal, and another"
        " way out after a no (method, section 9).",
    ),
    Story(
        "04",
        "A word of despair",
        "Who speaks of harming himself is never warned and never released, whatever else he says (method, section 7).",
    ),
)
STING = 6  # the turn of the first story in which the customer is told off


def talks(language: str) -> dict[str, Mapping[str, Any]]:
    """The lines of data/conversations in one language by the number at the end of their ids."""
    lines = (TALKS / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return {str(line["id"]).rpartition("-")[2]: line for line in map(json.loads, lines)}


def conversation(line: Mapping[str, Any]) -> Conversation:
    """The conversation of a line."""
    return conversation_of(line, channel_names(engine().knowledge.table("common", "channels")))


def followed(line: Mapping[str, Any]) -> tuple[Guidance, ...]:
    """One answer a turn; no time is told, so that the page is the same on any day."""
    answers: tuple[Guidance, ...] = engine().guide_turns(conversation(line))
    return answers


def sting_review(language: str) -> Review:
    """What `review` says to the sting of the first story, given the talk before it."""
    talk = conversation(talks(language)["01"])
    answer: Review = engine().review(talk.turns[STING].text, history=talk.turns[:STING], context=talk.context)
    return answer


def listed(names: Iterable[str]) -> str:
    """Names as code, a dash where there are none."""
    return ", ".join(f"`{name}`" for name in names) or "–"


def speaker(turn: Turn) -> str:
    """Who speaks, in words."""
    return "Supervisor" if turn.role == "supervisor" else turn.author.capitalize()


def card(answer: Guidance, standing: Iterable[str]) -> Iterator[str]:
    """What the card says after a turn."""
    danger = "" if answer.safety == "none" else f", danger `{answer.safety}`"
    yield f"   - due `{answer.stage}`, rung `{answer.ladder}`{danger}, tension {answer.tension}"
    yield f"   - owed: {listed(answer.missing)}; banned: {listed(b for b in answer.forbidden if b not in standing)}"
    if answer.phrases:
        yield f"   - say: {' '.join(answer.phrases[0].text.split())}"


def told(line: Mapping[str, Any], standing: Iterable[str]) -> Iterator[str]:
    """One conversation, turn by turn."""
    turns = conversation(line).turns
    for number, (turn, answer) in enumerate(zip(turns, followed(line), strict=True), 1):
        yield f"{number}. **{speaker(turn)}:** {turn.text}"
        yield from card(answer, standing)


def sting(language: str) -> Iterator[str]:
    """The findings on the sting, with the words they rest on."""
    yield f"\n`review` of turn {STING + 1}, with the talk before it:\n"
    for finding in sting_review(language).findings:
        yield f"- `{finding.kind}` ({finding.severity}): {finding.message} — “{finding.text}”"


def page() -> str:
    """The whole page."""
    standing = engine().knowledge.table("common", "protocol")["standing"]["always"]
    lines = [_HEAD, f"Standing bans, always: {listed(standing)}."]
    for story in STORIES:
        lines += [f"\n## {story.title}\n", story.shows]
        for language in LANGUAGES:
            lines.append(f"\n### {story.title}: {TITLES[language]}\n")
            lines += told(talks(language)[story.number], standing)
            lines += sting(language) if story is STORIES[0] else ()
    return "\n".join(lines) + "\n"


def main() -> None:
    keep_fresh({PAGE: page()})


if __name__ == "__main__":
    main()
