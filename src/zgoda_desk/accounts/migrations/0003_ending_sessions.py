"""Sessions can be ended without a new password, and a link can set a new one."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the key of a person's sessions and the person of a link."""

    dependencies = [("accounts", "0002_cache_table")]
    operations = [
        migrations.AddField("person", "session_key", models.CharField(blank=True, default="", max_length=32)),
        migrations.AddField(
            "invitation",
            "person",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
