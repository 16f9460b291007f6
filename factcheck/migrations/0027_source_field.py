"""A source's field decides which verdicts it may carry, so one person alone changes it no more."""

from django.db import migrations

from audit.triggers import FrozenColumns


class Migration(migrations.Migration):
    dependencies = [("factcheck", "0026_own_letters")]

    operations = [
        FrozenColumns("factcheck_source", columns=["field"]),
    ]
