"""What the test of a mailbox says: each step, and for what fails the reason and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zgoda_desk.post.transport.probe import Tried

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_STEPS: dict[str, StrOrPromise] = {
    "resolve": _("The server's name is known"),
    "connect": _("The server can be reached"),
    "tls": _("The line is encrypted, and it is this server"),
    "greeting": _("The server greets"),
    "login": _("The log-in is accepted"),
    "folder": _("The folder can be read"),
    "spam_folder": _("The spam folder can be read"),
    "sender": _("This address may send"),
    "talk": _("The talk goes on"),
}
_WHY: dict[str, StrOrPromise] = {
    "resolve:unknown_host": _("No server has this name. Look for a slip in it."),
    "connect:refused": _("Nothing answers at this port. Compare the port with what your provider says."),
    "connect:timeout": _("No answer. The port is wrong, or a firewall stands between."),
    "connect:unreachable": _("There is no way to this server from here. Look at the network."),
    "tls:certificate_expired": _("The server's certificate has run out. Tell your provider."),
    "tls:certificate_name": _("The certificate is for another name. Use the server name your provider gives."),
    "tls:certificate_untrusted": _("Nobody vouches for the certificate. Use a server with a proper one."),
    "tls:not_offered": _("The server offers no STARTTLS at this port. Try TLS with its own port."),
    "tls:not_tls": _("The server does not speak TLS at this port. Try STARTTLS, or another port."),
    "tls:failed": _("The encryption could not be agreed on."),
    "greeting:silent": _("The server says nothing. The port may be for TLS; try another encryption."),
    "greeting:turned_away": _("The server turns us away. It may block this machine's address."),
    "greeting:wrong_protocol": _("Another kind of server answers here. Compare server and port."),
    "login:refused": _("User name or password are not accepted. Many providers want a password made for the app."),
    "login:consent": _("The owner's consent is missing or has ended. Ask for it below."),
    "login:not_offered": _("The server does not offer this way to log in."),
    "login:unavailable": _("The log-in does not work at the moment. Try again in a few minutes."),
    "folder:missing": _("There is no folder of this name."),
    "spam_folder:missing": _("There is no folder of this name. Leave it empty, or write it as the server does."),
    "sender:refused": _("The server does not let this address send. Compare address and user name."),
    "sender:busy": _("The server is busy. Try again in a few minutes."),
    "sender:address_invalid": _("The address is none that can send."),
    "sender:no_smtputf8": _("The server does not take letters beyond ASCII in an address."),
    "broke:broke": _("Something failed on our side. It is tried again by itself; the log says more."),
    "settings:settings": _("The password cannot be read with this installation's key. Enter it again."),
}
_ANYWHERE: dict[str, StrOrPromise] = {
    "lost": _("The line broke. Try again."),
    "timeout": _("No answer in time. Try again."),
    "odd_answer": _("The server answered something odd."),
    "refused": _("The server refused it."),
}
_STATES: dict[str, StrOrPromise] = {
    "works": pgettext_lazy("step of a test", "works"),
    "fails": pgettext_lazy("step of a test", "fails"),
    "untried": pgettext_lazy("step of a test", "not tried"),
}
_OTHER = _("The server did not do it. Try again in a few minutes; the details say what it answered.")


@dataclass(frozen=True)
class Line:
    """One step as shown: `state` works, fails or untried."""

    name: StrOrPromise
    state: str
    state_name: StrOrPromise
    why: StrOrPromise = ""
    heard: str = ""


def lines(report: Iterable[Tried]) -> list[Line]:
    """A report of the probe in words."""
    return [
        Line(
            _STEPS[tried.step], tried.state, _STATES[tried.state],
            why_of(tried.step, tried.code) if tried.state == "fails" else "", tried.detail,
        )
        for tried in report
    ]  # fmt: skip


def is_known(step: str, code: str) -> bool:
    """Whether there are words for just this."""
    return f"{step}:{code}" in _WHY


def why_of(step: str, code: str) -> StrOrPromise:
    """What a fault means and what to do."""
    return _WHY.get(f"{step}:{code}") or _ANYWHERE.get(code) or _OTHER


def why_of_state(state_code: str) -> StrOrPromise:
    """The same for a fault kept with the mailbox (`step:code`)."""
    step, _colon, code = state_code.partition(":")
    return why_of(step, code or step)
