"""The head of a conversation: who, how hot, whose, and where on the way it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zgoda_desk.console.case.gathered import Gathered
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.conversations.shown.fever import SPARK_BOX, Spark, spark
from zgoda_desk.conversations.shown.steps import Stop, stops
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.conversations.shown.words import title

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Head:
    """What the head shows; `guarded` puts protection in the place of the stage line."""

    name: str
    line: str
    state_name: StrOrPromise
    spark: Spark | None
    stops: tuple[Stop, ...]
    guarded: bool
    mine: bool
    last_message: int | None = None
    spam: bool = False
    box: str = SPARK_BOX


def head_of(found: Gathered) -> Head:
    """The head for whoever looks."""
    conversation = found.conversation
    return Head(
        name=visible(str(conversation.contact)),
        line=" · ".join(_line(found)),
        state_name=title("state", conversation.state) if conversation.state else _("Not read yet"),
        spark=spark(conversation.fever),
        stops=stops(conversation.stage, _done(conversation)),
        guarded=is_guarded(conversation),
        mine=conversation.assignee_id == found.person.pk,
        last_message=next((one.pk for one in reversed(found.of_customer)), None),
        spam=any("spam" in one.problems for one in found.messages),
    )


def _done(conversation: Conversation) -> list[str]:
    """The acts done; an acknowledgement counts however it was worded."""
    done = list(conversation.guidance.get("done", ()))
    return [*done, "acknowledge"] if conversation.acknowledged_at else done


def is_guarded(conversation: Conversation) -> bool:
    """Whether whoever works here is protected: abuse in the last message, an open rung, or a threat."""
    hot = conversation.state == "abusive" or conversation.ladder != "none" or conversation.safety == "threat"
    return hot and conversation.status != Conversation.Status.CLOSED


def _line(found: Gathered) -> list[str]:
    conversation = found.conversation
    parts = [str(title("channel", conversation.channel))]
    parts += [visible(conversation.reference)] if conversation.reference else []
    parts += [_contacts(found)] if conversation.contacts else []
    return [*parts, _whose(found)]


def _contacts(found: Gathered) -> str:
    n = found.conversation.contacts
    said = found.of_customer
    days = (said[-1].at - said[0].at).days + 1 if said else 1
    told = ngettext("%(n)d contact", "%(n)d contacts", n) % {"n": n}
    if n < 2:
        return _("first contact")
    return ngettext("%(contacts)s in %(days)d day", "%(contacts)s in %(days)d days", days) % {
        "contacts": told,
        "days": days,
    }


def _whose(found: Gathered) -> str:
    owner = found.conversation.assignee
    if owner is None:
        return _("nobody has it")
    return _("yours") if owner.pk == found.person.pk else _("with %(name)s") % {"name": owner.name}
