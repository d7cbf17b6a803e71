"""What the engine's names are called on the screen; inside a line they begin small, a template capitalises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from zgoda_desk.conversations.shown.later import listed
from zgoda_desk.conversations.shown.words_of_replies import (
    ACTS,
    FINDINGS,
    NOTICES,
    RUNGS,
    SEVERITIES,
    STAGES,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "ABUSE",
    "ACTS",
    "AUTHORS",
    "CAUSES",
    "CHANNELS",
    "DEMANDS",
    "FACTS",
    "FINDINGS",
    "LANGUAGES",
    "NOTICES",
    "ROLES",
    "RUNGS",
    "SAFETY",
    "SEVERITIES",
    "SIGNALS",
    "STAGES",
    "STATES",
    "TABLES",
    "TENSION",
    "TRENDS",
    "title",
    "titles",
]

STATES: dict[str, StrOrPromise] = {
    "calm": pgettext_lazy("state", "Calm"),
    "dissatisfied": pgettext_lazy("state", "Dissatisfied"),
    "angry": pgettext_lazy("state", "Angry"),
    "abusive": pgettext_lazy("state", "Abusive"),
}
ABUSE: dict[str, StrOrPromise] = {
    "profanity": pgettext_lazy("abuse", "swearing"),
    "insult": pgettext_lazy("abuse", "insult"),
    "threat": pgettext_lazy("abuse", "threat"),
    "hate": pgettext_lazy("abuse", "hateful words"),
    "harassment": pgettext_lazy("abuse", "intrusive words"),
    "loss_of_control": pgettext_lazy("abuse", "shouting in writing"),
}
SIGNALS: dict[str, StrOrPromise] = {
    "legal": pgettext_lazy("signal", "claim in law"),
    "regulator": pgettext_lazy("signal", "regulator"),
    "publicity": pgettext_lazy("signal", "reviews or press"),
    "churn": pgettext_lazy("signal", "wants to leave us"),
    "self_harm": pgettext_lazy("signal", "speaks of self-harm"),
    "vulnerable": pgettext_lazy("signal", "needs care"),
    "repeat_contact": pgettext_lazy("signal", "has written before"),
}
CAUSES: dict[str, StrOrPromise] = {
    "product_quality": pgettext_lazy("cause", "product quality"),
    "service_quality": pgettext_lazy("cause", "service quality"),
    "delivery": pgettext_lazy("cause", "delivery"),
    "broken_promise": pgettext_lazy("cause", "broken promise"),
    "billing": pgettext_lazy("cause", "billing"),
    "staff_conduct": pgettext_lazy("cause", "staff conduct"),
    "waiting": pgettext_lazy("cause", "waiting"),
    "information": pgettext_lazy("cause", "information"),
    "digital": pgettext_lazy("cause", "site, app or connection"),
    "safety_privacy": pgettext_lazy("cause", "safety or privacy"),
    "other": pgettext_lazy("cause", "another matter"),
}
DEMANDS: dict[str, StrOrPromise] = {
    "refund": pgettext_lazy("wants", "refund"),
    "replacement": pgettext_lazy("wants", "replacement"),
    "repair": pgettext_lazy("wants", "repair"),
    "fulfilment": pgettext_lazy("wants", "what was agreed"),
    "compensation": pgettext_lazy("wants", "compensation"),
    "apology": pgettext_lazy("wants", "apology"),
    "explanation": pgettext_lazy("wants", "explanation"),
    "sanction": pgettext_lazy("wants", "consequences for an employee"),
    "manager": pgettext_lazy("wants", "someone above"),
    "cancel": pgettext_lazy("wants", "cancellation"),
    "callback": pgettext_lazy("wants", "a call or a reply"),
    "stop_contact": pgettext_lazy("wants", "no more contact"),
}
FACTS: dict[str, StrOrPromise] = {
    "order": pgettext_lazy("fact", "number"),
    "date": pgettext_lazy("fact", "date"),
    "time": pgettext_lazy("fact", "time"),
    "duration": pgettext_lazy("fact", "how long"),
    "money": pgettext_lazy("fact", "sum"),
    "quantity": pgettext_lazy("fact", "how many"),
    "product": pgettext_lazy("fact", "product or service"),
    "person": pgettext_lazy("fact", "person"),
    "place": pgettext_lazy("fact", "place"),
    "phone": pgettext_lazy("fact", "phone"),
    "email": pgettext_lazy("fact", "e-mail"),
    "url": pgettext_lazy("fact", "link"),
}
ROLES: dict[str, StrOrPromise] = {
    "fact": pgettext_lazy("role of a sentence", "fact"),
    "demand": pgettext_lazy("role of a sentence", "demand"),
    "emotion": pgettext_lazy("role of a sentence", "only heat"),
    "courtesy": pgettext_lazy("role of a sentence", "courtesy"),
    "other": pgettext_lazy("role of a sentence", "other"),
}
CHANNELS: dict[str, StrOrPromise] = {
    "phone": pgettext_lazy("channel", "Phone"),
    "chat": pgettext_lazy("channel", "Chat"),
    "email": pgettext_lazy("channel", "E-mail"),
    "web_form": pgettext_lazy("channel", "Web form"),
    "sms": pgettext_lazy("channel", "SMS"),
    "messenger": pgettext_lazy("channel", "Messenger"),
    "letter": pgettext_lazy("channel", "Letter"),
    "review": pgettext_lazy("channel", "Public review"),
    "face_to_face": pgettext_lazy("channel", "Front desk"),
}
SAFETY: dict[str, StrOrPromise] = {
    "none": pgettext_lazy("safety", "no danger"),
    "threat": pgettext_lazy("safety", "threat to a person"),
    "self_harm": pgettext_lazy("safety", "speaks of self-harm"),
}
TENSION: dict[str, StrOrPromise] = {
    "falling": pgettext_lazy("tension", "falling"),
    "steady": pgettext_lazy("tension", "steady"),
    "rising": pgettext_lazy("tension", "rising"),
}
TRENDS: dict[str, StrOrPromise] = {
    "new": pgettext_lazy("trend", "new"),
    "rising": pgettext_lazy("trend", "rising"),
    "easing": pgettext_lazy("trend", "easing"),
    "steady": pgettext_lazy("trend", "steady"),
    "settled": pgettext_lazy("trend", "settled"),
}
AUTHORS: dict[str, StrOrPromise] = {
    "customer": pgettext_lazy("author", "customer"),
    "agent": pgettext_lazy("author", "agent"),
}
# A language is called by its own name, whoever looks.
LANGUAGES: dict[str, StrOrPromise] = {
    "ru": "Русский",
    "pl": "Polski",
    "en": "English",
    "und": pgettext_lazy("language", "Language unknown"),
}
TABLES: dict[str, Mapping[str, StrOrPromise]] = {
    "state": STATES,
    "abuse": ABUSE,
    "signals": SIGNALS,
    "causes": CAUSES,
    "demands": DEMANDS,
    "facts": FACTS,
    "role": ROLES,
    "channel": CHANNELS,
    "safety": SAFETY,
    "tension": TENSION,
    "trend": TRENDS,
    "author": AUTHORS,
    "language": LANGUAGES,
    "acts": ACTS,
    "findings": FINDINGS,
    "notices": NOTICES,
    "severity": SEVERITIES,
    "stage": STAGES,
    "ladder": RUNGS,
}


def title(field: str, name: str) -> StrOrPromise:
    """What a wire name of a field (`state`, `causes`, `acts` ...) is called; a name without words stays as it is."""
    return TABLES[field].get(name, name)


def titles(field: str, names: Iterable[str]) -> StrOrPromise:
    """Several names of a field in one list: `refund, apology`."""
    return listed([title(field, name) for name in names])
