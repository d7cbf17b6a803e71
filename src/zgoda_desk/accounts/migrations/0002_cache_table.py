"""The table of the shared cache, which counts log-in attempts for all processes."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make(_apps: Any, editor: Any) -> None:
    """Make the table where it is missing."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """Adds the cache table."""

    dependencies = [("accounts", "0001_ground")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
