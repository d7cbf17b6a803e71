"""The words by which mail shows what is quoted, greeting and signature, compiled once from the content tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zgoda.errors import ContentError

LISTS = (
    "greetings", "greetings_to", "closings", "thanks", "devices", "disclaimers", "postscripts", "wrote", "wrote_marks",
    "written_by", "attribution_starts", "separators", "lead_ins", "quote_ends", "reply_above",
)  # fmt: skip
FIELDS = ("from", "sent", "to", "cc", "subject", "reply_to")

_GAP = r"[ \t\xa0\u200b]{1,3}"
_NEVER = "(?!)"
_LINE_START = r"[\s>*\u200b]{0,6}"
_RULE = r"[-_=*#—–]{2,60}"


@dataclass(frozen=True, slots=True)
class MailMarkers:
    """Compiled patterns; each is matched at the start of a line except where its name says otherwise.

    `fields` has one group for each kind of header field, `wrote_end` and `wrote_mark_end` are searched at the end of a
    line, `closing_inside` after the end of a sentence.
    """

    greeting: re.Pattern[str]
    greeting_to: re.Pattern[str]
    closing: re.Pattern[str]
    closing_inside: re.Pattern[str]
    thanks: re.Pattern[str]
    device: re.Pattern[str]
    disclaimer: re.Pattern[str]
    postscript: re.Pattern[str]
    wrote_end: re.Pattern[str]
    wrote_mark_end: re.Pattern[str]
    written_by: re.Pattern[str]
    attribution_start: re.Pattern[str]
    separator: re.Pattern[str]
    quote_end: re.Pattern[str]
    field: re.Pattern[str]
    fields_inside: re.Pattern[str]

    @classmethod
    def of(cls, tables: Iterable[Mapping[str, object]]) -> MailMarkers:
        """Compile the parsed `mail.toml` of all languages together: a Polish customer answers an English program.

        Raises `ContentError` with all faults: a list that is unknown, or holds something else than phrases.
        """
        lists, fields = _collect(tables)
        groups = "|".join(f"(?P<{kind}>{_any(fields[kind])})" for kind in FIELDS)
        colon = r"[ \t\xa0*]{0,3}:"
        heads = f"{_LINE_START}{_RULE}\\s{{0,3}}(?:{_any(lists['separators'])})[^\\n]{{0,80}}\\Z"
        leads = f"{_LINE_START}(?:{_any(lists['lead_ins'])})\\s{{0,3}}:?\\s{{0,3}}\\Z"
        above = f"[^\\w\\n]{{0,20}}(?:{_any(lists['reply_above'])})"
        return cls(
            greeting=_start(lists["greetings"]),
            greeting_to=_start(lists["greetings_to"]),
            closing=_start(lists["closings"]),
            closing_inside=_compiled(rf"(?<=[.!?…)])\s{{1,3}}(?=(?:{_any(lists['closings'])}))"),
            thanks=_start(lists["thanks"]),
            device=_start(lists["devices"]),
            disclaimer=_start(lists["disclaimers"]),
            postscript=_start(lists["postscripts"]),
            wrote_end=_compiled(rf"(?<![^\W_])(?:{_any(lists['wrote'] + lists['wrote_marks'])})\s{{0,3}}:\s{{0,3}}\Z"),
            wrote_mark_end=_compiled(rf"(?<![^\W_])(?:{_any(lists['wrote_marks'])})\s{{0,3}}:\s{{0,3}}\Z"),
            written_by=_start(lists["written_by"]),
            attribution_start=_start(lists["attribution_starts"]),
            separator=_compiled(f"{heads}|{leads}|{above}"),
            quote_end=_compiled(f"{_LINE_START}{_RULE}\\s{{0,3}}(?:{_any(lists['quote_ends'])})"),
            field=_compiled(f"{_LINE_START}(?:{groups}){colon}"),
            fields_inside=_compiled(rf"(?<![^\s*])(?:{groups}){colon}"),
        )


def _collect(tables: Iterable[Mapping[str, object]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The lists of all tables together, checked."""
    lists: dict[str, list[str]] = {name: [] for name in LISTS}
    fields: dict[str, list[str]] = {kind: [] for kind in FIELDS}
    faults: list[str] = []
    for table in tables:
        for name, value in table.items():
            if name == "fields" and isinstance(value, Mapping):
                for kind, words in value.items():
                    _add(fields, str(kind), words, faults)
            else:
                _add(lists, name, value, faults)
    if faults:
        raise ContentError(faults)
    return lists, fields


def _add(into: dict[str, list[str]], name: str, value: object, faults: list[str]) -> None:
    """Add the phrases of one list, or a fault."""
    if name not in into:
        faults.append(f"mail.toml: {name}: expected one of {', '.join(into)}")
    elif not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        faults.append(f"mail.toml: {name}: expected a list of phrases")
    else:
        into[name].extend(value)


def _phrase(words: str) -> str:
    """A phrase as a pattern: any apostrophe, any short gap, `ё` also as `е`, and no word begun in its middle."""
    text = _GAP.join(re.escape(word) for word in words.split())
    text = text.replace("'", "['’ʼ]").replace("ё", "[её]").replace("Ё", "[ЕЁ]")
    return text + (r"(?!\w)" if words.strip()[-1].isalnum() else "")


def _any(phrases: list[str]) -> str:
    """One of the phrases, the longer first; never, if there are none."""
    return "|".join(_phrase(words) for words in sorted(set(phrases), key=lambda p: (-len(p), p))) or _NEVER


def _start(phrases: list[str]) -> re.Pattern[str]:
    """One of the phrases at the start of a line."""
    return _compiled(f"{_LINE_START}(?:{_any(phrases)})")


def _compiled(pattern: str) -> re.Pattern[str]:
    """Without regard to case."""
    return re.compile(pattern, re.IGNORECASE)
