"""What was told of a clock already."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_ground")]

    operations = [
        migrations.AddField("clock", "warned", models.CharField(blank=True, default="", max_length=8)),
    ]
