"""An index by which the queue counts what is to be acknowledged and what the law waits for."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the index."""

    dependencies = [("commitments", "0002_clock_warned")]
    operations = [
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(fields=["kind", "state", "conversation"], name="clock_kind"),
        ),
    ]
