"""Lays a company's own entries over a packed lexicon, so that nothing shipped is compiled anew for a few rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from zgoda.errors import ContentError
from zgoda.rules.lexicon import Lexicon, Registry, compile_lexicon, set_prefixes, words_to_expand
from zgoda.rules.loader import SHIPPED
from zgoda.rules.schema import Entry
from zgoda.rules.trie import Step, add_term


def lay_over(lexicon: Lexicon, entries: Iterable[Entry], registry: Registry) -> bool:
    """Add entries to a lexicon that came from its pack and was not asked yet; False (and no change) where one of
    them stands in for a shipped entry: then everything must be compiled together.
    """
    own = list(entries)
    if any(entry.id in lexicon.cards for entry in own):
        return False
    terms: list[tuple[int, int, list[Step]]] = []

    def note(trie: int, number: int, steps: list[Step]) -> None:
        terms.append((trie, number, steps))

    forms = forms_of(lexicon.language, words_to_expand(own))
    small = compile_lexicon(lexicon.language, own, forms, registry, note)
    first = 1 + max(
        (number for row in (*lexicon.forms.values(), *lexicon.prefixes.values()) for number in row), default=-1
    )
    tries = (lexicon.concepts, lexicon.rules, lexicon.unless)
    for trie, number, steps in terms:
        add_term(tries[trie], [_moved(step, first) for step in steps], number)
    for form, atoms in small.forms.items():
        lexicon.forms[form] = (*lexicon.forms.get(form, ()), *(atom + first for atom in atoms))
    prefixes = dict(lexicon.prefixes)
    for text, atoms in small.prefixes.items():
        prefixes[text] = (*prefixes.get(text, ()), *(atom + first for atom in atoms))
    set_prefixes(lexicon, prefixes)
    lexicon.cards.update(small.cards)
    return True


def forms_of(language: str, words: Iterable[str], root: Path = SHIPPED) -> dict[str, list[str]]:
    """The folded forms of some dictionary words, found without reading the whole table into memory."""
    path = root / language / "forms.tsv"
    try:
        text = "\n" + path.read_text(encoding="utf-8") + "\n"
    except OSError as error:
        raise ContentError([f"{language}/forms.tsv:1: the table of word forms is missing: {error}"]) from error
    found: dict[str, list[str]] = {}
    for word in words:
        row = re.search(rf"\n{re.escape(word)}\t([^\n]*)\n", text)
        if row:
            found[word] = row[1].split(" ")
    return found


def _moved(step: Step, by: int) -> Step:
    """A position with its words counted on from those of the lexicon; concepts have the numbers of the registry."""
    return None if step is None else tuple(atom + by if atom >= 0 else atom for atom in step)
