"""The line of what was done and what is to come, as the customer reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.portal.address import Addressed
from zgoda_desk.portal.words import Words

_WAYS = {"phone": "phone", "email": "write", "letter": "write", "sms": "write", "chat": "write"}


@dataclass(frozen=True)
class Step:
    """One stop: `kind` is `past`, `next` or empty; `said` are our own words from the reply, in `language`."""

    title: str
    when: str
    at: datetime
    kind: str = ""
    lines: tuple[str, ...] = ()
    said: str = ""
    language: str = ""


@dataclass(frozen=True)
class Teller:
    """Tells the steps in a language, to somebody addressed in a way, at `now` in the zone of the conversation."""

    words: Words
    called: Addressed
    now: datetime
    changed: frozenset[int] = frozenset()  # promises whose words in the reply no longer hold

    def steps(self, conversation: Conversation, first: Message | None, promises: Sequence[Promise]) -> tuple[Step, ...]:
        """What was read, then every promise in the order of its hour; the first one owed is what comes next."""
        told = [self._read(first)] if first else [self._got(conversation)]
        owed = next((one.pk for one in promises if one.state in ("open", "broken")), None)
        return (*told, *(self._promise(one, next_up=one.pk == owed) for one in promises))

    def _read(self, first: Message) -> Step:
        who = first.person.name_in(self.words.language) if first.person else ""
        at = self._here(first.at, str(self.now.tzinfo))
        return Step(self.words.say("steps.read"), self._moment(at), at, "past", (who,) if who else ())

    def _got(self, conversation: Conversation) -> Step:
        at = self._here(conversation.made_at, str(self.now.tzinfo))
        return Step(self.words.say("steps.got"), self._moment(at), at, "past")

    def _promise(self, one: Promise, *, next_up: bool) -> Step:
        due = self._here(one.due_at, one.zone)
        kept = one.state == "kept"
        when = self.words.moment(due, due_now := self.now.astimezone(due.tzinfo), by=True, whole_day=one.whole_day)
        ended = self._here(one.ended_at, one.zone) if kept and one.ended_at else None
        shown = self.words.say("steps.kept", when=self.words.moment(ended, due_now)) if ended else when
        kind = "past" if kept else "next" if next_up else ""
        said = "" if one.pk in self.changed else visible(one.words)
        return Step(
            self._title(one, over=one.state != "open"), shown, ended or due, kind,
            tuple(self._lines(one, when)), said, one.conversation.language,
        )  # fmt: skip

    def _title(self, one: Promise, *, over: bool) -> str:
        way = _WAYS.get(one.channel)
        if way is None:
            return self.words.say("steps.other")
        if over:
            return self.words.say(f"steps.{way}_over")
        first = _first(one.owner, self.words.language)
        return self.words.say(f"steps.{way}" if first else f"steps.{way}_bare", first=first, **self.called.slots)

    def _lines(self, one: Promise, when: str) -> list[str]:
        lines = []
        if one.state == "broken":
            lines.append(self.words.say("steps.broken", when=when))
        if one.state == "kept" and one.ended_at and one.ended_at > one.due_at:
            lines.append(self.words.say("steps.kept_late", when=when))
        wish = self._wish(one) if one.state != "kept" else ""
        return [*lines, wish] if wish else lines

    def _wish(self, one: Promise) -> str:
        if one.customer_wish.get("kind") == "writing":
            return self._gendered("steps.only_writing")
        at = one.customer_wish.get("at_time")
        if not at:
            return ""
        there = self._here(datetime.fromisoformat(at), one.zone)
        return self._gendered("steps.other_time", when=self._moment(there))

    def _gendered(self, key: str, **slots: str) -> str:
        own = f"{key}_{self.called.gender}"
        return self.words.say(own if self.words.has(own) else key, **slots)

    def _moment(self, at: datetime) -> str:
        return self.words.moment(at, self.now.astimezone(at.tzinfo))

    def _here(self, at: datetime, zone: str) -> datetime:
        return at.astimezone(ZoneInfo(zone))


def _first(person: Person | None, language: str) -> str:
    """The first name of whoever promised, in the script of the language."""
    return person.name_in(language).split()[0] if person and person.is_active and person.name.strip() else ""
