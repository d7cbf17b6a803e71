"""The company's own rules and phrases: listed, tried with their examples, kept and taken away."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from zgoda.errors import ZgodaError
from zgoda.guidance.phrase import parse_phrase
from zgoda.model.knowledge import build_knowledge
from zgoda.reading.examples import check_entry
from zgoda.values import LANGUAGES
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations import engine, own_files
from zgoda_desk.conversations.overlay import folder
from zgoda_desk.lib import tokens

SHELVES = ("review", "rules")  # what bears on our replies, and on customers' messages
_ID = re.compile(r"own-[a-z0-9]{1,40}")
_writing = Lock()


@dataclass(frozen=True)
class OwnRule:
    """A rule of the company: `label` such as `findings:jargon`; examples mark what must be caught in brackets."""

    language: str
    label: str
    gloss: str
    terms: str
    catch: tuple[str, ...]
    let_pass: tuple[str, ...]
    unless: str = ""
    suggestion: str = ""
    id: str = ""

    @property
    def shelf(self) -> str:
        """The folder it stands in: that of replies for findings, else that of messages."""
        return SHELVES[0] if self.label.startswith("findings:") else SHELVES[1]


@dataclass(frozen=True)
class OwnPhrase:
    """A phrase of the company for a stage or rung, with slots such as `{agent}`."""

    language: str
    stage: str
    text: str
    channels: tuple[str, ...]
    id: str = ""


def rules() -> list[OwnRule]:
    """All own rules that the desk wrote. Raises NotReadable."""
    found = []
    for language in LANGUAGES:
        for shelf in SHELVES:
            for raw in own_files.read(_file(language, shelf)).get("rule", ()):
                found.append(_rule(language, raw))
    return found


def phrases() -> list[OwnPhrase]:
    """All own phrases that the desk wrote. Raises NotReadable."""
    return [
        OwnPhrase(language, str(raw.get("stage", "")), str(raw.get("text", "")), tuple(raw.get("channels", ())), name)
        for language in LANGUAGES
        for name, raw in own_files.read(_phrases_of(language)).items()
        if _ID.fullmatch(name) and isinstance(raw, dict)
    ]


def faults_of(rule: OwnRule) -> list[str]:
    """What is wrong with a rule, in words and each with its place; its examples are run on the whole content."""
    rule = rule if rule.id else replace(rule, id="own-new")
    try:
        with _tried() as root:
            _put_rule(rule, root)
            knowledge = build_knowledge((str(root),))
            entry = knowledge.content.entries[rule.language][rule.id]
            return [_short(fault, rule.id) for fault in check_entry(knowledge, entry)]
    except (ZgodaError, own_files.NotReadable) as error:
        return [_short(line, rule.id) for line in str(error).splitlines() if line.strip()]


def faults_of_phrase(phrase: OwnPhrase) -> list[str]:
    """What is wrong with a phrase: an unknown slot, a bracket that does not pair, a file that cannot be read."""
    try:
        own_files.read(_phrases_of(phrase.language))
    except own_files.NotReadable as error:
        return [str(error)]
    shipped = engine.engine().knowledge.content.tables[phrase.language]["phrases"]
    _parsed, faults = parse_phrase(phrase.id or "own-new", _raw_phrase(phrase), shipped.get("groups", {}))
    return faults


def keep_rule(actor: Person, rule: OwnRule, now: datetime) -> OwnRule:
    """Keep a rule that has no faults, under its id or a new one; the engine takes it up by itself."""
    kept = rule if _ID.fullmatch(rule.id) else replace(rule, id=_new_id())
    with _writing:
        _drop_rule(kept.id)
        _put_rule(kept, folder())
    record("content.rule", actor=actor.pk, object_type="content", object_id=kept.id, now=now, label=kept.label)
    return kept


def keep_phrase(actor: Person, phrase: OwnPhrase, now: datetime) -> OwnPhrase:
    """Keep a phrase that has no faults, under its id or a new one."""
    kept = phrase if _ID.fullmatch(phrase.id) else replace(phrase, id=_new_id())
    with _writing:
        _drop_phrase(kept.id)
        table = own_files.read(_phrases_of(kept.language))
        own_files.write(_phrases_of(kept.language), table | {kept.id: _raw_phrase(kept)})
    record("content.phrase", actor=actor.pk, object_type="content", object_id=kept.id, now=now, stage=kept.stage)
    return kept


def drop(actor: Person, identity: str, now: datetime) -> bool:
    """Take an own rule or phrase away; False where there is none of this id."""
    if not _ID.fullmatch(identity):
        return False
    with _writing:
        gone = _drop_rule(identity) | _drop_phrase(identity)
    if gone:
        record("content.dropped", actor=actor.pk, object_type="content", object_id=identity, now=now)
    return gone


@contextmanager
def _tried() -> Iterator[Path]:
    """A copy of the company's content in which something can be tried."""
    with tempfile.TemporaryDirectory(prefix="zgoda-content-") as made:
        root = Path(made) / "own"
        if folder().is_dir():
            shutil.copytree(folder(), root, ignore=shutil.ignore_patterns(".*"))
        root.mkdir(exist_ok=True)
        yield root


def _put_rule(rule: OwnRule, root: Path) -> None:
    name = _file(rule.language, rule.shelf)
    others = [raw for raw in own_files.read(name, root).get("rule", ()) if raw.get("id") != rule.id]
    own_files.write(name, {"rule": [*others, _raw_rule(rule)]}, root)


def _drop_rule(identity: str) -> bool:
    gone = False
    for language in LANGUAGES:
        for shelf in SHELVES:
            name = _file(language, shelf)
            table = own_files.read(name)
            left = [raw for raw in table.get("rule", ()) if raw.get("id") != identity]
            if len(left) != len(table.get("rule", ())):
                own_files.write(name, {"rule": left} if left else {})
                gone = True
    return gone


def _drop_phrase(identity: str) -> bool:
    gone = False
    for language in LANGUAGES:
        table = own_files.read(_phrases_of(language))
        if table.pop(identity, None) is not None:
            own_files.write(_phrases_of(language), table)
            gone = True
    return gone


def _raw_rule(rule: OwnRule) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "id": rule.id, "gloss": rule.gloss, "label": rule.label, "level": "decide", "source": "own",
        "terms": rule.terms, "catch": list(rule.catch), "pass": list(rule.let_pass),
    }  # fmt: skip
    return raw | {name: value for name, value in (("unless", rule.unless), ("suggestion", rule.suggestion)) if value}


def _rule(language: str, raw: dict[str, Any]) -> OwnRule:
    return OwnRule(
        language=language, label=str(raw.get("label", "")), gloss=str(raw.get("gloss", "")),
        terms=str(raw.get("terms", "")), catch=tuple(map(str, raw.get("catch", ()))),
        let_pass=tuple(map(str, raw.get("pass", ()))), unless=str(raw.get("unless", "")),
        suggestion=str(raw.get("suggestion", "")), id=str(raw.get("id", "")),
    )  # fmt: skip


def _raw_phrase(phrase: OwnPhrase) -> dict[str, Any]:
    return {"stage": phrase.stage, "text": phrase.text, "channels": list(phrase.channels), "rows": ["own"]}


def _file(language: str, shelf: str) -> str:
    return f"{language}/{shelf}/desk.toml"


def _phrases_of(language: str) -> str:
    return f"{language}/tables/phrases.toml"


def _new_id() -> str:
    return f"own-{tokens.plain(10)}"


def _short(fault: str, identity: str) -> str:
    """The fault without file, line and id, which say nothing to whoever filled in a form."""
    return fault.split(f"{identity}: ", 1)[-1].strip()
