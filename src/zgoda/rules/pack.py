"""The shipped content, compiled: what takes seconds to build from TOML is loaded in a fraction of one.

A pack names the digest of the content it was made from; a pack that does not fit the content is not used.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

from zgoda.rules.forms import load_forms
from zgoda.rules.lexicon import Card, Lexicon, Registry, compile_lexicon, disguised_words, set_prefixes
from zgoda.rules.loader import ON_DEMAND, READING, REVIEWING, SHIPPED, Content
from zgoda.rules.trie import Step, add_term
from zgoda.values import LANGUAGES

VERSION = 5
PACKS = {READING: "pack.bin", REVIEWING: "review.bin"}
_GAP = "."
DISGUISED = ("profanity",)


def digest(root: Path = SHIPPED) -> str:
    """Digest of every content file of a folder that is packed, names and bytes."""
    total = hashlib.sha256(str(VERSION).encode())
    for path in sorted(root.rglob("*")):
        if path.suffix in (".toml", ".tsv") and path.parent.name != ON_DEMAND:
            total.update(path.relative_to(root).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def _pack_language(language: str, content: Content, shelves: tuple[str, ...]) -> dict[str, Any]:
    registry = Registry()
    forms = load_forms(language)
    terms: list[str] = []

    def note(trie: int, number: int, steps: list[Step]) -> None:
        rows = [_GAP if s is None else "/".join(map(str, s)) for s in steps]
        terms.append(f"{trie} {number} {' '.join(rows)}")

    entries = content.shelved(language, shelves)
    lexicon = compile_lexicon(language, entries.values(), forms, registry, note)
    rows: dict[tuple[int, ...], int] = {}
    index = {form: rows.setdefault(atoms, len(rows)) for form, atoms in lexicon.forms.items()}
    return {
        "names": registry.names,
        "cards": [[c.id, c.kind, c.level, c.label, c.source, c.file, c.suggestion] for c in lexicon.cards.values()],
        "terms": ";".join(terms),
        "rows": [list(row) for row in rows],
        "forms": " ".join(sorted(index)),
        "of_form": [index[form] for form in sorted(index)],
        "prefixes": {k: list(v) for k, v in lexicon.prefixes.items()},
        "disguised": {c: disguised_words(entries[c], forms) for c in DISGUISED if c in entries},
    }


def write_packs(content: Content, root: Path = SHIPPED) -> list[Path]:
    """Compile the shipped content into two packs a language and one for the tables; returns the paths written."""
    stamp = digest(root)
    common = {"tables": content.tables, "patterns": content.patterns, "sources": content.sources}
    made = {root / "common" / PACKS[READING]: common}
    for shelves, name in PACKS.items():
        made.update({root / lang / name: _pack_language(lang, content, shelves) for lang in LANGUAGES})
    for path, data in made.items():
        raw = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str).encode()
        path.write_bytes(stamp.encode() + b"\n" + zlib.compress(raw, 9))
    return list(made)


def _read(path: Path, stamp: str) -> dict[str, Any] | None:
    try:
        head, body = path.read_bytes().split(b"\n", 1)
        if head.decode("ascii", "replace") != stamp:
            return None
        data = json.loads(zlib.decompress(body))
    except (OSError, ValueError, zlib.error):
        return None
    return data if isinstance(data, dict) else None


def load_common(stamp: str, root: Path = SHIPPED) -> Content | None:
    """Tables, patterns and sources from the pack, None where it is missing or stale; entries are not in it."""
    data = _read(root / "common" / PACKS[READING], stamp)
    if data is None:
        return None
    return Content(tables=data["tables"], patterns=data["patterns"], sources=data["sources"])


def _step(step: str, numbers: list[int]) -> Step:
    """One position of a packed term, with concepts in the numbers of the registry."""
    if step == _GAP:
        return None
    return tuple(n if n >= 0 else -1 - numbers[-1 - n] for n in map(int, step.split("/")))


def load_lexicon(
    language: str, registry: Registry, stamp: str, shelves: tuple[str, ...] = READING, root: Path = SHIPPED
) -> Lexicon | None:
    """The lexicon of one language from its pack, None where the pack is missing or stale."""
    data = _read(root / language / PACKS[shelves], stamp)
    if data is None:
        return None
    lexicon = Lexicon(language, registry)
    numbers = [registry.number(name) for name in data["names"]]
    tries = (lexicon.concepts, lexicon.rules, lexicon.unless)
    for term in data.pop("terms").split(";"):
        trie, entry, *steps = term.split(" ")
        add_term(tries[int(trie)], [_step(step, numbers) for step in steps], numbers[int(entry)])
    rows = [tuple(row) for row in data["rows"]]
    forms = data.pop("forms").split(" ")
    lexicon.forms = {form: rows[i] for form, i in zip(forms, data.pop("of_form"), strict=True)}
    set_prefixes(lexicon, {k: tuple(v) for k, v in data["prefixes"].items()})
    lexicon.cards = {row[0]: Card(*row) for row in data["cards"]}
    lexicon.disguised = {k: (v[0], v[1]) for k, v in data["disguised"].items()}
    return lexicon
