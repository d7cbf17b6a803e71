"""Whether the owner of a promise was chosen for it alone, so that it does not go with its conversation."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the field."""

    dependencies = [("commitments", "0003_clocks_by_kind")]
    operations = [
        migrations.AddField(model_name="promise", name="owner_chosen", field=models.BooleanField(default=False)),
    ]
