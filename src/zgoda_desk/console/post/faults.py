"""Why a mail of ours did not leave: what failed, where, and what to do; what the server itself said is for leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zgoda_desk.console.settings.mailbox_words import is_known, why_of
from zgoda_desk.post.models import MailAccount, Outgoing

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_OF_SERVER = ("resolve", "connect", "tls", "greeting", "login")  # steps that say nothing about this mail
_NO_SECRET = "no_secret"
_FULL = re.compile(
    r"\b(?:552|4\.2\.2|5\.2\.2)\b|\b(?:over ?quota|quota exceeded|mailbox (?:is )?full)\b", re.IGNORECASE
)
_NOBODY = re.compile(r"\b5\.1\.[0-36]\b|\b(?:no such|unknown|unrouteable|does(?: not|n't) exist)\b", re.IGNORECASE)
_FAULTS: dict[str, StrOrPromise] = {
    "full": gettext_lazy("The customer's mailbox is full. Send it again later, or reach him another way."),
    "nobody": gettext_lazy(
        "The customer's server knows no such address. Look for a slip in it, or ask him for another."
    ),
    "no_address": gettext_lazy("No mail can go to this address. Correct it on the customer's card."),
    "turned_down": gettext_lazy("The customer's server refused him as a recipient. Reach him another way."),
    "not_now": gettext_lazy("The server does not take it at the moment. It is tried again by itself."),
    "too_big": gettext_lazy("The mail is larger than the server takes. Send smaller files."),
    "sender": gettext_lazy("The server does not let our address send. Whoever heads the company can test the mailbox."),
    "content": gettext_lazy(
        "The server refused the mail itself, perhaps as spam. Send it again with other words or files."
    ),
    "cut": gettext_lazy("The line to the server broke on the way."),
    "key": gettext_lazy("The password of our mailbox cannot be read. Whoever heads the company can enter it again."),
    "interrupted": gettext_lazy("The desk was stopped while it was being sent."),
    "restored": gettext_lazy("The desk was restored from a copy, which does not know whether it was sent."),
    "ours": gettext_lazy("Something failed on our side."),
}  # fmt: skip
_REASONS = {
    "too_big": "too_big",
    "timeout": "cut",
    "lost": "cut",
    _NO_SECRET: "key",
    "interrupted": "interrupted",
    "restored": "restored",
    "broke": "ours",
}


def fault_of(mail: Outgoing) -> str:
    """One or two sentences, from `last_code` (`step:code`, as `workflow.send` keeps it); empty where nothing failed."""
    if not mail.last_code:
        return ""
    step, _colon, code = mail.last_code.rpartition(":")
    if (step in _OF_SERVER and code != _NO_SECRET) or is_known(step, code):
        return _of_server(mail.account, step, code)
    return str(_FAULTS[_kind(step, code, mail.last_detail)])


def at_server(host: str, port: int, why: StrOrPromise) -> str:
    """A fault with the place where it was met: `mail.example, port 993: ...`."""
    return _("%(host)s, port %(port)d: %(why)s") % {"host": host, "port": port, "why": why}


def _of_server(account: MailAccount, step: str, code: str) -> str:
    return at_server(account.smtp_host, account.smtp_port, why_of(step, code))


def _kind(step: str, code: str, heard: str) -> str:
    if code in _REASONS:
        return _REASONS[code]
    if step == "recipient":
        return _of_recipient(code, heard)
    if code.startswith("4"):
        return "not_now"
    if "5.3.4" in heard:
        return "too_big"
    if _FULL.search(f"{code} {heard}") and step in ("data", "answer"):
        return "full"
    return {"sender": "sender", "data": "content", "answer": "content"}.get(step, "ours")


def _of_recipient(code: str, heard: str) -> str:
    if code in ("address_invalid", "no_recipient"):
        return "no_address"
    if _FULL.search(f"{code} {heard}"):
        return "full"
    if code.startswith("4"):
        return "not_now"
    return "nobody" if _NOBODY.search(heard) or code == "553" else "turned_down"
