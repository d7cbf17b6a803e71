"""The phrase bank: ready wording for the step that is due, only such as can be said to this customer with certainty."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from zgoda.errors import ContentError, InputError
from zgoda.guidance.phrase import KEYS, Phrase, parse_phrase
from zgoda.guidance.render import Said, render
from zgoda.guidance.slots import Unfit, saying
from zgoda.naming import NameBook
from zgoda.values import CHANNELS
from zgoda.values.guidance import Context, Suggestion

_TABLE = "phrases"
_SETTINGS = ("groups", "calendar", "defaults", "policy")
_FEW = 2  # made for one kind of channel: phone and face to face, chat and messenger
_NONE = Context()


class PhraseBank:
    """The phrases of all languages, in the order of the content."""

    def __init__(
        self, phrases: Mapping[str, tuple[Phrase, ...]], tables: Mapping[str, Mapping[str, Any]], names: NameBook
    ) -> None:
        self._phrases = phrases
        self._tables = tables
        self._names = names

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, Any]]) -> PhraseBank:
        """From the tables of the content, `{language: {"phrases": ..., "first_names": ...}}`.

        Raises ContentError with every fault: language, id, what was expected.
        """
        own = {lang: found[_TABLE] for lang, found in tables.items() if _TABLE in found}
        faults: list[str] = []
        phrases = {lang: tuple(_read(lang, table, faults)) for lang, table in own.items()}
        if faults:
            raise ContentError(faults)
        return cls(phrases, own, NameBook.of(tables))

    def phrases(self, language: str, key: str | None = None) -> tuple[Phrase, ...]:
        """The phrases of a language as they stand in the content, all or those of one stage or rung."""
        return tuple(p for p in self._phrases.get(language, ()) if key in (None, p.stage))

    def choose(
        self,
        stage_or_rung: str,
        *,
        language: str,
        channel: str | None,
        context: Context = _NONE,
        slots: Mapping[str, str] | None = None,
        count: int = 3,
        used: Sequence[str] = (),
        facts: Collection[str] = (),
    ) -> tuple[Suggestion, ...]:
        """The phrases that fit best, at most `count`, the same for the same input.

        `stage_or_rung` is one of KEYS; `used` are ids already said in the conversation, they come last; `facts` are
        conditions known to hold, phrases that need another are left out. A phrase whose gender or case is not certain
        is never among them. Raises InputError for an unknown stage, language or channel.
        """
        _check(stage_or_rung, language, channel, self._phrases)
        table = self._tables[language]
        to = saying(language, channel, context, slots or {}, self._names, table)
        lower = channel in table.get("policy", {}).get("lower_you", ())
        holds = {*facts, *_known(context)}
        ranked = []
        for place, phrase in enumerate(self.phrases(language, stage_or_rung)):
            if (channel is not None and channel not in phrase.channels) or not holds.issuperset(phrase.needs):
                continue
            try:
                said = render(phrase.text, to, lower_you=lower)
            except Unfit:
                continue
            suggestion = Suggestion(phrase.id, said.text, said.open_slots, phrase.rows[0])
            ranked.append((_rank(phrase, said, channel, used), place, suggestion))
        return tuple(suggestion for _, _, suggestion in sorted(ranked, key=lambda row: row[:2])[:count])


def _read(language: str, table: Mapping[str, Any], faults: list[str]) -> Iterable[Phrase]:
    """The phrases of one table; what is no setting is a phrase by its id."""
    for identity, raw in table.items():
        if identity in _SETTINGS:
            continue
        if not isinstance(raw, Mapping):
            faults.append(f"{language}/tables/{_TABLE}.toml: {identity}: expected a table [{identity}] with text")
            continue
        phrase, wrong = parse_phrase(identity, raw, table.get("groups", {}))
        faults += [f"{language}/tables/{_TABLE}.toml: {identity}: {fault}" for fault in wrong]
        yield phrase


def _known(context: Context) -> Iterable[str]:
    """The conditions that the context itself tells."""
    if context.customer_company:
        yield "business"
    if context.kind == "note":
        yield "note"


def _check(key: str, language: str, channel: str | None, known: Collection[str]) -> None:
    if key not in KEYS:
        raise InputError(f"no such stage or rung: {key!r}; there are {', '.join(KEYS)}")
    if language not in known:
        raise InputError(f"no phrases in language {language!r}; there are {', '.join(sorted(known))}")
    if channel is not None and channel not in CHANNELS:
        raise InputError(f"channel must be one of {', '.join(CHANNELS)} or None, came {channel!r}")


def _rank(phrase: Phrase, said: Said, channel: str | None, used: Sequence[str]) -> tuple[int, ...]:
    """Unused first, then what only now may be said (money for the trouble never first), few open slots, many filled."""
    special = channel is not None and len(phrase.channels) <= _FEW
    return (
        used.count(phrase.id),
        -(bool(phrase.needs) and "compensation" not in phrase.acts),
        len(said.open_slots),
        -said.filled,
        -phrase.whole,
        -len(phrase.acts),
        -special,
    )
