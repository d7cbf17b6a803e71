"""Run the examples that every entry carries: what it must catch, what it must let pass, what it honestly misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zgoda.model.knowledge import Knowledge
from zgoda.reading.why import merge
from zgoda.rules.loader import READING, REVIEWING
from zgoda.rules.schema import Entry, Example
from zgoda.values import LANGUAGES


@dataclass(frozen=True, slots=True)
class Counts:
    """How much content there is of one language."""

    entries: int
    terms: int
    catches: int
    near_misses: int
    known_misses: int


def found_spans(knowledge: Knowledge, entry: Entry, text: str) -> list[tuple[int, int]]:
    """Code-point spans at which `entry` matches in `text`, overlapping ones joined."""
    knowledge = knowledge.on(READING if entry.shelf in READING else REVIEWING)
    analysis = knowledge.analyse(text, entry.language)
    matches = analysis.concepts if entry.kind == "concept" else analysis.rules
    number = knowledge.registry.number(entry.id)
    return merge(analysis.span(m.first, m.after) for m in matches if m.entry == number)


def _show(text: str, spans: list[tuple[int, int]]) -> str:
    return " + ".join(f"[{text[a:b]}]" for a, b in spans) or "nothing"


def _fault(knowledge: Knowledge, entry: Entry, example: Example, name: str) -> str | None:
    spans = found_spans(knowledge, entry, example.text)
    wanted = list(example.spans)
    if name == "known_miss":
        if spans == wanted:
            return "expected a miss, it is now right: move it to catch or pass"
        return None
    if name == "pass":
        wanted = []
    if spans == wanted:
        return None
    return f"expected {_show(example.text, wanted)}, came {_show(example.text, spans)}"


def check_entry(knowledge: Knowledge, entry: Entry) -> Iterator[str]:
    """Faults of one entry as `file:line: id: example n: expected, came`."""
    for name, examples in (("catch", entry.catches), ("pass", entry.passes), ("known_miss", entry.known_misses)):
        for n, example in enumerate(examples, 1):
            fault = _fault(knowledge, entry, example, name)
            if fault:
                yield f"{entry.file}:{entry.line}: {entry.id}: {name} example {n}: {fault} in {example.text!r}"


def check_content(knowledge: Knowledge, languages: tuple[str, ...] = LANGUAGES) -> list[str]:
    """Every fault of the loaded content: of its form first, then of its examples."""
    faults = list(knowledge.content.faults)
    for language in languages:
        for entry in knowledge.content.entries[language].values():
            faults.extend(check_entry(knowledge, entry))
    return faults


def count(knowledge: Knowledge, language: str) -> Counts:
    """Entries, terms and examples of one language."""
    entries = knowledge.content.entries[language].values()
    return Counts(
        entries=len(entries),
        terms=sum(len(e.terms) for e in entries),
        catches=sum(len(e.catches) for e in entries),
        near_misses=sum(len(e.passes) for e in entries),
        known_misses=sum(len(e.known_misses) for e in entries),
    )
