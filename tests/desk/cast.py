"""The fixed cast on which every view of the desk is tried, and the company they work in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from zgoda_desk.accounts.models import Company, Hours, Inbox, Person, Team
from zgoda_desk.conversations.models import Contact, ContactAddress, Conversation, Message
from zgoda_desk.post.models import MailAccount

NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)  # a Thursday
WEEK = {day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
PASSWORD = "correct horse battery"


@dataclass
class Cast:
    """Who tries the desk.

    `owner` has the conversation, `teammate` shares his team, `lead` leads it, `head` heads the company, `stranger` is
    an agent of another team, `strange_lead` leads that one; nobody is not logged in.
    """

    company: Company
    inbox: Inbox
    other_inbox: Inbox
    account: MailAccount
    owner: Person
    teammate: Person
    lead: Person
    head: Person
    stranger: Person
    strange_lead: Person

    def role(self, name: str) -> Person | None:
        """The person of a role by name; None for nobody."""
        return None if name == "nobody" else getattr(self, name)


ROLES = ("owner", "teammate", "lead", "head", "stranger", "strange_lead", "nobody")


def make_cast() -> Cast:
    """The company Polana with two teams."""
    hours = Hours.objects.create(name="Office", zone="Europe/Warsaw", calendar="pl", weekly=WEEK)
    company = Company.objects.create(
        name="Polana", names={"ru": "Поляна"}, installation="test-installation", language="en", hours=hours
    )
    shop, bank = Team.objects.create(name="Shop"), Team.objects.create(name="Bank")
    inbox = Inbox.objects.create(name="Help", team=shop, language="en")
    other = Inbox.objects.create(name="Accounts", team=bank, language="pl")
    account = make_account(inbox, "help@polana.example")
    make_account(other, "konto@polana.example")

    def person(email: str, name: str, role: str, *teams: Team, **more: object) -> Person:
        made = Person.objects.create_user(f"{email}@polana.example", PASSWORD, name=name, role=role, **more)
        made.teams.set(teams)
        return made

    return Cast(
        company=company, inbox=inbox, other_inbox=other, account=account,
        owner=person("nina", "Nina Wolska", "agent", shop, gender="f", names={"ru": "Нина Вольская"}),
        teammate=person("pawel", "Paweł Sikora", "agent", shop, gender="m"),
        lead=person("tomasz", "Tomasz Maj", "lead", shop, gender="m"),
        head=person("helena", "Helena Ross", "head", gender="f"),
        stranger=person("stefan", "Stefan Obcy", "agent", bank, gender="m"),
        strange_lead=person("lidia", "Lidia Obca", "lead", bank, gender="f"),
    )  # fmt: skip


def make_account(inbox: Inbox, address: str) -> MailAccount:
    """A mailbox on loopback that nobody has started."""
    return MailAccount.objects.create(
        inbox=inbox, address=address, user=address, imap_host="127.0.0.1", imap_port=1, imap_security="none",
        smtp_host="127.0.0.1", smtp_port=1, smtp_security="none",
    )  # fmt: skip


def raw_mail(
    text: str,
    *,
    sender: str = "Marina Sokolova <marina@customer.example>",
    subject: str = "Order 48-20517",
    to: str = "help@polana.example",
    message_id: str = "<1@customer.example>",
    more: str = "",
) -> bytes:
    """A plain mail as bytes; `more` are further header lines."""
    from email.header import Header

    name, _, rest = sender.rpartition("<")
    start = f"{Header(name.strip(), 'utf-8').encode()} <{rest}" if name else sender
    head = f"From: {start}\nTo: {to}\nSubject: {Header(subject, 'utf-8').encode()}\nMessage-ID: {message_id}\n"
    rest_of_head = f"Date: Thu, 26 Nov 2026 09:00:00 +0000\n{more}MIME-Version: 1.0\n"
    return (head + rest_of_head + "Content-Type: text/plain; charset=utf-8\n\n" + text).encode()


def make_conversation(
    cast: Cast, text: str = "Where is my order 48-20517?", *, inbox: Inbox | None = None
) -> Conversation:
    """A conversation as an incoming mail makes it, by the real path."""
    from zgoda_desk.post.actions import Incoming, store_raw
    from zgoda_desk.post.models import RawMessage
    from zgoda_desk.workflow.receive import read_next

    place = inbox or cast.inbox
    account = MailAccount.objects.get(inbox=place)
    number = RawMessage.objects.count() + 1
    sender = "Marina Sokolova <marina@customer.example>"
    raw = raw_mail(text, sender=sender, to=account.address, message_id=f"<{number}@customer.example>")
    store_raw(place, account, Incoming(f"uid:{number}", raw, NOW, message_id=f"<{number}@customer.example>"))
    assert read_next(NOW)
    return Message.objects.order_by("-id").first().conversation  # type: ignore[union-attr]


__all__ = [
    "NOW", "PASSWORD", "ROLES", "Cast", "Contact", "ContactAddress", "make_account", "make_cast", "make_conversation",
    "raw_mail",
]  # fmt: skip
