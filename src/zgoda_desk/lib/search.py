"""Full-text search over ids: the same words found on SQLite (FTS5) and PostgreSQL (tsvector), no SQL from input (T35).

Both get the same tokens, made here: letters and digits without case and marks (Zieliński is zielinski, ё is е). What is
typed is words joined by AND; each finds words that begin with it; one with signs inside (48-20517, a@b.example) finds
its parts side by side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain

from django.db import connection
from django.db.models.expressions import RawSQL

MOST_WORDS = 16_000  # of one text; PostgreSQL knows no places beyond
_MOST_GROUPS = 300
_MOST_TERMS = 12
_LONGEST = 60  # signs of a token
_TOKEN = re.compile(r"[^\W_]++")
_JOINED = re.compile(r"\d(?:[ ()./-]{0,2}\d){5,19}")  # a phone or number written in groups
_ALIKE = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})

MAKE_TABLE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE desk_search USING fts5(words, tokenize='ascii', prefix='2 3', columnsize=0)",
        "INSERT INTO desk_search(desk_search, rank) VALUES ('automerge', 4)",
    ),
    "postgresql": (
        "CREATE TABLE desk_search (id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX desk_search_words ON desk_search USING gin (words)",
    ),
}
FORGET_TABLE = "DROP TABLE IF EXISTS desk_search"
_DELETE = {
    "sqlite": "DELETE FROM desk_search WHERE rowid = %s",
    "postgresql": "DELETE FROM desk_search WHERE id = %s",
}
_INSERT = {
    "sqlite": "INSERT INTO desk_search(rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO desk_search(id, words) VALUES (%s, %s::tsvector)",
}
_FIND = {
    "sqlite": "SELECT rowid FROM desk_search WHERE desk_search MATCH %s",
    "postgresql": "SELECT id FROM desk_search WHERE words @@ %s::tsquery",
}


def folded(text: str) -> str:
    """The text without case, accents and look-alike letters; a Russian ё is an е, a Polish ł an l."""
    small = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE))
    return "".join(char for char in small if not unicodedata.combining(char))


def tokens(text: str) -> list[str]:
    """The words of a text as they are kept and looked for, in order."""
    return [token[:_LONGEST] for token in _TOKEN.findall(folded(text))]


def keep(number: int, texts: Iterable[str]) -> None:
    """Write the words of all texts under an id, in place of what stood there."""
    words = _words(texts)
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(_DELETE[vendor], [number])
        cursor.execute(_INSERT[vendor], [number, " ".join(words) if vendor == "sqlite" else _vector(words)])


def forget(number: int) -> None:
    """Take an id out of the index."""
    with connection.cursor() as cursor:
        cursor.execute(_DELETE[connection.vendor], [number])


def matches(typed: str) -> RawSQL | None:
    """A subquery of the ids whose words match what somebody typed, for `pk__in`; None where no word was typed."""
    terms = [term for term in map(tokens, typed.split()) if term][:_MOST_TERMS]
    if not terms:
        return None
    return RawSQL(_FIND[connection.vendor], [_QUERY[connection.vendor](terms)])


def _words(texts: Iterable[str]) -> list[str]:
    """The tokens of each line once, lines that came before left out, then numbers written in groups as one."""
    seen: set[str] = set()
    groups: dict[str, None] = {}
    words: list[str] = []
    for line in chain.from_iterable(text.splitlines() for text in texts):
        if len(words) >= MOST_WORDS:
            break
        found = tokens(line)
        whole = " ".join(found)
        if whole not in seen:
            seen.add(whole)
            words += found
            groups |= dict.fromkeys("".join(filter(str.isdigit, one)) for one in _JOINED.findall(line))
    return [*words[:MOST_WORDS], *list(groups)[:_MOST_GROUPS]]


def _vector(words: list[str]) -> str:
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words, 1):
        held = places.setdefault(word, [])
        if len(held) < 255:  # PostgreSQL keeps no more for one word
            held.append(str(min(place, 16_383)))
    return " ".join(f"'{word}':{','.join(held)}" for word, held in places.items())


def _for_sqlite(terms: list[list[str]]) -> str:
    return " AND ".join(f'"{" ".join(term)}" *' for term in terms)


def _for_postgresql(terms: list[list[str]]) -> str:
    phrases = (" <-> ".join([*(f"'{word}'" for word in term[:-1]), f"'{term[-1]}':*"]) for term in terms)
    return " & ".join(f"({phrase})" for phrase in phrases)


_QUERY = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}
