"""Mails to prove the post with: three languages, old charsets, pages, files, threads, robots, odd ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from random import Random

_TEXTS = {
    "ru": "Здравствуйте! Где мой заказ {n}? Я жду третью неделю, это возмутительно. Верните деньги, 49,90 руб.",
    "pl": "Dzień dobry, gdzie jest moje zamówienie {n}? Czekam już trzeci tydzień, żądam zwrotu 49,90 zł. Żółć!",
    "en": "Hello, where is my order {n}? I have been waiting for three weeks, give me my 49.90 EUR back.",
}
_SUBJECTS = {"ru": "Заказ {n} не пришёл", "pl": "Zamówienie {n} – gdzie ono jest?", "en": "Order {n} is late"}
_NAMES = {"ru": "Марина Соколова", "pl": "Łucja Żółkiewska", "en": "Tom O'Hara, Jr."}
_CHARSETS = {
    "ru": ("utf-8", "windows-1251", "koi8-r"),
    "pl": ("utf-8", "iso-8859-2", "windows-1250"),
    "en": ("us-ascii",),
}
_FILES = (("paragon.pdf", "application/pdf"), ("снимок экрана.png", "image/png"), ("Zdjęcie łódź.jpg", "image/jpeg"))


@dataclass(frozen=True)
class Letter:
    """A mail and what the desk has to find in it; `aside`: no person wrote it; `joins`: its thread."""

    raw: bytes
    sender: str
    subject: str
    has: str
    files: tuple[str, ...] = ()
    aside: bool = False
    joins: int | None = None


Make = Callable[[int, Random, str], Letter]


def letter(number: int, random: Random, to: str) -> Letter:
    """A mail of a customer of one of the usual kinds, whose order number is to be found in it."""
    return random.choices((_plain, _page, _both, _with_files, _old_charset, _odd), (30, 15, 20, 15, 15, 5))[0](
        number, random, to
    )


def _order(number: int) -> str:
    return f"77-{number:05d}"


def _base(number: int, language: str, to: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"{Header(_NAMES[language], 'utf-8').encode()} <{_address(number)}>"
    mail["To"] = to
    mail["Subject"] = _SUBJECTS[language].format(n=_order(number))
    mail["Message-ID"] = f"<{number}.{language}@elsewhere.example>"
    mail["Date"] = "Thu, 26 Nov 2026 09:00:00 +0100"
    return mail


def _address(number: int) -> str:
    return f"customer{number}@elsewhere.example"


def _known(mail: EmailMessage, number: int, language: str, files: tuple[str, ...] = ()) -> Letter:
    subject = _SUBJECTS[language].format(n=_order(number))
    return Letter(mail.as_bytes(), _address(number), subject, _order(number), files)


def _plain(number: int, random: Random, to: str) -> Letter:
    language = random.choice(tuple(_TEXTS))
    mail = _base(number, language, to)
    mail.set_content(
        _TEXTS[language].format(n=_order(number)), cte=random.choice(("base64", "quoted-printable", "8bit"))
    )
    return _known(mail, number, language)


def _page(number: int, random: Random, to: str) -> Letter:
    language = random.choice(tuple(_TEXTS))
    mail = _base(number, language, to)
    text = _TEXTS[language].format(n=_order(number))
    mail.set_content(f"<html><style>p{{color:red}}</style><body><p>{text}</p><img src='https://spy.example/x.gif'></body></html>",
                     subtype="html")  # fmt: skip
    return _known(mail, number, language)


def _both(number: int, random: Random, to: str) -> Letter:
    language = random.choice(tuple(_TEXTS))
    mail = _base(number, language, to)
    text = _TEXTS[language].format(n=_order(number))
    mail.set_content(text)
    mail.add_alternative(f"<div>{text}</div>", subtype="html")
    return _known(mail, number, language)


def _with_files(number: int, random: Random, to: str) -> Letter:
    language = random.choice(tuple(_TEXTS))
    mail = _base(number, language, to)
    mail.set_content(_TEXTS[language].format(n=_order(number)))
    chosen = random.sample(_FILES, random.randint(1, 3))
    for name, kind in chosen:
        main, _, sub = kind.partition("/")
        mail.add_attachment(random.randbytes(random.randint(1, 30_000)), maintype=main, subtype=sub, filename=name)
    return _known(mail, number, language, tuple(name for name, _ in chosen))


def _old_charset(number: int, random: Random, to: str) -> Letter:
    language = random.choice(("ru", "pl"))
    charset = random.choice(_CHARSETS[language])
    text = _TEXTS[language].format(n=_order(number))
    head = (
        f"From: =?utf-8?b?0JzQsNGA0LjQvdCw?= <{_address(number)}>\r\nTo: {to}\r\nSubject: Order {_order(number)}\r\n"
        f"Message-ID: <{number}.old@elsewhere.example>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    start = text.split(f"{_order(number)}")[0].replace("–", "-")  # letters before the number must come out right too
    return Letter(head.encode() + text.encode(charset, "replace"), _address(number), f"Order {_order(number)}", start)


def _odd(number: int, random: Random, to: str) -> Letter:
    """Mails that break a rule: no date, a boundary that never closes, bare line ends, a NUL."""
    text = _TEXTS["en"].format(n=_order(number))
    head = f"From: {_address(number)}\nTo: {to}\nSubject: Order {_order(number)}\n"
    bodies = (
        f"Content-Type: multipart/mixed; boundary=xyz\n\n--xyz\nContent-Type: text/plain\n\n{text}\n",
        f"Date: Mon, 99 Foo 3609 99:99:99 +9999\nContent-Type: text/plain; charset=no-such\n\n{text}\0\n",
        f"\n{text}\n\n> {text}\n",
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: x-unknown\n\n{text} Ünïcödé \ud83d\n",
    )
    raw = (head + random.choice(bodies)).encode("utf-8", "surrogatepass")
    return Letter(raw, _address(number), f"Order {_order(number)}", _order(number))


def robot(number: int, random: Random, to: str) -> Letter:
    """A mail that no person wrote."""
    heads = (
        "Auto-Submitted: auto-replied\n",
        "List-Unsubscribe: <mailto:leave@news.example>\nPrecedence: bulk\n",
        "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n",
        "Return-Path: <>\nFrom: MAILER-DAEMON@elsewhere.example\nX-Failed-Recipients: x@elsewhere.example\n",
    )
    chosen = random.choice(heads)
    sender = "mailer-daemon@elsewhere.example" if "MAILER-DAEMON" in chosen else _address(number)
    head = chosen if "From:" in chosen else f"From: {sender}\n{chosen}"
    rest = f"To: {to}\nSubject: Notice {_order(number)}\nMessage-ID: <{number}.robot@elsewhere.example>\n\n"
    rest += f"{_order(number)}\n"
    return Letter((head + rest).encode(), sender, f"Notice {_order(number)}", _order(number), aside=True)


def reply_to(sent: bytes, number: int, random: Random, to: str, thread: int) -> Letter:
    """What a customer answers to a mail of the desk's: its ids in the head, its words quoted below."""
    from email import message_from_bytes

    mail = message_from_bytes(sent)
    identity = str(mail["Message-ID"])
    customer = str(mail["To"]).rpartition("<")[2].strip("> ")
    quoted = "\n".join("> " + line for line in ("We are sorry.", "Your order is on its way."))
    words = random.choice(("Still nothing.", "Всё ещё ничего.", "Nadal nic."))
    head = f"From: {customer}\nTo: {to}\nSubject: Re: {_order(number)}\nMessage-ID: <{number}.re@elsewhere.example>\n"
    head += random.choice((f"In-Reply-To: {identity}\n", f"References: <a@b> {identity}\n"))
    body = f"Content-Type: text/plain; charset=utf-8\n\n{words} {_order(number)}\n\nOn Thu, we wrote:\n{quoted}\n"
    return Letter((head + body).encode(), customer, f"Re: {_order(number)}", _order(number), joins=thread)


def forged(sent: bytes, number: int, random: Random, to: str) -> Letter:
    """The same from a stranger who learned the id, or with an id whose signature he made up (T12)."""
    made = reply_to(sent, number, random, to, 0)
    if random.random() < 0.5:
        raw = made.raw.replace(made.sender.encode(), _address(number).encode())
    else:
        from email import message_from_bytes

        identity = str(message_from_bytes(sent)["Message-ID"])
        number_part, _, rest = identity.partition("-")
        raw = made.raw.replace(identity.encode(), f"{number_part}-{'0' * 24}{rest[24:]}".encode())
    sender = _address(number) if made.sender.encode() not in raw else made.sender
    return replace(made, raw=raw, sender=sender, joins=None)
