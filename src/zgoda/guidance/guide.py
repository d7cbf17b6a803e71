"""Where a conversation stands after each turn, and what is due next: the protocol followed over observed turns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple, Protocol

from zgoda.guidance.cues import CueBook
from zgoda.guidance.observe import Observer
from zgoda.guidance.tension import STEADY, Thermometer, Trend
from zgoda.guidance.turns import CustomerTurn, Observed
from zgoda.protocol import Machine, State, load_protocol
from zgoda.values import ACTS, CHANNELS, LANGUAGES, Context, Guidance, Reading, Suggestion
from zgoda.values.labels import RUNGS

_NOBODY_CONTEXT = Context()
_TOLD_BY_PEOPLE = {"decide": "decide", "findings": "decided", "learn": "learn"}  # Context.stage to the event it is
_PHRASES = 3


class Chooser(Protocol):
    """Chooses ready wording; `PhraseBank.choose` is one. Keys are stages, rungs, safety states and `refusal`."""

    def __call__(
        self, key: str, /, *, language: str, channel: str | None, context: Context, count: int, facts: Collection[str]
    ) -> tuple[Suggestion, ...]:
        """At most `count` phrases for a key, none where the language has none; `facts` are those of the state."""
        ...


class _Step(NamedTuple):
    """Where a conversation stands after one turn, before it is put into words."""

    state: State
    trend: Trend
    why: tuple[str, ...]
    language: str | None
    last: CustomerTurn | None


class Guide:
    """Follows conversations; built once from content, holds nothing of any conversation."""

    def __init__(
        self, machine: Machine, cues: CueBook, table: Mapping[str, Any], choose: Chooser | None = None
    ) -> None:
        self.machine = machine
        self._cues = cues
        self._thermometer = Thermometer(table["tension"])
        self._observer = Observer(table["observing"], machine.protocol.events["agent"])
        self._choose = choose

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, Any]], choose: Chooser | None = None) -> Guide:
        """From the tables of the content by language (`Knowledge.content.tables`); raises ContentError."""
        table = tables["common"]["protocol"]
        return cls(Machine(load_protocol(table)), CueBook.of(tables), table, choose)

    def without_phrases(self) -> Guide:
        """The same guide that proposes no wording: only the step that is due is wanted."""
        silent = copy(self)
        silent._choose = None
        return silent

    def hear(self, text: str, reading: Reading) -> CustomerTurn:
        """A customer's turn as observed: its reading with the cues of its words."""
        return CustomerTurn(reading, self._cues.cues(text, reading), text)

    def guide(
        self,
        turns: Sequence[Observed],
        context: Context = _NOBODY_CONTEXT,
        *,
        language: str | None = None,
        lapsed: bool = False,
    ) -> tuple[Guidance, ...]:
        """One answer a turn, the last one for now; total on any transcript.

        `language` is that of the phrases where no customer's turn tells; `lapsed` says that the promise of a time has
        run out by now. What people say of the stage (`context.stage`) bears on the last answer.
        """
        return tuple(self._lines(turns, context, language, lapsed))

    def state(
        self, turns: Sequence[Observed], context: Context = _NOBODY_CONTEXT, *, language: str | None = None
    ) -> State:
        """The state of the protocol after the last turn, for the commands to us; the start where nobody spoke."""
        state = self.machine.start(context.channel, () if context.colleague_available else ("nobody",))
        for step in self._steps(turns, context, language, lapsed=False):
            state = step.state
        return state

    def _lines(
        self, turns: Sequence[Observed], context: Context, language: str | None, lapsed: bool
    ) -> Iterator[Guidance]:
        for step in self._steps(turns, context, language, lapsed=lapsed):
            yield self._answer(step.state, step.trend, step.why, context, step.language, step.last)

    def _steps(
        self, turns: Sequence[Observed], context: Context, language: str | None, *, lapsed: bool
    ) -> Iterator[_Step]:
        state = self.machine.start(context.channel, () if context.colleague_available else ("nobody",))
        heard: list[CustomerTurn] = []
        trend, asked = STEADY, False
        for number, turn in enumerate(turns):
            if isinstance(turn, CustomerTurn):
                heard = [*heard[-self._thermometer.rises :], turn]
                trend = self._thermometer.trend(heard)
                events = self._observer.customer(turn, trend, asked=asked)
                language = turn.reading.language if turn.reading.language in LANGUAGES else language
            else:
                events = self._observer.agent(turn, state)
                asked = "invite" in turn.acts
            if number == len(turns) - 1:
                events += self._of_people(context, lapsed)
            state, why = self.machine.turn(state, events)
            yield _Step(state, trend, why, language, heard[-1] if heard else None)

    def _of_people(self, context: Context, lapsed: bool) -> list[str]:
        said = _TOLD_BY_PEOPLE.get(context.stage or "")
        return [*(["promise_lapsed"] if lapsed else []), *([said] if said else [])]

    def _answer(
        self,
        state: State,
        trend: Trend,
        why: Iterable[str],
        context: Context,
        language: str | None,
        last: CustomerTurn | None,
    ) -> Guidance:
        severe = state.safety != "none"
        return Guidance(
            stage=state.stage,
            ladder=state.ladder,
            safety=state.safety,
            tension=trend.tension,
            tension_words=trend.words,
            done=tuple(act for act in ACTS if act in state.done),
            missing=self.missing(state),
            forbidden=self.forbidden(state),
            phrases=self._phrases(state, context, language),
            why=self._why(state, why),
            alarm=severe or (trend.rises_again and not (last is not None and last.cues.cools)),
        )

    def missing(self, state: State) -> tuple[str, ...]:
        """The acts still owed: of the stage unless safety stops the script, and of the open rung."""
        due = self.machine.protocol.due
        stage = () if due["safety"][state.safety].stops else self.machine.owed(state, due["stage"][state.stage])
        owed = {act for act in stage if act not in state.fresh}
        owed |= {act for act in due["ladder"][state.ladder].owed if act not in state.on_rung}
        return tuple(act for act in ACTS if act in owed)

    def forbidden(self, state: State) -> tuple[str, ...]:
        """The standing bans, those not yet lifted, those of stage and safety, and every rung after the open one."""
        protocol = self.machine.protocol
        bans = [*protocol.always, *(name for name, _ in protocol.until if not self.machine.holds(state, name))]
        for table, name in (("stage", state.stage), ("ladder", state.ladder), ("safety", state.safety)):
            bans += protocol.due[table][name].forbidden
        if state.ladder != RUNGS[0]:
            bans += RUNGS[RUNGS.index(state.ladder) + 1 :]
        return tuple(dict.fromkeys(bans))

    def _why(self, state: State, moved: Iterable[str]) -> tuple[str, ...]:
        due = self.machine.protocol.due
        standing = [due["safety"][state.safety].rows, due["ladder"][state.ladder].rows, due["stage"][state.stage].rows]
        return tuple(dict.fromkeys([*(row for rows in standing for row in rows), *moved]))

    def _phrases(self, state: State, context: Context, language: str | None) -> tuple[Suggestion, ...]:
        """Wording for what is due first: safety, then the open rung, then the stage; nothing after a release."""
        if self._choose is None or language not in LANGUAGES:
            return ()
        channel = context.channel if context.channel in CHANNELS else None
        found: list[Suggestion] = []
        for key in self._keys(state):
            found += self._choose(
                key, language=language, channel=channel, context=context, count=_PHRASES, facts=state.facts
            )
        return tuple(found)

    def _keys(self, state: State) -> list[str]:
        """What wording is due for, in order."""
        if state.ladder == "release" and "release" in state.on_rung:
            return []
        due = self.machine.protocol.due["ladder"][state.ladder]
        if state.safety == "self_harm" or (state.safety == "threat" and state.ladder != "release"):
            return [state.safety] if state.ladder == RUNGS[0] else [state.safety, state.ladder]
        if any(act not in state.on_rung for act in due.owed):
            return [state.ladder]
        return [state.stage, "refusal"] if "refused" in state.facts else [state.stage]
