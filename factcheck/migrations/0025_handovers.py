"""A case that rested with the people of the unit it is about: from which unit it moved, and when."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_role_acts"), ("factcheck", "0024_source_registry")]

    operations = [
        migrations.AddField(
            "case", "handed_over_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "case",
            "handed_over_from",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases_handed_over",
                to="accounts.unit",
            ),
        ),
    ]
