"""The steps that the hints lead through, and which of them a visitor has done, by what stands in the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from zgoda.values import Review
from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.actions import OWED
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.workflow.drafts import draft_of
from zgoda_desk.workflow.promises import offered, zone_of

_ENOUGH = 2  # acts in words of one's own
_ASIDE = {"personalise", "regards", "commit"}  # acts that a name, a greeting or the next step of the hints makes
_FILLED = re.compile(r"\{[^{}]*\}")


@dataclass
class Sight:
    """What is looked at: the person, the conversation he was led to, and since when the hints run."""

    person: Person
    conversation: Conversation
    since: datetime
    now: datetime
    done: set[str] = field(default_factory=set)

    @cached_property
    def draft(self) -> str:
        """What he is writing there."""
        kept = draft_of(self.person, self.conversation, "reply")
        return kept.text.strip() if kept else ""

    @cached_property
    def review(self) -> Review | None:
        """The review of it; None while nothing is written."""
        if not self.draft:
            return None
        here = self.now.astimezone(ZoneInfo(zone_of(self.conversation, company())))
        context = engine.context_of(self.conversation, person=self.person, company=company())
        spoken = engine.turns(engine.recent(self.conversation))
        return engine.review(self.draft, spoken, context, self.conversation.language, here)

    @cached_property
    def sent(self) -> Message | None:
        """The last reply sent there since."""
        return self._said(Message.Kind.OURS).last()

    @cached_property
    def answered(self) -> Message | None:
        """What the customer wrote after it."""
        if self.sent is None:
            return None
        return self._said(Message.Kind.CUSTOMER).filter(at__gt=self.sent.at).last()

    @cached_property
    def before(self) -> int | None:
        """The temperature of his last message before it."""
        said = self.conversation.messages.filter(kind=Message.Kind.CUSTOMER, temperature__isnull=False)
        last = said.filter(at__lte=self.sent.at).order_by("at", "id").last() if self.sent else None
        return last.temperature if last else None

    @cached_property
    def promise(self) -> Promise | None:
        """The promise to be kept: the last one made there since (of one reply the earliest), else one still owed."""
        promises = Promise.objects.filter(conversation=self.conversation)
        made = promises.filter(made_at__gte=self.since).order_by("-made_at", "due_at").first()
        return made or promises.filter(state__in=OWED).first()

    @cached_property
    def kept(self) -> bool:
        """Whether one was marked as kept since."""
        return Promise.objects.filter(conversation=self.conversation, state="kept", ended_at__gte=self.since).exists()

    def _said(self, kind: str) -> QuerySet[Message]:
        since = {"at__gte": self.since, "automatic": False}
        return self.conversation.messages.filter(kind=kind, **since).order_by("at", "id")


def _bad(sight: Sight) -> bool:
    return bool(sight.review and any(one.severity == "error" for one in sight.review.findings))


def _mended(sight: Sight) -> bool:
    return "bad" in sight.done and sight.review is not None and not _bad(sight)


def _worded(sight: Sight) -> bool:
    """A phrase stands in the draft, or words of his own that do as much."""
    if sight.review is None or _bad(sight):
        return False
    acts = {one.kind for one in sight.review.acts} - _ASIDE
    return len(acts) >= _ENOUGH or any(_stem(one["text"]) in sight.draft for one in _phrases(sight.conversation))


def _phrases(conversation: Conversation) -> list[dict[str, Any]]:
    return list(conversation.guidance.get("phrases", ()))


def _stem(phrase: str) -> str:
    """The longest part of a phrase that no name, day or hour fills."""
    return max(_FILLED.split(phrase), key=len).strip()


def _promised(sight: Sight) -> bool:
    return bool(sight.review and offered(sight.review, sight.conversation, company()))


@dataclass(frozen=True)
class Step:
    """One thing to try; `done` says by the desk's rows whether it was, `by_hand` that the visitor may say it too."""

    name: str
    title: Lazy | str
    text: Lazy | str
    done: Callable[[Sight], bool]
    by_hand: bool = False


STEPS = (
    Step(
        "open",
        _("Open what burns"),
        _("The queue puts danger first, then what burns most. Open %(name)s."),
        lambda sight: "open" in sight.done,
    ),
    Step(
        "look",
        _("Read without the heat"),
        _("Facts stand on grey, an earlier insult is folded, the line at the side is the temperature."),
        lambda sight: bool(sight.draft),
        by_hand=True,
    ),
    Step("bad", _("Write what one writes when tired"), _("Type into the reply: “%(bad)s”"), _bad),
    Step("mend", _("Take the better words"), _("The line says what the customer would hear. Press “Use it”."), _mended),
    Step(
        "phrase",
        _("Put in a phrase"),
        _("Press 1 beside the next step, or write in your own words what happened and that you are sorry."),
        _worded,
    ),
    Step("promise", _("Promise an hour"), _("Add a day and an hour: “%(promise)s”"), _promised),
    Step(
        "send", _("Send it"), _("Press “Send”. For some seconds you can take it back."), lambda sight: bool(sight.sent)
    ),
    Step(
        "answer",
        _("Wait for the answer"),
        _("%(name)s reads it and answers within half a minute. Watch the temperature."),
        lambda sight: bool(sight.answered),
    ),
    Step(
        "kept",
        _("Keep the promise"),
        _("Suppose you have called by the hour. Open the promise and mark it as kept, the late one too."),
        lambda sight: sight.kept,
    ),
    Step(
        "page",
        _("See what the customer sees"),
        _("Each promise has a page for the customer, without log-in."),
        lambda sight: "page" in sight.done,
    ),
)
_BY_SENDING = {"open", "look", "bad", "mend", "phrase", "promise"}  # who has sent has them behind him


def look(sight: Sight) -> set[str]:
    """All steps done by now: those that were, and as far as it is his turn, what the desk's rows say of the next."""
    if sight.sent:
        sight.done |= _BY_SENDING
    for step in STEPS:
        if step.name not in sight.done and not step.done(sight):
            break
        sight.done.add(step.name)
    return sight.done


def current(done: set[str]) -> Step | None:
    """The first step that is not done; None at the end."""
    return next((step for step in STEPS if step.name not in done), None)
