"""Contacts, conversations and their messages, drafts, corrections, rungs, and the events that live pages hear."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zgoda_desk.accounts.models import LANGUAGES, Inbox, Person
from zgoda_desk.lib.plain import same_word
from zgoda_desk.post.models import Outgoing, RawMessage


class Contact(models.Model):
    """One person who writes to us, over one or several addresses; a gender not told is never guessed."""

    name = models.CharField(max_length=120, blank=True, default="")
    form = models.CharField(max_length=120, blank=True, default="")  # how he is addressed, where a person has set it
    gender = models.CharField(max_length=1, blank=True, default="")
    language = models.CharField(max_length=2, choices=LANGUAGES, blank=True, default="")
    note = models.TextField(blank=True, default="")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    moved = models.JSONField(default=dict)  # what went to the contact it was merged into, so that it can come back
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name or f"contact {self.pk}"


class ContactAddress(models.Model):
    """An address of a contact; `value` is compared by its bytes, in lower case (I07, T23)."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=8, default="email")
    value = models.CharField(max_length=254)
    shown = models.CharField(max_length=254, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="address_of_one_contact")]

    def __str__(self) -> str:
        return self.value


class Tag(models.Model):
    """A word of the company's own by which conversations are found again; one, however its letters are cased."""

    name = models.CharField(max_length=40)
    key = models.CharField(
        max_length=160, unique=True, editable=False
    )  # a database may not know the case of all letters

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it under the key that its name makes."""
        self.key = same_word(self.name)
        super().save(*args, **kwargs)


# All that the queue counts and sorts by, so that the wide rows themselves are read for one page only.
_OF_QUEUE = [
    "inbox", "merged_into", "status", "spam", "snoozed_until", "next_due", "next_due_kind", "promise_broken",
    "rank_safety", "rank_heat", "rank_care", "contacts", "waiting_since", "state", "assignee", "ladder", "channel",
    "language",
]  # fmt: skip


class Conversation(models.Model):
    """A conversation about one matter: where it stands, as `zgoda.guide` last said, and what the queue orders by.

    `revision` counts the messages both sides sent; who answers names the one he has seen. `rank_*` and `next_due` are
    what the queue sorts by; they follow from the readings and clocks and are written by `workflow.standing`.
    """

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("conversation", "Open")  # we owe something
        WAITING = "waiting", _("Waiting for the customer")
        AGREED = "agreed", _("Agreed, to check")
        CLOSED = "closed", _("Closed")

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="conversations")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="conversations")
    channel = models.CharField(max_length=20, default="email")
    subject = models.CharField(max_length=300, blank=True, default="")
    language = models.CharField(max_length=3, blank=True, default="")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    assignee = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="assigned")
    tags: models.ManyToManyField[Tag, Any] = models.ManyToManyField(Tag, related_name="conversations", blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)  # the customer's first message that has no answer yet
    last_customer_at = models.DateTimeField(null=True)
    last_ours_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    snoozed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    revision = models.PositiveIntegerField(default=0)

    stage = models.CharField(max_length=12, blank=True, default="")
    ladder = models.CharField(max_length=12, default="none")
    safety = models.CharField(max_length=10, default="none")
    tension = models.CharField(max_length=8, default="steady")
    guidance = models.JSONField(default=dict)  # the last answer of zgoda.guide, as_dict
    state = models.CharField(max_length=12, blank=True, default="")  # of the customer's last message; empty: not read
    temperature = models.PositiveSmallIntegerField(default=0)
    fever = models.JSONField(default=list)  # temperatures of the customer's messages, in order
    preview = models.JSONField(default=list)  # masked pieces of the last message, as conversations.shown.masked makes
    preview_ours = models.BooleanField(default=False)
    causes = models.JSONField(default=list)
    signals = models.JSONField(default=list)
    demands = models.JSONField(default=list)
    reference = models.CharField(max_length=80, blank=True, default="")  # the order or contract it is about
    contacts = models.PositiveIntegerField(default=0)  # the customer's messages
    spam = models.BooleanField(default=False)  # every message of it is marked as spam

    rank_safety = models.PositiveSmallIntegerField(default=0)
    rank_heat = models.PositiveSmallIntegerField(default=0)
    rank_care = models.PositiveSmallIntegerField(default=0)
    promise_broken = models.BooleanField(default=False)
    next_due = models.DateTimeField(null=True)
    next_due_kind = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        ordering = ("-changed_at",)
        indexes = [
            models.Index(fields=_OF_QUEUE, name="conv_burns"),
            models.Index(fields=["assignee", "status"], name="conv_mine"),
            models.Index(fields=["contact", "-changed_at"], name="conv_contact"),
            models.Index(fields=["snoozed_until"], name="conv_snoozed"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Message(models.Model):
    """What was said: by the customer, by us, as a note among us, or as an event of the desk.

    `text` is all of it, `[newest_start, newest_end)` what was written now, in code points; `reading` and `review` are
    the engine's answers as_dict and index `text`; a message that could not be read has `reading` None and is shown.
    """

    class Kind(models.TextChoices):
        CUSTOMER = "customer", _("Customer")
        OURS = "ours", _("Ours")
        NOTE = "note", _("Note")
        EVENT = "event", _("Event")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    address = models.CharField(max_length=254, blank=True, default="")
    sender_name = models.CharField(max_length=200, blank=True, default="")
    recipients = models.JSONField(default=list)
    at = models.DateTimeField()  # when it was received or written; order and deadlines go by it (I20)
    subject = models.CharField(max_length=300, blank=True, default="")
    text = models.TextField()
    newest_start = models.PositiveIntegerField(default=0)
    newest_end = models.PositiveIntegerField(null=True)
    html = models.TextField(blank=True, default="")
    language = models.CharField(max_length=3, blank=True, default="")
    reading = models.JSONField(null=True)
    review = models.JSONField(null=True)
    correction = models.JSONField(null=True)  # what a person set right, laid over the reading when shown and counted
    state = models.CharField(max_length=12, blank=True, default="")
    temperature = models.PositiveSmallIntegerField(null=True)
    event = models.CharField(max_length=30, blank=True, default="")  # name of an event, with `data`
    data = models.JSONField(default=dict)
    problems = models.JSONField(default=list)  # oddities of the mail, by name
    automatic = models.BooleanField(default=False)
    supervisor = models.BooleanField(default=False)  # said by the person who took over from the ladder
    raw = models.OneToOneField(RawMessage, null=True, on_delete=models.PROTECT, related_name="message")
    outgoing = models.OneToOneField(Outgoing, null=True, on_delete=models.PROTECT, related_name="message")
    mail_id = models.CharField(max_length=300, blank=True, default="")
    references = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("at", "id")
        indexes = [
            models.Index(fields=["conversation", "at", "id"], name="message_order"),
            models.Index(fields=["mail_id"], name="message_mail_id"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Draft(models.Model):
    """What a person is writing in a conversation; `version` rises with each save, an older one never overwrites."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=5, default="reply")  # reply, note
    text = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person", "kind"], name="one_draft_each")]

    def __str__(self) -> str:
        return f"{self.kind} draft {self.pk}"


class Presence(models.Model):
    """Who has a conversation open, and who is writing in it; forgotten after a minute."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    writing_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="one_presence_each")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.conversation_id}"


class RungTaken(models.Model):
    """A rung of the ladder that was taken, with its words, for whoever opens the conversation next (S1.22-S1.29)."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="rungs")
    rung = models.CharField(max_length=12)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="rungs")
    at = models.DateTimeField()
    words = models.TextField(blank=True, default="")
    overruled = models.CharField(max_length=300, blank=True, default="")  # the reason, where the rung was closed

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.rung} {self.at:%Y-%m-%d %H:%M}"


class Overrule(models.Model):
    """A finding that a person went past or ignored, with the reason; counted per rule, to mend the rules."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="overrules")
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="overrules")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    rule = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=40)
    severity = models.CharField(max_length=8)
    words = models.TextField(blank=True, default="")
    reason = models.CharField(max_length=300)
    way = models.CharField(max_length=8)  # ignored, sent
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.rule} {self.way}"


class Correction(models.Model):
    """What a person set right in a reading; the labelled line it makes is exported, the message's own text with it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="corrections")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    labels = models.JSONField()  # {"state": "calm"} and the like: only what was changed

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"correction of {self.message_id}"


class LiveEvent(models.Model):
    """Something that open pages should hear of, in order; ids are what a page catches up from after a break (T07).

    `person` set: for him alone. Else everybody who may see `conversation` (or `inbox`). Never holds a message's text.
    """

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=30)
    inbox = models.ForeignKey(Inbox, null=True, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
