"""A contact keeps what a merge took from it, so that the merge can be undone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_order_of_the_queue")]

    operations = [
        migrations.AddField("contact", "moved", models.JSONField(default=dict)),
    ]
