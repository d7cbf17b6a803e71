"""A person sets a reading right: kept, laid over the reading, exported as a labelled line (labels.md §3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from zgoda.values.labels import CAUSES, STATES
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations import engine, live
from zgoda_desk.conversations.actions import add_event, locked
from zgoda_desk.conversations.models import Correction, Message
from zgoda_desk.workflow.standing import effective, refresh


@dataclass(frozen=True)
class Right:
    """What is right: the state (empty: as read), the causes (None: as read), whether there is abuse (None: as read)."""

    state: str = ""
    causes: tuple[str, ...] | None = None
    abuse: bool | None = None


def correct(person: Person, message: Message, right: Right, now: datetime) -> Correction | None:
    """Lay a correction over a customer's message and ask the engine anew; None where nothing differs.

    Raises ValueError for another kind of message and for a name that is no state or cause.
    """
    if message.kind != Message.Kind.CUSTOMER:
        raise ValueError(f"message {message.pk} is {message.kind}: only a customer's message has a reading")
    with transaction.atomic():
        conversation = locked(message.conversation_id)
        message = Message.objects.get(pk=message.pk)
        labels = _labels(message, right)
        if not labels:
            return None
        made = Correction.objects.create(message=message, person=person, at=now, labels=labels)
        _lay_over(message, labels)
        add_event(
            conversation, "corrected", person=person, now=now, message=message.pk, fields=sorted(labels),
            state=labels.get("state", ""),
        )  # fmt: skip
        refresh(conversation, now)
        record(
            "reading.corrected", actor=person.pk, object_type="message", object_id=message.pk, now=now,
            conversation=conversation.pk, fields=sorted(labels),
        )  # fmt: skip
        live.publish("correction", conversation=conversation, now=now, message=message.pk)
        return made


def lines(corrections: QuerySet[Correction]) -> Iterator[dict[str, Any]]:
    """The evaluation lines of corrected messages, one a message, as it is right now."""
    told: set[int] = set()
    for correction in corrections.select_related("message").order_by("message_id", "-at"):
        message = correction.message
        if message.pk not in told:
            told.add(message.pk)
            yield _line(message)


def _labels(message: Message, right: Right) -> dict[str, Any]:
    """Only what differs from what stands there now."""
    if right.state and right.state not in STATES:
        raise ValueError(f"{right.state!r} is no state; there are {', '.join(STATES)}")
    wrong = [cause for cause in right.causes or () if cause not in CAUSES]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no cause; there are {', '.join(CAUSES)}")
    now: dict[str, Any] = effective(message)
    labels: dict[str, Any] = {}
    state = right.state or ("angry" if right.abuse is False and message.state == "abusive" else "")
    if state and state != message.state:
        labels |= {"state": state, "temperature": _temperature(message.temperature, state)}
    causes = list(now.get("causes") or [])
    if right.causes is not None and set(right.causes) != set(causes):
        labels["causes"] = _main_first(causes, right.causes)
    if (right.abuse is False or (state and state != "abusive")) and now.get("abuse"):
        labels["abuse"] = []  # there is no abuse outside of the state that means it
    return labels


def _main_first(before: list[str], causes: tuple[str, ...]) -> list[str]:
    """The causes as they were weighed before, then the new ones."""
    return [*(cause for cause in before if cause in causes), *(cause for cause in causes if cause not in before)]


def _temperature(read: int | None, state: str) -> int:
    """The temperature read, moved to the nearest edge of the state's band."""
    low, high = engine.engine().knowledge.table("common", "reading")["temperature"][state]
    return int(min(high, max(low, (low + high) // 2 if read is None else read)))


def _lay_over(message: Message, labels: dict[str, Any]) -> None:
    message.correction = {**(message.correction or {}), **labels}
    message.state = str(message.correction.get("state", message.state))
    message.temperature = message.correction.get("temperature", message.temperature)
    message.save(update_fields=["correction", "state", "temperature"])


def _line(message: Message) -> dict[str, Any]:
    right: dict[str, Any] = effective(message)
    return {
        "id": f"m{message.pk}",
        "text": message.text[message.newest_start : message.newest_end],
        "lang": message.language,
        "state": message.state,
        "abuse": _kinds(right.get("abuse")),
        "signals": _kinds(right.get("signals")),
        "causes": list(right.get("causes") or []),
        "demands": list(right.get("demands") or []),
        "facts": [{"kind": fact["kind"], "text": fact["text"]} for fact in right.get("facts") or []],
    }


def _kinds(spans: Iterable[dict[str, Any]] | None) -> list[str]:
    return list(dict.fromkeys(str(span["kind"]) for span in spans or ()))
