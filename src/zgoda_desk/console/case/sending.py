"""How it stands with the mail of a reply: waiting, sent, failed or uncertain, with what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from zgoda_desk.console.post.faults import fault_of
from zgoda_desk.conversations.models import Message
from zgoda_desk.conversations.shown.visible import visible

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_WORDS: dict[str, StrOrPromise] = {
    "waiting": gettext_lazy("Leaves in a few seconds"),
    "queued": gettext_lazy("Waiting in the outbox"),
    "again": gettext_lazy("Not delivered yet, tried again by itself"),
    "sending": gettext_lazy("Being sent"),
    "failed": gettext_lazy("Not delivered. The text is kept; send it again or change the address."),
    "unknown": gettext_lazy(
        "It is not certain whether it was sent. Ask the customer or look into the mailbox, then say so here."
    ),
    "undone": gettext_lazy("Taken back before it left"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """`state` of the outbox (`waiting` while it can be undone); `seconds` are left to undo.

    `fault` says why it did not leave, `detail` what the server said, for leads.
    """

    state: str
    words: StrOrPromise
    fault: str = ""
    detail: str = ""
    seconds: int = 0

    @property
    def to_settle(self) -> bool:
        """Whether a person has to do something."""
        return self.state in ("failed", "unknown")


def sent(message: Message, now: datetime) -> Sent | None:
    """None where it was sent, or never had to be by mail."""
    mail = message.outgoing
    if mail is None or mail.state == "sent":
        return None
    state, seconds = mail.state, 0
    if state == "queued" and mail.attempts == 0 and mail.not_before > now:
        state, seconds = "waiting", int((mail.not_before - now).total_seconds()) + 1
    elif state == "queued" and mail.attempts:
        state = "again"
    failed = state in ("again", "failed", "unknown")
    fault, heard = (fault_of(mail), visible(mail.last_detail)) if failed else ("", "")
    return Sent(state, _WORDS.get(state, state), fault, heard, seconds)
