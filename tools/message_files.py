"""The desk's catalogues of messages: what stands in code and templates, and the files with its translations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "zgoda_desk"
LANGUAGES = ("en", "pl", "ru")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = {".html", ".txt", ".xml"}
# The headers want dates; a moving one would change files that did not change.
SETTLED = datetime(2026, 1, 1, tzinfo=UTC)
Key = tuple[str, str | None]


class Steady(Catalog):
    """A catalogue whose headers change only when it does: no date of today in them, no version of a tool."""

    def __init__(self, language: str) -> None:
        super().__init__(locale=language, project="Zgoda", version="desk", fuzzy=False)
        self.creation_date = self.revision_date = SETTLED
        self.last_translator = self.language_team = self.msgid_bugs_address = ""
        self.header_comment = f"# Messages of the desk ({language}). After an edit: python -m tools.messages compile"

    @property  # type: ignore[misc]  # nobody sets them
    def mime_headers(self) -> list[tuple[str, str]]:
        """The headers, those apart that tell of the tool or say nothing."""
        return [(name, value) for name, value in super().mime_headers if value and name != "Generated-By"]


def found(source: Path = SOURCE) -> Catalog:
    """The messages that stand in code and templates, without translations."""
    catalog = Catalog()
    for path in sorted(source.rglob("*")):
        if path.suffix in TEMPLATES or (path.suffix == ".py" and "migrations" not in path.parts):
            place = str(path.relative_to(source))
            for line, text, comments, context in messages_of(path):
                catalog.add(text, locations=[(place, line)], auto_comments=comments, context=context)
    return catalog


def messages_of(path: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    """Line, text (or singular and plural), comments for translators, and context of each message in a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in TEMPLATES:  # Django makes Python of a template, line by line, but leaves its indentation
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    yield from extract("python", BytesIO(text.encode()), KEYWORDS, ("Translators:",), strip_comment_tags=True)


def file_of(language: str, source: Path = SOURCE) -> Path:
    """Where the catalogue of a language lies; its compiled form lies beside it."""
    return source / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str, source: Path = SOURCE) -> Catalog:
    """The catalogue of a language as it is on the disk; an empty one where there is none."""
    catalog, path = Steady(language), file_of(language, source)
    if path.exists():
        with path.open("rb") as file:
            there = read_po(file, locale=language, abort_invalid=True)
        catalog.obsolete.update(there.obsolete)
        for message in listed(there).values():
            catalog[message.id] = message
    return catalog


def key(message: Message) -> Key:
    """What a message is known by: its singular and its context."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def listed(catalog: Catalog) -> dict[Key, Message]:
    """The messages of a catalogue by their keys, without the header."""
    return {key(message): message for message in catalog if message.id}


def merged(template: Catalog, old: Catalog) -> Catalog:
    """The messages of the template with the translations there are; what is used no longer is kept as obsolete."""
    new = Steady(str(old.locale))
    had = {**{key(message): message for message in old.obsolete.values()}, **listed(old)}
    for message in listed(template).values():
        before = had.pop(key(message), None)
        new.add(
            message.id,
            string=before.string if before and before.pluralizable == message.pluralizable else None,
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before else (),
            context=message.context,
        )
    for message in had.values():
        if any(forms(message)):
            new.obsolete[str(key(message))] = message
    return new


def write(language: str, catalog: Catalog, source: Path = SOURCE) -> None:
    """Write the catalogue of a language and its compiled form."""
    path = file_of(language, source)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, sort_by_file=True, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(catalog))


def compiled(catalog: Catalog) -> bytes:
    """The compiled form of a catalogue; equal catalogues give equal bytes."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def forms(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
