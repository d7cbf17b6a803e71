"""Conversations that are nothing but spam stand apart in the queue."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the mark."""

    dependencies = [("conversations", "0001_ground")]
    operations = [
        migrations.AddField(model_name="conversation", name="spam", field=models.BooleanField(default=False)),
    ]
