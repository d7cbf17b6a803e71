"""Where a conversation stands after something happened: what the engine says, and what the queue sorts by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.conversations.searched import index
from zgoda_desk.conversations.shown.burning import Burning, stored_rank
from zgoda_desk.conversations.shown.burning import Clock as Running
from zgoda_desk.conversations.shown.masked import preview
from zgoda_desk.workflow.safety import tell_leads

_SIGNS = 160
_AGREED = ("confirm", "close", "follow_up")  # stages after the customer said yes


def refresh(conversation: Conversation, now: datetime) -> None:
    """Ask the engine anew, recount, and save; called in the transaction of what happened, before its audit.

    Leads are told last: whatever is told takes the one lock that every writer waits for.
    """
    messages = list(conversation.messages.all())
    before = conversation.safety
    count(conversation, messages)
    _ask(conversation, messages, now)
    _settle(conversation)
    _last_words(conversation, messages)
    refresh_due(conversation)
    conversation.changed_at = now
    conversation.save()
    index(conversation, messages)
    tell_leads(conversation, before, now)


def touch(conversation: Conversation, now: datetime) -> None:
    """Set what is due next and save, where nothing was said: no word is read again, the engine is not asked."""
    refresh_due(conversation)
    conversation.changed_at = now
    conversation.save()


def save_owner(conversation: Conversation, now: datetime) -> None:
    """Save whose it is now; the engine is asked on the ladder alone, where it matters who could take over."""
    if conversation.ladder != "none" or conversation.safety == "threat":
        refresh(conversation, now)
        return
    conversation.changed_at = now
    conversation.save(update_fields=["assignee", "changed_at"])


def _settle(conversation: Conversation) -> None:
    """What waits for a customer who has agreed is to be looked at again, not to be waited for."""
    if conversation.status == Conversation.Status.WAITING and conversation.stage in _AGREED:
        conversation.status = Conversation.Status.AGREED


def refresh_due(conversation: Conversation) -> None:
    """Set what is due next and the ranks; the caller saves."""
    promises = list(Promise.objects.filter(conversation=conversation, state__in=["open", "broken"]))
    clocks = list(Clock.objects.filter(conversation=conversation, state__in=["running", "over"]))
    dangers = dangers_of([conversation]).get(conversation.pk, frozenset())
    rank = stored_rank(burning_of(conversation, promises, clocks, dangers))
    conversation.promise_broken, conversation.contacts = rank.promise_broken, rank.contacts
    conversation.next_due, conversation.next_due_kind = rank.next_due, rank.next_due_kind
    conversation.rank_safety, conversation.rank_heat = rank.rank_safety, rank.rank_heat
    conversation.rank_care = rank.rank_care


def save_due(conversation: Conversation) -> None:
    """Set and save what is due next and the ranks alone, where time passed and nobody said anything."""
    refresh_due(conversation)
    conversation.save(
        update_fields=[
            "promise_broken", "contacts", "next_due", "next_due_kind", "rank_safety", "rank_heat", "rank_care",
        ]
    )  # fmt: skip


def burning_of(
    conversation: Conversation, promises: Sequence[Promise], clocks: Sequence[Clock], dangers: frozenset[str]
) -> Burning:
    """What the order of the queue goes by; `promises` and `clocks` are those still owed, `dangers` as `dangers_of`."""
    return Burning(
        safety=conversation.safety,
        threat="threat" in dangers,
        self_harm="self_harm" in dangers,
        ladder=conversation.ladder,
        promise_due=min((one.due_at for one in promises), default=None),
        promise_broken=any(one.state == "broken" for one in promises),
        clocks=tuple(Running(one.kind, one.due_at) for one in clocks),
        temperature=conversation.temperature,
        state=conversation.state or "calm",
        vulnerable="vulnerable" in conversation.signals,
        repeat="repeat_contact" in conversation.signals,
        contacts=conversation.contacts,
        waiting_since=conversation.waiting_since,
        status="snoozed" if conversation.snoozed_until else conversation.status,
        unanswered=conversation.waiting_since is not None,
        number=conversation.pk or 0,
    )


def dangers_of(conversations: Iterable[Conversation]) -> dict[int, frozenset[str]]:
    """By id, the words of harm in what each customer wrote since our last answer; a correction takes them away."""
    since = {one.pk: one.last_ours_at for one in conversations}
    said = Message.objects.filter(conversation__in=since, kind=Message.Kind.CUSTOMER, automatic=False)
    answered = [at for at in since.values() if at is not None]
    if answered and len(answered) == len(since):  # of a long conversation only what is new is fetched
        said = said.filter(at__gt=min(answered))
    held: dict[int, set[str]] = defaultdict(set)
    for message in said.only("reading", "correction", "at", "conversation_id"):
        ours = since[message.conversation_id]
        if ours is None or message.at > ours:
            read = effective(message)
            kinds = (one["kind"] for field in ("abuse", "signals") for one in read.get(field) or ())
            held[message.conversation_id] |= {"threat", "self_harm"} & set(kinds)
    return {number: frozenset(kinds) for number, kinds in held.items()}


def count(conversation: Conversation, messages: list[Message] | None = None) -> None:
    """Recount what its messages say, as they are read and set right; the caller saves."""
    messages = list(conversation.messages.all()) if messages is None else messages
    said = [one for one in messages if one.kind == Message.Kind.CUSTOMER and not one.automatic]
    ours = [one for one in messages if answers(one)]
    conversation.contacts = len(said)
    conversation.spam = bool(said) and all("spam" in one.problems for one in said)
    conversation.fever = [one.temperature for one in said if one.temperature is not None][-40:]
    conversation.last_customer_at = said[-1].at if said else None
    conversation.last_ours_at = ours[-1].at if ours else None
    unanswered = [one for one in said if not ours or one.at > ours[-1].at]
    conversation.waiting_since = unanswered[0].at if unanswered else None
    conversation.causes, conversation.demands, conversation.signals = [], [], []
    for one in said:
        _gather(conversation, effective(one))
    if said:
        conversation.state = said[-1].state
        conversation.temperature = said[-1].temperature or 0


def answers(message: Message) -> bool:
    """Whether a message is an answer of ours: that his message arrived is not yet one."""
    return message.kind == Message.Kind.OURS and not message.automatic and not message.data.get("acknowledges")


def _gather(conversation: Conversation, reading: dict[str, Any]) -> None:
    """Causes and demands are those last told; signals stay, for a threat to sue is not unsaid by silence."""
    conversation.causes = list(reading.get("causes") or conversation.causes)
    conversation.demands = list(reading.get("demands") or conversation.demands)
    for signal in reading.get("signals") or ():
        if signal["kind"] not in conversation.signals:
            conversation.signals = [*conversation.signals, signal["kind"]]
    for fact in reading.get("facts") or ():
        if fact["kind"] == "order":
            conversation.reference = str(fact["text"])[:80]


def effective(message: Message) -> dict[str, Any]:
    """A message's reading with what a person set right laid over it; empty where there is none."""
    return {**(message.reading or {}), **(message.correction or {})}


def colleague_free(conversation: Conversation) -> bool:
    """Whether anybody but the one whose it is could take the conversation over."""
    free = Person.objects.filter(is_active=True, available=True, teams__inboxes=conversation.inbox_id)
    return free.exclude(pk=conversation.assignee_id or 0).exists()


def _ask(conversation: Conversation, messages: list[Message], now: datetime) -> None:
    somebody = colleague_free(conversation)
    context = engine.context_of(conversation, person=conversation.assignee, company=company(), colleague=somebody)
    guidance = engine.guide(engine.turns(messages), context, conversation.language, now)
    if guidance is None:
        return
    conversation.stage, conversation.ladder = guidance.stage, guidance.ladder
    conversation.safety, conversation.tension = guidance.safety, guidance.tension
    conversation.guidance = guidance.as_dict()
    _keep_rung(messages, guidance.ladder)


def _keep_rung(messages: list[Message], rung: str) -> None:
    """Keep beside the customer's last message the rung that it opened; later messages may close it again."""
    said = [one for one in messages if one.kind not in (Message.Kind.NOTE, Message.Kind.EVENT)]
    if said and said[-1].kind == Message.Kind.CUSTOMER and said[-1].data.get("ladder") != rung:
        said[-1].data = {**said[-1].data, "ladder": rung}
        said[-1].save(update_fields=["data"])


def _last_words(conversation: Conversation, messages: list[Message]) -> None:
    spoken = [one for one in messages if one.kind in (Message.Kind.CUSTOMER, Message.Kind.OURS) and not one.automatic]
    if spoken:
        last = spoken[-1]
        ours = last.kind == Message.Kind.OURS
        end = len(last.text) if last.newest_end is None else last.newest_end
        reading = {} if ours else last.reading  # there is no reading of our own words, and nothing to mask in them
        words = preview(last.text, reading, newest=(last.newest_start, end), limit=_SIGNS)
        conversation.preview, conversation.preview_ours = words.kept(), ours
