"""The tables of word forms that were made from morphological dictionaries at build time."""

from __future__ import annotations

from pathlib import Path

from zgoda.errors import ContentError
from zgoda.rules.loader import SHIPPED


def load_forms(language: str, root: Path = SHIPPED) -> dict[str, list[str]]:
    """Map a dictionary word to its folded forms; a missing table is an error, an unknown word simply has no row."""
    path = root / language / "forms.tsv"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ContentError([f"{language}/forms.tsv:1: the table of word forms is missing: {error}"]) from error
    forms: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        word, tab, rest = line.partition("\t")
        if not tab:
            place = f"{language}/forms.tsv:{number}"
            raise ContentError([f"{place}: expected a word, a tab and its forms, came {line!r:.60}"])
        forms[word] = rest.split(" ")
    return forms
