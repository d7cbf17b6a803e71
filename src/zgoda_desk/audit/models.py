"""The audit: entries that are only ever added, each holding the digest of the one before."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One thing that happened: who, what kind, to which object; ids and digests, never a person's words.

    An entry that names no text can outlive the erasure of a person; `prev` and `digest` chain the entries (R16).
    """

    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)  # a person's id; no foreign key, so that the audit never blocks a removal
    kind = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    prev = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["object_type", "object_id"], name="entry_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.object_type} {self.object_id}"
