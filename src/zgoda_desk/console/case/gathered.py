"""Everything that one conversation's page shows, fetched in a fixed number of queries whatever its length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import Company, Person
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.conversations.models import Conversation, Message, Overrule, RungTaken
from zgoda_desk.post.models import Attachment
from zgoda_desk.workflow.standing import effective

_EMPTY: dict[str, Any] = {
    "state": "calm", "temperature": 0, "abuse": [], "signals": [], "causes": [], "demands": [], "facts": [],
    "sentences": [], "reasons": [],
}  # fmt: skip


@dataclass
class Gathered:
    """A conversation with its rows, as `person` sees them at `now`."""

    conversation: Conversation
    person: Person
    company: Company
    now: datetime
    messages: Sequence[Message]
    files: dict[int, list[Attachment]] = field(default_factory=dict)
    rungs: Sequence[RungTaken] = ()
    overrules: dict[int, list[Overrule]] = field(default_factory=dict)
    promises: Sequence[Promise] = ()
    clocks: Sequence[Clock] = ()

    @property
    def of_customer(self) -> list[Message]:
        """The customer's messages that a person wrote."""
        return [one for one in self.messages if one.kind == Message.Kind.CUSTOMER and not one.automatic]


def gather(conversation: Conversation, person: Person, now: datetime) -> Gathered:
    """Fetch it; access was checked by whoever got the conversation."""
    messages = list(
        conversation.messages.select_related("person", "outgoing")
        .defer("html", "references", "outgoing__body")
        .annotate(has_html=ExpressionWrapper(Q(html__gt=""), output_field=BooleanField()))
    )
    return Gathered(
        conversation=conversation,
        person=person,
        company=company(),
        now=now,
        messages=messages,
        files=_files([one.pk for one in messages]),
        rungs=list(conversation.rungs.select_related("person")),
        overrules=_overrules(conversation),
        promises=list(conversation.promises.select_related("owner")),
        clocks=list(conversation.clocks.filter(state__in=["running", "over"])),
    )


def shown_reading(message: Message) -> dict[str, Any] | None:
    """The reading with what a person set right laid over it, whole; None where nothing was read or set right."""
    if message.reading is None and not message.correction:
        return None
    return {**_EMPTY, **effective(message)}


def newest_of(message: Message) -> tuple[int, int]:
    """Where in its text the words stand that were written now."""
    return message.newest_start, len(message.text) if message.newest_end is None else message.newest_end


def _files(messages: list[int]) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = defaultdict(list)
    for one in Attachment.objects.filter(message__in=messages).defer("body"):
        found[one.message or 0].append(one)
    return found


def _overrules(conversation: Conversation) -> dict[int, list[Overrule]]:
    found: dict[int, list[Overrule]] = defaultdict(list)
    for one in Overrule.objects.filter(conversation=conversation, way="sent").exclude(message=None):
        found[one.message_id or 0].append(one)
    return found
