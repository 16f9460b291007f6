"""The ratings the database accepts: an unknown one is neither drafted nor published.

SQLite rebuilds a table to add a constraint and drops its triggers with the old one: so the rules on
verdicts and published versions are removed first and created again last, unchanged.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import Q

from audit.triggers import DropRules

RATINGS = [
    *("true", "false", "partly_false", "misleading", "missing_context", "outdated"),
    *("unverifiable", "opinion"),
]


def rules():
    vocabulary = import_module("factcheck.migrations.0008_vocabulary")
    return vocabulary.rules("rating", "author_unit_id", "reviewer_unit_id")


class Migration(migrations.Migration):
    dependencies = [("factcheck", "0008_vocabulary")]

    operations = [
        *[DropRules(rule) for rule in reversed(rules())],
        migrations.AddConstraint(
            "verdict",
            models.CheckConstraint(
                condition=Q(rating__in=["", *RATINGS]), name="factcheck_verdict_rating"
            ),
        ),
        migrations.AddConstraint(
            "noticeversion",
            models.CheckConstraint(
                condition=Q(rating__in=RATINGS), name="factcheck_version_rating"
            ),
        ),
        *rules(),
    ]
