"""What the hint on the page says now: kept in the session of whoever tries the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.access import conversations_of
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.demo.steps import STEPS, Sight, Step, current, look
from zgoda_desk.demo.stories.player import here
from zgoda_desk.demo.stories.told import LANGUAGES, told
from zgoda_desk.lib import clock

_DONE, _SINCE, _OFF = "demo_done", "demo_since", "demo_off"


@dataclass(frozen=True)
class Hint:
    """The step to try now (None when all is done), its place in the row, and where its button leads."""

    step: Step | None
    text: str
    number: int
    of: int
    link: str
    by_hand: bool
    fell: tuple[int, int] | None = None  # the temperature before our reply and after his answer


def hint_of(request: HttpRequest) -> Hint | None:
    """The hint for whoever asks; None for strangers, where it was closed, and where the first story is not his."""
    person = request.user
    if not isinstance(person, Person) or request.session.get(_OFF):
        return None
    conversation = leading(person)
    if conversation is None:
        return None
    sight = _sight(request, person, conversation)
    before = set(sight.done)
    done = look(sight)
    if done != before:
        request.session[_DONE] = sorted(done)
    return _hint(sight, current(done))


def leading(person: Person) -> Conversation | None:
    """The conversation with which a visitor begins: the first story in the language he reads."""
    language = translation.get_language() or "en"
    customer = told(language if language in LANGUAGES else "en").stories[0].customer
    found = conversations_of(person).select_related("contact", "inbox")
    return found.filter(messages__mail_id__startswith=f"{customer}.1.").order_by("pk").first()


def note(request: HttpRequest, step: str) -> None:
    """Keep that a step was done by hand."""
    done = set(request.session.get(_DONE, ()))
    if step in {one.name for one in STEPS} and step not in done:
        request.session[_DONE] = sorted(done | {step})


def close(request: HttpRequest, *, off: bool) -> None:
    """Put the hints away, or begin them anew."""
    request.session[_OFF] = off
    if not off:
        request.session[_DONE] = []
        request.session.pop(_SINCE, None)


def is_closed(request: HttpRequest) -> bool:
    """Whether the hints were put away."""
    return bool(request.session.get(_OFF))


def _sight(request: HttpRequest, person: Person, conversation: Conversation) -> Sight:
    now = clock.now()
    since = request.session.setdefault(_SINCE, now.isoformat())
    return Sight(person, conversation, datetime.fromisoformat(since), now, set(request.session.get(_DONE, ())))


def _hint(sight: Sight, step: Step | None) -> Hint:
    fell = None
    if sight.answered is not None and sight.before is not None and sight.answered.temperature is not None:
        fell = (sight.before, sight.answered.temperature)
    if step is None:
        return Hint(None, "", len(STEPS), len(STEPS), "", by_hand=False, fell=fell)
    text = str(step.text) % _words(sight)
    return Hint(step, text, STEPS.index(step) + 1, len(STEPS), _link(sight, step), by_hand=step.by_hand, fell=fell)


def _words(sight: Sight) -> dict[str, Any]:
    language = sight.conversation.language
    tale = told(language if language in LANGUAGES else "en")
    promise = tale.timed(tale.promise, here(sight.now))
    return {"name": sight.conversation.contact.name, "bad": tale.bad, "promise": promise}


def _link(sight: Sight, step: Step) -> str:
    if step.name == "page":
        return reverse("demo_hint_page")
    if step.name == "kept" and sight.promise is not None:
        return reverse("promise", args=[sight.promise.pk])
    return reverse("case", args=[sight.conversation.pk])
