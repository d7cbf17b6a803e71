"""What is read from a mail: plain frozen values, every text of which any database takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Robot = Literal["auto_reply", "bounce", "newsletter", "receipt", "own"]


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: the name as shown (may be empty, on one line) and the address in lower case (never empty)."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that came along, unpacked once and never opened.

    `name` names no folder and is data only (empty where there was none), `mime` is what the sender claims,
    `content_id` has no brackets, `inline` says whether it stands inside the letter.
    """

    name: str
    mime: str
    content: bytes
    content_id: str | None = None
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail server or program reports of a mail of ours; empty where it does not say.

    `action` is `failed`, `delayed`, `delivered`, `relayed`, `expanded` or `displayed`; `status` is like `5.1.1`;
    `message_ids` name the mail that is reported on, without brackets.
    """

    action: str = ""
    status: str = ""
    recipient: str = ""
    message_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Authentication:
    """Results in lower case (`pass`, `fail`, `none` ...) by a server that is trusted; None where it says nothing."""

    spf: str | None = None
    dkim: str | None = None
    dmarc: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A mail as read: nothing of it is fetched, nothing of it is believed.

    Ids have no brackets. `newest`, `quoted` and `signature` are `[start, end)` in code points of `text`: what the
    writer wrote now, the earlier mails within or below, and how he signed. `html` is the page as sent, to be shown
    through `without_hidden` and `safe_html` only. `hidden` is text that the page hides from people; it is not in
    `text` unless nearly all the mail is hidden. `reply_tokens` are candidates, to be verified by who signed them.
    `problems` are machine names of what was odd, see `PROBLEMS`.
    """

    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    subject: str = ""
    sender: Address | None = None
    reply_to: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    date: datetime | None = None
    text: str = ""
    newest: tuple[int, int] = (0, 0)
    quoted: tuple[tuple[int, int], ...] = ()
    signature: tuple[int, int] | None = None
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    hidden: str = ""
    robot: Robot | None = None
    report: Report | None = None
    spam: bool = False
    verification: bool = False
    reply_tokens: tuple[str, ...] = ()
    authentication: Authentication | None = None
    problems: tuple[str, ...] = ()

    @property
    def new_text(self) -> str:
        """What the writer wrote now."""
        return self.text[self.newest[0] : self.newest[1]]


PROBLEMS = (
    "unreadable",  # reading failed: `text` is the whole mail as it came
    "no_headers",
    "no_sender",  # nobody, or nobody certain: answer nothing by itself
    "several_senders",
    "looks_alike",  # a name or an address made to be taken for another (T40)
    "invisible_signs",  # direction overrides or unseen letters in subject or text (I05)
    "bad_date",
    "bad_charset",  # guessed, or letters are damaged
    "bad_encoding",
    "bad_boundary",
    "packed_in_text",  # uuencode or yEnc stands in the text
    "depth",
    "truncated",
    "text_from_inside",  # the text is that of a mail inside
    "alternatives_differ",  # the plain form and the page do not say the same (I18)
    "hidden_text",
    "encrypted",
    "no_text",
)
