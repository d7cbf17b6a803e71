"""One index that answers what the queue counts and sorts by, in place of two that did not."""

from __future__ import annotations

from django.db import migrations, models

_FIELDS = [
    "inbox", "merged_into", "status", "spam", "snoozed_until", "next_due", "next_due_kind", "promise_broken",
    "rank_safety", "rank_heat", "rank_care", "contacts", "waiting_since", "state", "assignee", "ladder", "channel",
    "language",
]  # fmt: skip


class Migration(migrations.Migration):
    """Changes the indexes of conversations."""

    dependencies = [("conversations", "0003_search")]
    operations = [
        migrations.RemoveIndex(model_name="conversation", name="conv_queue"),
        migrations.RemoveIndex(model_name="conversation", name="conv_queue_all"),
        migrations.AddIndex(model_name="conversation", index=models.Index(fields=_FIELDS, name="conv_burns")),
    ]
