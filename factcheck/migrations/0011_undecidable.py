"""A case on which nobody can decide: since when, and an outcome that no person chooses."""

from django.db import migrations, models
from django.db.models import Q

OUTCOMES = [
    ("answered", "Answered to those who asked"),
    ("opinion", "Not checkable (opinion)"),
    ("personal", "Personal matter"),
    ("spam", "Spam"),
    ("emergency", "Emergency"),
    ("undecidable", "Cannot be decided here"),
]


class Migration(migrations.Migration):
    dependencies = [("factcheck", "0010_guarded_acts")]

    operations = [
        migrations.RemoveConstraint("case", "factcheck_case_closed_pair"),
        migrations.AddField(
            "case", "undecidable_since", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AlterField(
            "case", "outcome", models.CharField(blank=True, choices=OUTCOMES, max_length=12)
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False, closed_by__isnull=False)
                | Q(
                    status="closed",
                    outcome="undecidable",
                    closed_at__isnull=False,
                    undecidable_since__isnull=False,
                )
                | (~Q(status="closed") & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="factcheck_case_closed_pair",
            ),
        ),
    ]
