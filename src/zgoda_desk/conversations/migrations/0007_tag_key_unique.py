"""The key of a tag is its own, in the place of its name."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the key unique."""

    dependencies = [("conversations", "0006_tag_key")]
    operations = [
        migrations.AlterField("tag", "key", models.CharField(max_length=160, unique=True, editable=False)),
        migrations.AlterField("tag", "name", models.CharField(max_length=40)),
    ]
