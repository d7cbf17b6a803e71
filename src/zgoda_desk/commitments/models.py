"""Promises we made and clocks that run on us."""

from __future__ import annotations

from django.db import models

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.models import Conversation, Message


class Promise(models.Model):
    """A thing promised to a customer by an hour: {what, who, due, channel}, with an owner until it is kept or broken.

    `state`: `open`, `kept`, `broken` (its time passed; still owed), `withdrawn` (said to the customer). A thank-you of
    the customer clears nothing (S2.30). `zone` is the customer's, in which `due_text` was said (C08).
    """

    STATES = [(name, name) for name in ("open", "kept", "broken", "withdrawn")]

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="promises")
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="promises")
    what = models.CharField(max_length=300)
    words = models.CharField(max_length=500, blank=True, default="")
    channel = models.CharField(max_length=10, blank=True, default="")
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="promises")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    whole_day = models.BooleanField(default=False)
    zone = models.CharField(max_length=60)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    owner_asked_at = models.DateTimeField(null=True)  # when a new owner was asked for
    owner_chosen = models.BooleanField(
        default=False
    )  # chosen for this promise alone: it does not go with its conversation
    state = models.CharField(max_length=10, choices=STATES, default="open")
    broken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True, default="")
    customer_wish = models.JSONField(default=dict)  # what the customer asked for on the promise page

    class Meta:
        ordering = ("due_at", "id")
        indexes = [
            models.Index(fields=["state", "due_at"], name="promise_due"),
            models.Index(fields=["owner", "state", "due_at"], name="promise_owner"),
        ]

    def __str__(self) -> str:
        return f"promise {self.pk} {self.state}"


class Clock(models.Model):
    """A term that runs on a conversation: `acknowledge`, `answer`, or `statute` with the row of law it follows.

    `due_at` is when it is over; for a statute `due_at` is the safe day and `legal_due` the last of the law. Not legal
    advice. `state`: `running`, `met`, `over` (passed unmet), `stopped`.
    """

    STATES = [(name, name) for name in ("running", "met", "over", "stopped")]

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=12)
    row = models.CharField(max_length=60, blank=True, default="")
    since = models.DateTimeField()
    due_at = models.DateTimeField()
    legal_due = models.DateTimeField(null=True)
    source = models.CharField(max_length=300, blank=True, default="")
    certainty = models.CharField(max_length=2, blank=True, default="")
    state = models.CharField(max_length=8, choices=STATES, default="running")
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # when people were told that it is over
    warned = models.CharField(max_length=8, blank=True, default="")  # the last warning of a statute: 50%, 80%, ...

    class Meta:
        ordering = ("due_at", "id")
        indexes = [
            models.Index(fields=["state", "due_at"], name="clock_due"),
            models.Index(fields=["kind", "state", "conversation"], name="clock_kind"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "kind", "row", "since"], name="clock_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row} {self.state}"
