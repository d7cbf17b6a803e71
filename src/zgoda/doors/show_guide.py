"""Draws the card of each turn: where the conversation stands, why, what is owed and banned, and ready words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from zgoda.doors.paper import Paper, clean
from zgoda.values import Conversation, Guidance

_MARGIN = 11
_SHOWN = 60  # characters of a turn that tell which one it was


class GuidePage:
    """Writes the cards of conversations as text."""

    def __init__(self, paper: Paper | None = None) -> None:
        self.paper = paper or Paper()
        self._count = 0

    def conversation(self, identity: object, conversation: Conversation, lines: Sequence[Guidance]) -> None:
        """The cards of one conversation, a turn after the other."""
        paper = self.paper
        if self._count:
            paper.line()
            paper.line(Text(paper.signs.rule * paper.width, style="dim"))
        self._count += 1
        if identity is not None:
            paper.line(Text(clean(str(identity)), style="dim"))
        for number, (turn, guidance) in enumerate(zip(conversation.turns, lines, strict=True)):
            words = clean(turn.text).strip()
            more = paper.signs.more if len(words) > _SHOWN else ""
            paper.line()
            paper.line(Text(f"{number} {turn.author}: {words[:_SHOWN]}{more}", style="dim"))
            self._card(guidance)
        paper.console.file.flush()

    def _card(self, guidance: Guidance) -> None:
        for name, body in _rows(guidance):
            style = "bold" if name in ("stage", "safety", "ladder") else ""
            self.paper.block(Text(name, style="dim"), Text(body, style=style), _MARGIN)
        for phrase in guidance.phrases:
            words = Text(clean(phrase.text))
            open_slots = f", open: {', '.join(phrase.open_slots)}" if phrase.open_slots else ""
            words.append(f"  {phrase.id}, {phrase.rule}{open_slots}", style="dim")
            self.paper.block(Text("say", style="dim"), words, _MARGIN)


def _rows(guidance: Guidance) -> Iterator[tuple[str, str]]:
    """Danger first, then the step, then the rest; what is empty is left out."""
    if guidance.safety != "none":
        yield "safety", _named(guidance.safety)
    yield "stage", _named(guidance.stage)
    if guidance.ladder != "none":
        yield "ladder", _named(guidance.ladder)
    words = "; ".join(clean(each) for each in guidance.tension_words)
    alarm = " (alarm)" if guidance.alarm else ""
    if guidance.tension != "steady" or guidance.alarm:
        yield "tension", f"{guidance.tension}{alarm}{f': {words}' if words else ''}"
    for name in ("done", "missing", "forbidden"):
        listed: tuple[str, ...] = getattr(guidance, name)
        if listed:
            yield name, ", ".join(_named(each) for each in listed)
    if guidance.why:
        yield "why", ", ".join(guidance.why)


def _named(name: str) -> str:
    return name.replace("_", " ")
