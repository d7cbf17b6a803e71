from __future__ import annotations

import pytest

from zgoda_desk.post.transport.guess import guess
from zgoda_desk.post.transport.oauth import PROVIDERS
from zgoda_desk.post.transport.settings import ImapSettings, SmtpSettings


@pytest.mark.parametrize(
    ("address", "provider", "imap", "smtp"),
    [
        ("a@gmail.com", "gmail", "imap.gmail.com", "smtp.gmail.com"),
        ("a@Outlook.com", "outlook", "outlook.office365.com", "smtp-mail.outlook.com"),
        ("a@yandex.ru", "yandex", "imap.yandex.ru", "smtp.yandex.ru"),
        ("a@bk.ru", "mail.ru", "imap.mail.ru", "smtp.mail.ru"),
        ("a@wp.pl", "wp", "imap.wp.pl", "smtp.wp.pl"),
        ("a@op.pl", "onet", "imap.poczta.onet.pl", "smtp.poczta.onet.pl"),
        ("a@interia.pl", "interia", "poczta.interia.pl", "poczta.interia.pl"),
        ("a@o2.pl", "o2", "poczta.o2.pl", "poczta.o2.pl"),
        ("a@icloud.com", "icloud", "imap.mail.me.com", "smtp.mail.me.com"),
        ("a@zoho.eu", "zoho", "imap.zoho.eu", "smtp.zoho.eu"),
    ],
)
def test_a_known_provider_is_known_by_the_address(address: str, provider: str, imap: str, smtp: str) -> None:
    found = guess(address)
    assert (found.provider, found.imap[0], found.smtp[0], found.certain) == (provider, imap, smtp, True)
    host, port, security = found.imap
    assert ImapSettings(host=host, port=port, security=security, user=address, secret="s").port == 993
    host, port, security = found.smtp
    assert SmtpSettings(host=host, port=port, security=security).security in {"tls", "starttls"}
    assert found.oauth is None or found.oauth in PROVIDERS


@pytest.mark.parametrize(
    ("exchanger", "provider"),
    [
        ("aspmx.l.google.com.", "gmail"),
        ("polana-example.mail.protection.outlook.com", "office365"),
        ("mx.yandex.net", "yandex"),
        ("mx1.mail.ovh.net", "ovh"),
        ("mx.evilgoogle.com", ""),
    ],
)
def test_a_company_is_known_by_who_takes_its_mail(exchanger: str, provider: str) -> None:
    assert guess("help@polana.example", [exchanger]).provider == provider


def test_an_unknown_domain_gets_the_usual_names_as_a_guess() -> None:
    found = guess("help@polana.example")
    assert (found.imap, found.smtp) == (("imap.polana.example", 993, "tls"), ("smtp.polana.example", 465, "tls"))
    assert not found.certain
