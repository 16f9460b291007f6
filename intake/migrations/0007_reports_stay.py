"""What somebody sent is never deleted, answered or not: a purge empties it and keeps the row."""

from django.db import migrations

from audit.triggers import NoDelete


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_reply_key_index")]

    operations = [NoDelete("intake_report")]
