"""One of each thing in each of two inboxes, so that every address is tried with one's own and with a foreign one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

from tests.desk.cast import NOW, Cast, make_account
from zgoda_desk.accounts.models import Inbox, Invitation, Person
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.console.post import pictures
from zgoda_desk.conversations.models import Message
from zgoda_desk.lib import clock, tokens
from zgoda_desk.post.accounts_actions import set_client
from zgoda_desk.post.actions import Incoming, enqueue, store_raw
from zgoda_desk.post.models import MailAccount, RawMessage
from zgoda_desk.post.transport.oauth import Client
from zgoda_desk.workflow import feed
from zgoda_desk.workflow.receive import read_next

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
HELP, ACCOUNTS = "help", "accounts"
INSIDERS = {
    HELP: frozenset(("owner", "teammate", "lead", "head")),
    ACCOUNTS: frozenset(("stranger", "strange_lead", "head")),
}
SIDES = tuple(INSIDERS)


@dataclass(frozen=True)
class Place:
    """The things of one inbox, by their kind, as they stand in an address."""

    inbox: Inbox
    things: dict[str, str]


def letter(sender: str, to: str, text: str = "Where is my order 48-20517?", **more: str) -> bytes:
    """A mail with a page, a picture inside it and a file; `more` are further header lines by name."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, more.pop("subject", "Order 48-20517")
    for name, value in more.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    mail.add_alternative(f"<p>{text} <img src='cid:one@x'></p>", subtype="html")
    page = mail.get_payload()[1]  # type: ignore[index]
    page.add_related(PNG, "image", "png", cid="<one@x>", disposition="inline", filename="one.png")  # type: ignore[union-attr]
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="bill.pdf")
    return bytes(mail)


def comes_in(inbox: Inbox, body: bytes, *, read: bool = True) -> RawMessage:
    """A mail by the real path."""
    number = RawMessage.objects.count() + 1
    account = MailAccount.objects.filter(inbox=inbox, auth="password").get()
    assert store_raw(inbox, account, Incoming(f"w:{number}", body, NOW, message_id=f"<w{number}@customer.example>"))
    if read:
        assert read_next(NOW)
    return RawMessage.objects.get(external_id=f"w:{number}")


def newest() -> Message:
    """The customer's message that came in last."""
    return Message.objects.filter(kind="customer").order_by("-pk")[0]


def make_place(cast: Cast, side: str) -> Place:
    """The things of one side."""
    inbox = cast.inbox if side == HELP else cast.other_inbox
    worker, lead = (cast.teammate, cast.lead) if side == HELP else (cast.stranger, cast.strange_lead)
    account = MailAccount.objects.filter(inbox=inbox, auth="password").get()
    comes_in(inbox, letter(f"Customer <one@{side}.example>", account.address))
    message = newest()
    conversation = message.conversation
    token = f"<z.{tokens.reply_token(conversation.pk)}.abc@polana.example>"
    comes_in(inbox, letter(f"Customer <one@{side}.example>", account.address, "Still nothing.", In_Reply_To=token))
    assert newest().conversation == conversation
    outgoing = enqueue(
        account, key=side, message_id=f"z.{side}@polana.example", sender=account.address,
        recipients=[f"one@{side}.example"], body=b"x", now=NOW,
    )  # fmt: skip
    outgoing.state = "unknown"
    outgoing.save()
    ours = Message.objects.create(
        conversation=conversation, kind="ours", person=worker, at=NOW, text="I will call you.", outgoing=outgoing
    )
    promise = Promise.objects.create(
        conversation=conversation, message=ours, what="A call", due_at=NOW + timedelta(days=1), made_at=NOW,
        owner=worker, zone="Europe/Warsaw",
    )  # fmt: skip
    term = Clock.objects.create(
        conversation=conversation, kind="statute", row="x", since=NOW, due_at=NOW + timedelta(days=9),
        legal_due=NOW + timedelta(days=9),
    )  # fmt: skip
    unread = comes_in(inbox, letter("x@y.example", account.address), read=False)
    RawMessage.objects.filter(pk=unread.pk).update(state="unreadable", reason="ValueError", done_at=NOW)
    files = {one.name: one for one in RawMessage.objects.get(message=message).attachments.all()}
    comes_in(inbox, letter(f"Customer <one@{side}.example>", account.address, "Another matter."))
    second = newest().conversation
    comes_in(inbox, letter(f"Friend <two@{side}.example>", account.address))
    google = make_account(inbox, f"google-{side}@polana.example")
    google.auth = "google"
    google.save()
    set_client(cast.head, google, Client("id", "secret"), NOW)
    colleague = cast.owner if side == HELP else cast.strange_lead
    things = {
        "second": second.pk, "friend": newest().conversation.contact_id, "google": google.pk,
        "colleague": colleague.pk, "join": _join_token(lead), "feed": feed.make_key(worker, NOW), "part": "head",
        "conversation": conversation.pk, "message": message.pk, "ours": ours.pk, "contact": conversation.contact_id,
        "promise": promise.pk, "term": term.pk, "raw": unread.pk, "outgoing": outgoing.pk,
        "file": files["bill.pdf"].key, "person": worker.pk, "team": inbox.team_id, "inbox": inbox.pk,
        "account": account.pk, "invitation": _invitation(lead).pk,
        "portal": tokens.sign(tokens.PROMISE, str(conversation.pk)),
        "picture": pictures.addresses(worker, message, clock.now())["one@x"].rpartition("/")[2],
    }  # fmt: skip
    return Place(inbox, {name: str(value) for name, value in things.items()})


def _invitation(lead: Person, digest: str = "") -> Invitation:
    number = Invitation.objects.count()
    return Invitation.objects.create(
        email=f"new{number}@polana.example", digest=digest or f"{number:064}", invited_by=lead, made_at=NOW,
        expires_at=clock.now() + timedelta(days=7),
    )  # fmt: skip


def _join_token(lead: Person) -> str:
    token = tokens.fresh()
    _invitation(lead, tokens.digest(token))
    return token
