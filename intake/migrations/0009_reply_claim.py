"""The claim that an answer is about. The table's rule is dropped meanwhile: SQLite rebuilds the table
to add a column with a default."""

from django.db import migrations, models

from audit.triggers import AppendOnly, DropRules


class Migration(migrations.Migration):
    dependencies = [("intake", "0008_reply_act_first")]

    operations = [
        DropRules(AppendOnly("intake_reply")),
        migrations.AddField(
            "reply", "claim", models.CharField(blank=True, default="", max_length=500)
        ),
        AppendOnly("intake_reply"),
    ]
