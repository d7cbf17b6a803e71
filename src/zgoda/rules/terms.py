"""Parse the small language in which content writes words and phrases.

A term is a row of positions. A position is `word` (any form), `word*` (prefix), `=word` (this form only), `@concept`
(whatever a concept of the lexicon matches), or several of these joined by `/`; `..` is a gap of zero to three tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zgoda.errors import ZgodaError
from zgoda.text.tokens import tokenise

GAP = ".."
_SPLIT = re.compile(r"[,\n]")


@dataclass(frozen=True, slots=True)
class Atom:
    """One way to fill a position: `kind` is word, prefix, exact or concept; `text` is lower case, accents kept."""

    kind: str
    text: str


Position = tuple[Atom, ...] | None
"""Alternatives of one position; None is a gap."""


class TermError(ZgodaError):
    """A term is written in a way the matcher does not know."""


def _atoms(piece: str) -> list[Atom]:
    """Atoms of one alternative; a hyphenated word gives several positions and is handled by the caller."""
    if piece.startswith("@"):
        return [Atom("concept", piece[1:])]
    kind = "word"
    if piece.startswith("="):
        kind, piece = "exact", piece[1:]
    elif piece.endswith("*"):
        kind, piece = "prefix", piece[:-1]
    tokens = tokenise(piece)
    texts = [text.lower() for text, key in zip(tokens.texts, tokens.keys, strict=True) if key]
    if not texts:
        return []  # a lone sign such as "&": people leave it out as often as not
    whole = [Atom("exact" if kind == "prefix" else kind, text) for text in texts[:-1]]
    return [*whole, Atom(kind, texts[-1])]


def parse_term(term: str) -> tuple[Position, ...]:
    """Positions of one term, none for a lone sign such as "&"; raises TermError with what is wrong."""
    positions: list[Position] = []
    for piece in term.split():
        if piece == GAP:
            if not positions or positions[-1] is None:
                raise TermError(f"a gap '..' needs a word before it: {term!r}")
            positions.append(None)
            continue
        alternatives = [_atoms(alternative) for alternative in piece.split("/") if alternative]
        if not alternatives:
            raise TermError(f"an empty alternative in {term!r}")
        if alternatives == [[]]:
            continue
        if all(len(a) == 1 for a in alternatives):
            positions.append(tuple(a[0] for a in alternatives))
        elif len(alternatives) == 1:
            positions.extend((atom,) for atom in alternatives[0])
        else:
            raise TermError(f"a hyphenated word cannot be an alternative: {piece!r}")
    if positions and positions[-1] is None:
        raise TermError(f"a term must end with a word: {term!r}")
    return tuple(positions)


def split_terms(block: str) -> list[str]:
    """The terms of a content block: separated by commas or line ends."""
    return [term.strip() for term in _SPLIT.split(block) if term.strip()]
