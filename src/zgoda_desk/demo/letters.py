"""The mails of the demo's customers as bytes, as any mail program would write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr


@dataclass(frozen=True)
class Letter:
    """A mail of a customer's to an inbox; `thread` are the ids it answers, the latest last, without brackets."""

    name: str
    address: str
    to: str
    subject: str
    text: str
    identity: str
    at: datetime
    thread: tuple[str, ...] = ()


def written(letter: Letter) -> bytes:
    """The mail with its headers."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((letter.name, letter.address))
    mail["To"] = letter.to
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(letter.at)
    mail["Message-ID"] = f"<{letter.identity}>"
    if letter.thread:
        mail["In-Reply-To"] = f"<{letter.thread[-1]}>"
        mail["References"] = " ".join(f"<{one}>" for one in letter.thread)
    mail.set_content(letter.text)
    return mail.as_bytes()
