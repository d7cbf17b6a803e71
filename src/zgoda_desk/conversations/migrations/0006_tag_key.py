"""Tags are the same whatever the case of their letters, on every database; those that were two become one."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def set_keys(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Give each tag its key; the conversations of one whose key is taken go to the tag that has it."""
    held: dict[str, Any] = {}
    for tag in apps.get_model("conversations", "Tag").objects.order_by("pk"):
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", tag.name).casefold())
        first = held.setdefault(key, tag)
        if first is tag:
            tag.key = key
            tag.save(update_fields=["key"])
            continue
        first.conversations.add(*tag.conversations.all())
        tag.delete()


class Migration(migrations.Migration):
    """Adds the key and fills it; PostgreSQL alters no table whose rows changed in the same transaction."""

    dependencies = [("conversations", "0005_contact_moved")]
    operations = [
        migrations.AddField("tag", "key", models.CharField(max_length=160, null=True, editable=False)),
        migrations.RunPython(set_keys, migrations.RunPython.noop),
    ]
