"""What people decided about pairs of cases stays: who, when and why; only the words of a purged
case's reasons may go. A merged case remembers where it came from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.triggers import FrozenColumns, NoDelete, RequireOnUpdate

STATUSES = [
    ("new", "New"),
    ("checking", "Being checked"),
    ("waiting", "Waiting for an answer"),
    ("in_review", "In review"),
    ("approved", "Approved"),
    ("published", "Published"),
    ("closed", "Closed"),
    ("merged", "Merged"),
]
# A person's "no" is final; a person's "yes" ends only by a person's "no" (a report split off).
MATCH_STAYS = """
    OLD.report_id = NEW.report_id AND OLD.case_id = NEW.case_id
    AND (
        OLD.decided_at IS NULL
        OR (OLD.state = 'confirmed' AND NEW.state = 'rejected' AND NEW.decided_at IS NOT NULL)
        OR (OLD.state = NEW.state AND OLD.decided_at = NEW.decided_at
            AND OLD.decided_by_id = NEW.decided_by_id
            AND (OLD.reason = NEW.reason OR NEW.reason = ''))
    )
"""


def merged_from_the_queue(apps, schema_editor):
    """Where earlier merges came from was not kept: undoing one led to the queue."""
    apps.get_model("factcheck", "Case").objects.filter(status="merged").update(merged_from="new")


class Migration(migrations.Migration):
    dependencies = [
        ("factcheck", "0004_matching_at_scale"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("case", "merged_from", models.CharField(blank=True, choices=STATUSES, default="", max_length=12), preserve_default=False),
        migrations.AddField("case", "kept_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "case",
            "kept_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases_kept",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("match", "reason", models.CharField(blank=True, default="", max_length=300), preserve_default=False),
        migrations.RunPython(merged_from_the_queue, migrations.RunPython.noop),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=(models.Q(status="merged") & ~models.Q(merged_from=""))
                | (~models.Q(status="merged") & models.Q(merged_from="")),
                name="factcheck_case_merged_from",
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=models.Q(kept_at__isnull=True, kept_by__isnull=True)
                | models.Q(kept_at__isnull=False, kept_by__isnull=False),
                name="factcheck_case_kept_pair",
            ),
        ),
        migrations.AddConstraint(
            "match",
            models.CheckConstraint(
                condition=~models.Q(state="rejected") | models.Q(decided_at__isnull=False),
                name="factcheck_match_rejected_by_someone",
            ),
        ),
        # decisions about two cases
        NoDelete("factcheck_pairdecision"),
        FrozenColumns(
            "factcheck_pairdecision",
            columns=["case_id", "other_id", "kind", "decided_at", "decided_by_id"],
        ),
        FrozenColumns("factcheck_pairdecision", columns=["reason"], unless="NEW.reason = ''"),
        FrozenColumns(
            "factcheck_pairdecision",
            columns=["undone_at", "undone_by_id"],
            unless="OLD.undone_at IS NULL",
        ),
        # cases left out of matching
        NoDelete("factcheck_matchingexclusion"),
        FrozenColumns(
            "factcheck_matchingexclusion", columns=["case_id", "excluded_at", "excluded_by_id"]
        ),
        FrozenColumns("factcheck_matchingexclusion", columns=["reason"], unless="NEW.reason = ''"),
        FrozenColumns(
            "factcheck_matchingexclusion",
            columns=["ended_at", "ended_by_id"],
            unless="OLD.ended_at IS NULL",
        ),
        # a report and a case: only what a person decided
        NoDelete("factcheck_match", where="decided_at IS NOT NULL"),
        RequireOnUpdate(
            "factcheck_match",
            "decided",
            MATCH_STAYS,
            "what a person decided about a report and a case stays",
        ),
    ]
