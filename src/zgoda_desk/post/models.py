"""The raw inbox, the outbox, mail accounts and attachments: bytes first, meaning later."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zgoda_desk.accounts.models import Inbox, Person


class MailAccount(models.Model):
    """A mailbox: where its mail is read and sent; secrets are encrypted at rest (`lib.secret`).

    `since` is the day from which mail is taken in; None means the account is not started and reads nothing.
    """

    SECURITY = [("tls", "TLS"), ("starttls", "STARTTLS"), ("none", _("none (this machine only)"))]
    AUTH = [("password", _("password")), ("google", "Google"), ("microsoft", "Microsoft 365")]

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="accounts")
    address = models.EmailField(max_length=254, unique=True)
    display_name = models.CharField(max_length=120, blank=True, default="")
    auth = models.CharField(max_length=10, choices=AUTH, default="password")
    user = models.CharField(max_length=254)
    secret = models.TextField(blank=True, default="")
    oauth = models.TextField(blank=True, default="")  # encrypted JSON: client, tokens
    imap_host = models.CharField(max_length=253)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=10, choices=SECURITY, default="tls")
    smtp_host = models.CharField(max_length=253)
    smtp_port = models.PositiveIntegerField(default=465)
    smtp_security = models.CharField(max_length=10, choices=SECURITY, default="tls")
    folder = models.CharField(max_length=200, default="INBOX")
    spam_folder = models.CharField(max_length=200, blank=True, default="")
    plus_addresses = models.BooleanField(default=False)  # whether name+token@domain reaches this mailbox
    since = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    checked_at = models.DateTimeField(null=True)
    state_code = models.CharField(max_length=40, blank=True, default="")
    state_detail = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ("address",)

    def __str__(self) -> str:
        return self.address


class FolderMark(models.Model):
    """How far a folder has been read: everything up to `last_uid` under `uid_validity` is in the raw inbox."""

    account = models.ForeignKey(MailAccount, on_delete=models.CASCADE, related_name="marks")
    folder = models.CharField(max_length=200)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "folder"], name="one_mark_per_folder")]

    def __str__(self) -> str:
        return f"{self.folder} {self.uid_validity}:{self.last_uid}"


class RawMessage(models.Model):
    """One incoming thing as bytes, committed before anything else happens to it.

    `state`: `new` (to be read), `read` (a message came of it), `set_aside` (known robot, own mail; see `reason`),
    `unreadable` (stands in the could-not-read list until a person replays or dismisses it).
    """

    STATES = [("new", "new"), ("read", "read"), ("set_aside", "set aside"), ("unreadable", "unreadable")]

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="raw_messages")
    account = models.ForeignKey(MailAccount, null=True, on_delete=models.PROTECT, related_name="raw_messages")
    channel = models.CharField(max_length=20, default="email")
    external_id = models.CharField(max_length=200)
    message_id = models.CharField(max_length=300, blank=True, default="")
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    truncated = models.BooleanField(default=False)
    in_spam = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default="new")
    reason = models.CharField(max_length=60, blank=True, default="")
    fault = models.CharField(max_length=500, blank=True, default="")
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["channel", "account", "external_id"], name="raw_once_per_external_id"),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="raw_state"),
            models.Index(fields=["account", "message_id", "sha256"], name="raw_second_net"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.external_id} {self.state}"


class Outgoing(models.Model):
    """One mail to go out, with its Message-ID for ever.

    `state`: `queued` (not before `not_before`), `sending` (until `lease_until`, by the holder of `fence`), `sent`,
    `failed` (told for good that it cannot be), `unknown` (may have been sent: a person settles it), `undone`.
    """

    STATES = [(name, name) for name in ("queued", "sending", "sent", "failed", "unknown", "undone")]

    account = models.ForeignKey(MailAccount, on_delete=models.PROTECT, related_name="outgoing")
    key = models.CharField(max_length=80, unique=True)  # the idempotency key of the decision to send
    message_id = models.CharField(max_length=300, unique=True)
    sender = models.EmailField(max_length=254, blank=True, default="")  # envelope; empty for the null sender
    recipients = models.JSONField()
    body = models.BinaryField()
    automatic = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=STATES, default="queued")
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    last_code = models.CharField(max_length=40, blank=True, default="")
    last_detail = models.CharField(max_length=300, blank=True, default="")
    sent_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["state", "not_before"], name="outgoing_due")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class Attachment(models.Model):
    """A file that came or goes; its name is data only, it is served as a download and never as a page (T03, T04)."""

    raw = models.ForeignKey(RawMessage, null=True, on_delete=models.CASCADE, related_name="attachments")
    message = models.BigIntegerField(null=True, db_index=True)  # of conversations.Message, which stands above this app
    draft = models.BigIntegerField(null=True, db_index=True)  # of conversations.Draft, while a reply is written
    key = models.CharField(max_length=43, unique=True)
    name = models.CharField(max_length=255)
    mime = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    content_id = models.CharField(max_length=300, blank=True, default="")
    inline = models.BooleanField(default=False)
    body = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class AutomaticMail(models.Model):
    """When an address last got an automatic mail from us: at most one a day, whatever it sends (T14, T15)."""

    address = models.EmailField(max_length=254, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.address} {self.at:%Y-%m-%d %H:%M}"
