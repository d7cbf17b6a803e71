"""Why something stands where it stands, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_ASIDE: dict[str, StrOrPromise] = {
    "bounce": gettext_lazy("A mail of ours came back, or a server reports on one."),
    "receipt": gettext_lazy("A receipt: somebody's mail program says that our mail was opened."),
    "auto_reply": gettext_lazy("An automatic reply. It is never answered, so that two robots do not write for ever."),
    "newsletter": gettext_lazy("A newsletter or another mail to many."),
    "own": gettext_lazy("It came from an address of the desk itself."),
    "dismissed": gettext_lazy("It could not be read, and a colleague took it off the list."),
}
_OUTBOX: dict[str, StrOrPromise] = {
    "unknown": gettext_lazy("It is not certain whether it was sent. Look into the mailbox or ask, then say so here."),
    "failed": gettext_lazy("It was not delivered. The text is kept; it goes out again under the same number."),
    "queued": gettext_lazy("Waits for its turn, or for the next try."),
    "sending": gettext_lazy("Being sent."),
}


def why_here(state: str, reason: str) -> str:
    """Why an incoming thing made no conversation."""
    if state == "set_aside":
        return str(_ASIDE.get(reason, _("It was set aside.")))
    if reason == "TooOften":
        return _("The program stopped ten times while reading it. It is not tried again until you say so.")
    return _("It could not be taken apart (%(reason)s). Its bytes are kept.") % {"reason": reason or "?"}


def how_it_stands(state: str) -> str:
    """How a mail of the outbox stands, and what to do."""
    return str(_OUTBOX.get(state, state))
