"""Say what is wrong with a catalogue of messages: gaps, lost places to be filled in, plural forms, stale files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural

from tools.message_files import SOURCE, compiled, file_of, forms, found, listed, read

TRANSLATED = ("pl", "ru")  # English stands in the code itself
PART = re.compile(r"%\(\w{1,80}\)[a-z]|%%|%[sd](?!\w)|%|\{\w{0,80}\}|</?[a-z][^>]{0,400}>")


def faults(language: str, source: Path = SOURCE, template: Catalog | None = None) -> list[str]:
    """What is wrong with the catalogue of a language, a line each; nothing is written."""
    catalog, path = read(language, source), file_of(language, source)
    here, wanted = listed(catalog), listed(template or found(source))
    told = [
        f"new in {message.locations[0][0]}: {k[0]!r} (run extract)" for k, message in wanted.items() if k not in here
    ]
    told += [f"used no longer: {k[0]!r} (run extract)" for k in here if k not in wanted]
    told += [f"fuzzy: {k[0]!r}" for k, message in here.items() if message.fuzzy]
    if language in TRANSLATED:
        told += [f"{why}: {k[0]!r}" for k, message in here.items() for why in wrong(message, language)]
    binary = path.with_suffix(".mo")
    if not binary.exists() or binary.read_bytes() != compiled(catalog):
        told.append(f"{binary.name} is not made from this file (run compile)")
    return [f"{path.relative_to(source)}: {why}" for why in told]


def wrong(message: Message, language: str) -> Iterator[str]:
    """What is wrong with a translation."""
    plural = get_plural(language)
    texts, ids = forms(message), (message.id,) if isinstance(message.id, str) else tuple(message.id)
    if not all(text.strip() for text in texts):
        yield "no translation"
        return
    if len(texts) != (plural.num_plurals if message.pluralizable else 1):
        yield f"{len(texts)} plural forms instead of {plural.num_plurals}"
    may = frozenset().union(*map(parts, ids))
    for number, text in enumerate(texts):
        must = frozenset() if message.pluralizable and for_one_alone(language, number) else parts(ids[-1])
        if not must <= parts(text) <= may:
            yield f"{' '.join(sorted(may))} became {' '.join(sorted(parts(text))) or 'nothing'}"
        if edges(text) != edges(ids[0]):
            yield "space at the edge is not as in the original"


def for_one_alone(language: str, form: int) -> bool:
    """Whether a plural form stands beside the number 1 only, and may leave it out; in Russian it serves 21 too."""
    return form == 0 and language != "ru"


def edges(text: str) -> tuple[str, str]:
    """The white space before and after a text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def parts(text: str) -> frozenset[str]:
    """What a translation has to keep: places to be filled in, and tags."""
    return frozenset(PART.findall(text))
