"""A request for reconsideration can end undecided: nobody could be found, and no person says so.

SQLite rebuilds the table to change its constraint: its rules are dropped before and created again.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import Q

from audit.triggers import DropRules

TABLE = "factcheck_reconsideration"
STATES = [
    ("open", "Open"),
    ("upheld", "Notice kept"),
    ("accepted", "Case reopened"),
    ("undecided", "Cannot be decided here"),
]


def rules():
    """The rules on requests, in the order in which they were created."""
    names = ("0010_guarded_acts", "0018_independence")
    modules = [import_module(f"factcheck.migrations.{name}") for name in names]
    operations = [op for module in modules for op in module.Migration.operations]
    return [op for op in operations if getattr(op, "table", "") == TABLE]


class Migration(migrations.Migration):
    dependencies = [("factcheck", "0021_merged_by_two")]

    operations = [
        *[DropRules(rule) for rule in reversed(rules())],
        migrations.RemoveConstraint("reconsideration", "factcheck_reconsideration_decided"),
        migrations.AlterField(
            "reconsideration",
            "state",
            models.CharField(choices=STATES, default="open", max_length=10),
        ),
        migrations.AddConstraint(
            "reconsideration",
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | (
                    ~Q(state="open")
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(decision="")
                )
                | (
                    Q(state="undecided", decided_at__isnull=False, decided_by__isnull=True)
                    & ~Q(decision="")
                ),
                name="factcheck_reconsideration_decided",
            ),
        ),
        *rules(),
    ]
