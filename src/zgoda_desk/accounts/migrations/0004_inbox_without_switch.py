"""An inbox has no switch of its own: each of its mailboxes is paused by itself."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """Drops the field, which nothing ever looked at."""

    dependencies = [("accounts", "0003_ending_sessions")]
    operations = [migrations.RemoveField(model_name="inbox", name="is_active")]
