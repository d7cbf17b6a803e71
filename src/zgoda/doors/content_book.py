"""One view of all content for the commands that show it: entries of lexicons and rules, and fact patterns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from zgoda.model.knowledge import Knowledge
    from zgoda.practice.load import Cast
    from zgoda.reading.pattern_examples import PatternBook
    from zgoda.rules.schema import Entry

KINDS = ("concept", "rule", "pattern")
_NEAR = 5


class Row(NamedTuple):
    """One line of the list."""

    id: str
    language: str
    kind: str
    level: str
    label: str
    gloss: str


class Tally(NamedTuple):
    """How much content one language has."""

    entries: int
    terms: int
    examples: int
    near_misses: int
    known_misses: int


@dataclass
class ContentBook:
    """All content, faulty or not; patterns are built when they are first asked for."""

    knowledge: Knowledge
    _patterns: dict[str, PatternBook]

    def parts(self, language: str | None) -> tuple[str, ...]:
        """`common` and the languages, or one language alone."""
        from zgoda.reading.pattern_examples import PARTS

        return (language,) if language else PARTS

    def pattern_book(self, part: str) -> PatternBook:
        """The built patterns of a part."""
        from zgoda.reading.pattern_examples import pattern_book

        if part not in self._patterns:
            self._patterns[part] = pattern_book(self.knowledge, part)
        return self._patterns[part]

    def faults(self, language: str | None) -> list[str]:
        """Every fault of form, of the examples, and of the patterns."""
        from zgoda.reading.examples import check_content
        from zgoda.reading.pattern_examples import check_patterns
        from zgoda.values import LANGUAGES

        faults = check_content(self.knowledge, (language,) if language else LANGUAGES)
        if language:
            others = [f"/{each}/" for each in LANGUAGES if each != language]
            faults = [fault for fault in faults if not any(name in fault.partition(":")[0] for name in others)]
        for part in self.parts(language):
            faults += check_patterns(self.pattern_book(part))
        apart = [f"/{each}/" for each in LANGUAGES if language and each != language]
        return faults + [fault for fault in self.cast.faults if not any(name in fault for name in apart)]

    @cached_property
    def cast(self) -> Cast:
        """The customers of practice, faulty or not."""
        from zgoda.practice.load import load_cast

        return load_cast(self.knowledge.content.roots)

    def count(self, part: str) -> Tally:
        """Entries, terms and examples of one part, patterns included (a pattern is its own term)."""
        from zgoda.reading.examples import count
        from zgoda.values import LANGUAGES

        patterns = self.knowledge.content.patterns.get(part, [])
        sums = [len(patterns), len(patterns), *(_examples(patterns, key) for key in ("catch", "pass", "known_miss"))]
        if part in LANGUAGES:
            words = count(self.knowledge, part)
            own = (words.entries, words.terms, words.catches, words.near_misses, words.known_misses)
            sums = [a + b for a, b in zip(sums, own, strict=True)]
        return Tally(*sums)

    def entries(self, identity: str, language: str | None) -> list[Entry]:
        """Entries of lexicons and rules with this id, one for each language that has it."""
        known = self.knowledge.content.entries
        return [known[part][identity] for part in self.parts(language) if identity in known.get(part, {})]

    def patterns(self, identity: str, language: str | None) -> list[tuple[str, Mapping[str, Any]]]:
        """Patterns with this id and the part of the content in which they stand."""
        return [
            (part, raw)
            for part in self.parts(language)
            for raw in self.knowledge.content.patterns.get(part, [])
            if raw.get("id") == identity
        ]

    def near(self, identity: str, language: str | None) -> list[str]:
        """Ids that look like this one."""
        from difflib import get_close_matches

        ids = dict.fromkeys(row.id for row in self.rows(None, language))
        within = [one for one in ids if identity and identity in one]
        return list(dict.fromkeys([*within, *get_close_matches(identity, ids, _NEAR)]))[:_NEAR]

    def rows(self, kind: str | None, language: str | None) -> list[Row]:
        """All entries as lines of a list, by language and kind, then by id."""
        rows = []
        for part in self.parts(language):
            for entry in self.knowledge.content.entries.get(part, {}).values():
                rows.append(Row(entry.id, part, entry.kind, entry.level, entry.label, entry.gloss))
            for raw in self.knowledge.content.patterns.get(part, []):
                told = [str(raw.get(key, "")) for key in ("id", "level", "kind", "gloss")]
                rows.append(Row(told[0], part, "pattern", told[1], f"facts:{told[2]}", told[3]))
        wanted = [row for row in rows if kind in (None, row.kind)]
        order = {part: number for number, part in enumerate(self.parts(language))}
        return sorted(wanted, key=lambda row: (order[row.language], KINDS.index(row.kind), row.id))


def _examples(patterns: list[dict[str, Any]], key: str) -> int:
    return sum(len(raw[key]) for raw in patterns if isinstance(raw.get(key), list))


def open_book(overlays: tuple[str, ...]) -> ContentBook:
    """Load all content, with its faults, without the weights."""
    from zgoda.model.knowledge import build_knowledge

    return ContentBook(build_knowledge(overlays, strict=False), {})
