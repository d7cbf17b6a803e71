"""Cut a text into words, numbers, emoji and marks, each with its place in the text as given."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zgoda.text.fold import fold
from zgoda.text.remembered import Remembered

# Invisible characters and combining marks may stand inside a word: people (and pasted mails) put them there.
_INSIDE = r"\u00ad\u0300-\u036f\u0483-\u0489\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_TOKEN = re.compile(
    rf"[^\W_](?:[^\W_{_INSIDE}]|['’ʼ`{_INSIDE}](?=[\w{_INSIDE}]))*+"
    r"|[\u203c\u2049\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\u2B55]"
    r"|\n++|[!?]++|\.++|…|[,;:—–()]|[@#*]"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text as parallel lists; `keys[i]` is the folded form of `texts[i]`.

    The lists may be shared: nobody changes them.
    """

    source: str
    texts: list[str]
    starts: list[int]
    ends: list[int]
    keys: list[str]
    sentences: list[tuple[int, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.texts)


_FOLDED: dict[str, str] = {}
_FOLDED_LIMIT = 200_000
_LONG = 64


def _key(word: str) -> str:
    """Folded form through a bounded memory: the words of a language repeat, floods of nonsense do not."""
    known = _FOLDED.get(word)
    if known is None:
        known = fold(word if len(word) <= _LONG else word[:_LONG])
        if len(_FOLDED) >= _FOLDED_LIMIT:
            _FOLDED.clear()
        _FOLDED[word if len(word) <= _LONG else word[:_LONG]] = known
    return known


def tokenise(text: str) -> Tokens:
    """Cut `text`; words longer than 64 characters are compared by their first 64."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    texts = [text[start:end] for start, end in spans]
    known = _FOLDED.get
    keys = [known(word) or _key(word) for word in texts]
    return Tokens(text, texts, [start for start, _ in spans], [end for _, end in spans], keys)


TEXTS_KEPT = 50_000
"""Code points of the texts that are remembered: a reply is judged, searched for promises and noticed upon in turn."""
_remembered = Remembered(tokenise, TEXTS_KEPT)


def tokens_of(text: str) -> Tokens:
    """The tokens of a text that several rooms look at, cut once."""
    return _remembered(text)
