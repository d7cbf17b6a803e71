"""The index of all words of a conversation, in the database's own full-text search."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from zgoda_desk.lib.search import FORGET_TABLE, MAKE_TABLE


def make(_apps: Any, editor: Any) -> None:
    """Make the index; conversations that were there before are written into it by `zgoda` as they change."""
    for statement in MAKE_TABLE[editor.connection.vendor]:
        editor.execute(statement)


def forget(_apps: Any, editor: Any) -> None:
    """Drop the index; no word is lost, the messages hold them."""
    editor.execute(FORGET_TABLE)


class Migration(migrations.Migration):
    """Adds the table of the search."""

    dependencies = [("conversations", "0002_spam")]
    operations = [migrations.RunPython(make, forget)]
