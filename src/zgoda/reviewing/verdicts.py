"""What rules say of a reply: findings and acts they give, and clauses for which they take one away."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from zgoda.model.knowledge import Knowledge
from zgoda.reviewing.draft import Draft


@dataclass(frozen=True, slots=True)
class Given:
    """A rule that gives a label, and the words it rests on."""

    rule: str
    first: int
    after: int


@dataclass(slots=True)
class Verdicts:
    """By label (`findings:reproach`): the rules that give it, and the sentences in which a rule takes it away."""

    decided: dict[str, list[Given]] = field(default_factory=dict)
    vetoed: dict[str, dict[int, str]] = field(default_factory=dict)


def verdicts_of(draft: Draft, knowledge: Knowledge, distrusted: Container[str] = ()) -> Verdicts:
    """Gather the rules that matched outside quotation marks; a veto beats a rule that gives.

    `distrusted` are rules that proved too rash on lines their authors had not seen: they only hint.
    """
    verdicts = Verdicts()
    analysis = draft.analysis
    ends = [after for _, after in analysis.sentences]
    names = knowledge.registry.names
    sentence = 0
    given: list[tuple[str, Given, int]] = []
    for m in sorted(analysis.rules, key=lambda match: match.first):
        while m.first >= ends[sentence]:
            sentence += 1
        card = knowledge.lexicon(analysis.languages[sentence]).cards.get(names[m.entry])
        if card is None or not card.label or card.level == "hint" or analysis.in_quotation(m.first):
            continue
        if card.id in distrusted:
            continue
        if card.level == "veto":
            verdicts.vetoed.setdefault(card.label, {}).setdefault(sentence, card.id)
        else:
            given.append((card.label, Given(card.id, m.first, m.after), sentence))
    for label, rule, place in given:
        if place not in verdicts.vetoed.get(label, ()):
            verdicts.decided.setdefault(label, []).append(rule)
    return verdicts
