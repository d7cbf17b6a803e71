"""How much heat a person read in a day; seen by nobody but himself."""

from __future__ import annotations

from django.db import models

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.models import Conversation


class Exposure(models.Model):
    """Seconds a person spent on a day with angry and with abusive customers; for rest, never for ranking."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="exposures")
    day = models.DateField()
    angry = models.PositiveIntegerField(default=0)
    abusive = models.PositiveIntegerField(default=0)
    rested_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_exposure_a_day")]

    def __str__(self) -> str:
        return f"{self.day}"


class Unmasked(models.Model):
    """That somebody opened the folded words of a message as evidence; the opening is logged, the words are not."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="unmaskings")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    message = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"message {self.message}"
