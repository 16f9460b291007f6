"""Whether the answer begins with what to do. The table's rule is dropped meanwhile: SQLite rebuilds
the table to add a column with a default."""

from django.db import migrations, models

from audit.triggers import AppendOnly, DropRules


class Migration(migrations.Migration):
    dependencies = [("intake", "0007_reports_stay")]

    operations = [
        DropRules(AppendOnly("intake_reply")),
        migrations.AddField("reply", "act_first", models.BooleanField(default=False)),
        AppendOnly("intake_reply"),
    ]
