"""Sensible servers for an address, so that most people need not know them: a table of providers and a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .settings import Security

Server = tuple[str, int, Security]
Login = Literal["address", "local_part"]


@dataclass(frozen=True, slots=True)
class Guess:
    """Servers to propose: host, port, encryption. `oauth` names a provider of `oauth.PROVIDERS` that wants (or takes)
    consent instead of a password; `app_password` says that the ordinary password will be refused; `certain` is False
    where the servers follow from the name alone. `login` is what the provider takes as user name.
    """

    provider: str
    imap: Server
    smtp: Server
    oauth: str | None = None
    app_password: bool = False
    certain: bool = True
    login: Login = "address"


def _tls(provider: str, imap: str, smtp: str, *, app_password: bool = False, certain: bool = True) -> Guess:
    return Guess(provider, (imap, 993, "tls"), (smtp, 465, "tls"), app_password=app_password, certain=certain)


_GMAIL = Guess("gmail", ("imap.gmail.com", 993, "tls"), ("smtp.gmail.com", 465, "tls"), "google", app_password=True)
_OUTLOOK = Guess(
    "outlook", ("outlook.office365.com", 993, "tls"), ("smtp-mail.outlook.com", 587, "starttls"), "microsoft"
)
_OFFICE = Guess(
    "office365", ("outlook.office365.com", 993, "tls"), ("smtp.office365.com", 587, "starttls"), "microsoft"
)
_ICLOUD = Guess("icloud", ("imap.mail.me.com", 993, "tls"), ("smtp.mail.me.com", 587, "starttls"), app_password=True)
_YANDEX = _tls("yandex", "imap.yandex.ru", "smtp.yandex.ru", app_password=True)
_MAIL_RU = _tls("mail.ru", "imap.mail.ru", "smtp.mail.ru", app_password=True)
_WP = replace(_tls("wp", "imap.wp.pl", "smtp.wp.pl"), login="local_part")
_O2 = replace(_tls("o2", "poczta.o2.pl", "poczta.o2.pl"), login="local_part")
_ONET = _tls("onet", "imap.poczta.onet.pl", "smtp.poczta.onet.pl")
_INTERIA = _tls("interia", "poczta.interia.pl", "poczta.interia.pl")
_FASTMAIL = _tls("fastmail", "imap.fastmail.com", "smtp.fastmail.com", app_password=True)
_ZOHO = _tls("zoho", "imap.zoho.com", "smtp.zoho.com", app_password=True)
_ZOHO_EU = _tls("zoho", "imap.zoho.eu", "smtp.zoho.eu", app_password=True)
_YAHOO = _tls("yahoo", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", app_password=True)
_RAMBLER = _tls("rambler", "imap.rambler.ru", "smtp.rambler.ru")
# Both tell every customer his own server in the panel; these names answer for many, so they are proposed as uncertain.
_HOME = _tls("home.pl", "poczta.home.pl", "poczta.home.pl", certain=False)
_NAZWA = _tls("nazwa.pl", "mail.nazwa.pl", "mail.nazwa.pl", certain=False)
_OVH = _tls("ovh", "ssl0.ovh.net", "ssl0.ovh.net")

_BY_PROVIDER: tuple[tuple[Guess, str], ...] = (
    (_GMAIL, "gmail.com googlemail.com"),
    (_OUTLOOK, "outlook.com hotmail.com live.com msn.com"),
    (_ICLOUD, "icloud.com me.com mac.com"),
    (_YANDEX, "yandex.ru ya.ru yandex.com yandex.by yandex.kz narod.ru"),
    (_MAIL_RU, "mail.ru inbox.ru list.ru bk.ru internet.ru"),
    (_RAMBLER, "rambler.ru lenta.ru autorambler.ru myrambler.ru ro.ru"),
    (_WP, "wp.pl"),
    (_O2, "o2.pl tlen.pl go2.pl prokonto.pl"),
    (_ONET, "onet.pl op.pl vp.pl onet.eu poczta.onet.pl poczta.onet.eu autograf.pl"),
    (_INTERIA, "interia.pl interia.eu poczta.fm intmail.pl interiowy.pl"),
    (_FASTMAIL, "fastmail.com fastmail.fm"),
    (_ZOHO, "zoho.com zohomail.com"),
    (_ZOHO_EU, "zoho.eu zohomail.eu"),
    (_YAHOO, "yahoo.com ymail.com rocketmail.com"),
    (_HOME, "home.pl"),
    (_NAZWA, "nazwa.pl"),
    (_OVH, "ovh.com ovh.net"),
)
_BY_DOMAIN = {domain: guess for guess, domains in _BY_PROVIDER for domain in domains.split()}
# The host that takes mail for a domain betrays who keeps its mailboxes.
_BY_MX: tuple[tuple[str, Guess], ...] = (
    ("google.com", _GMAIL),
    ("googlemail.com", _GMAIL),
    ("protection.outlook.com", _OFFICE),
    ("mx.microsoft", _OFFICE),
    ("yandex.net", _YANDEX),
    ("yandex.ru", _YANDEX),
    ("mail.ru", _MAIL_RU),
    ("messagingengine.com", _FASTMAIL),
    ("zoho.eu", _ZOHO_EU),
    ("zoho.com", _ZOHO),
    ("mail.icloud.com", _ICLOUD),
    ("home.pl", _HOME),
    ("nazwa.pl", _NAZWA),
    ("ovh.net", _OVH),
)


def guess(address: str, mail_exchangers: Sequence[str] = ()) -> Guess:
    """The servers to propose for an address; nothing is looked up, whoever knows the domain's MX hosts passes them.

    An unknown domain gets `imap.` and `smtp.` before its name, marked as not certain.
    """
    domain = address.rpartition("@")[2].strip().rstrip(".").lower()
    known = _BY_DOMAIN.get(domain) or _by_exchanger(mail_exchangers)
    return known or _tls("", f"imap.{domain}", f"smtp.{domain}", certain=False)


def _by_exchanger(hosts: Sequence[str]) -> Guess | None:
    for host in hosts:
        name = "." + host.strip().rstrip(".").lower()
        for suffix, found in _BY_MX:
            if name.endswith("." + suffix):
                return found
    return None
