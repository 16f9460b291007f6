"""The ratings “scam” and “dangerous”, and no “true” beside a tag that says the opposite.

SQLite rebuilds a table to change a constraint and drops its triggers with the old one: so the rules
on verdicts and published versions are removed first and created again last, with the evidence that
a warning needs. What was rated “true” with such a tag gets another rating in between; see
docs/adr/0019-warnings.md for what people are told.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from audit.triggers import DropRules, FrozenColumns, RequireOnInsert

rerating = import_module("factcheck.migrations._rerating")
guarded_acts = import_module("factcheck.migrations.0010_guarded_acts")
vocabulary = import_module("factcheck.migrations.0008_vocabulary")

CHOICES = [
    ("true", "True"),
    ("false", "False"),
    ("partly_false", "Partly false"),
    ("misleading", "Misleading"),
    ("missing_context", "Missing context"),
    ("outdated", "Outdated"),
    ("scam", "Scam"),
    ("dangerous", "Dangerous"),
    ("unverifiable", "Unverifiable for now"),
    ("opinion", "Not checkable (opinion)"),
]
RATINGS = [value for value, _label in CHOICES]
REFUSED = ['"impersonation"', '"scam"', "\\"]
FITTING = ~Q(rating="true") | ~Q(
    *(Q(Contains(Cast("tags", models.TextField()), text)) for text in REFUSED), _connector=Q.OR
)
FIELDS = "'health', 'police', 'finance', 'cyber', 'child_safety'"
WARNED = f"""
    EXISTS (
        SELECT 1 FROM factcheck_evidence e
        JOIN factcheck_notice n ON n.id = NEW.notice_id
        JOIN factcheck_source s ON s.id = e.source_id
        WHERE e.case_id = n.case_id AND e.withdrawn_at IS NULL AND e.quote <> ''
        AND e.official AND e.archive_state = 'stored' AND e.archive_sha256 <> ''
        AND e.stance IN ('refutes', 'context') AND s.field IN ({FIELDS})
    )
"""  # noqa: S608 -- names from this file, not from anyone's input


def former_rules():
    """The rules on both tables and those that read them, as 0008 and 0010 left them."""
    rules = vocabulary.rules("rating", "author_unit_id", "reviewer_unit_id")
    added = list(guarded_acts.Migration.operations)
    dropped = [one.operation for one in added if isinstance(one, DropRules)]
    kept = [rule for rule in rules if not any(_is_same(rule, one) for one in dropped)]
    return kept + [one for one in added if not isinstance(one, DropRules)]


def _is_same(rule, other):
    return type(rule) is type(other) and vars(rule) == vars(other)


def rules():
    """The former ones, with the evidence of a warning and with ``rerated_on`` frozen."""
    made = []
    for rule in former_rules():
        if isinstance(rule, RequireOnInsert) and rule.name == "grounded":
            condition = f"""
                {rule.condition_sql}
                OR (NEW."rating" IN ('scam', 'dangerous')
                    AND TRIM(NEW.what_to_do) <> '' AND {WARNED})
            """
            made.append(RequireOnInsert(rule.table, rule.name, condition, rule.message))
        else:
            made.append(rule)
    return [*made, FrozenColumns("factcheck_noticeversion", columns=["rerated_on"])]


def constraint(values, name):
    return models.CheckConstraint(condition=Q(rating__in=values), name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("factcheck", "0011_undecidable"),
        ("intake", "0008_reply_act_first"),
        ("channels", "0002_channels"),
        ("audit", "0002_append_only"),
    ]

    operations = [
        *[DropRules(rule) for rule in reversed(former_rules())],
        migrations.RemoveConstraint("verdict", "factcheck_verdict_rating"),
        migrations.RemoveConstraint("noticeversion", "factcheck_version_rating"),
        migrations.AlterField(
            "verdict",
            "rating",
            models.CharField(
                blank=True, choices=CHOICES, max_length=20, verbose_name="verdict"
            ),
        ),
        migrations.AlterField(
            "noticeversion", "rating", models.CharField(choices=CHOICES, max_length=20)
        ),
        migrations.AddField(
            "noticeversion", "rerated_on", models.DateField(blank=True, null=True)
        ),
        migrations.RunPython(rerating.rename_topics, migrations.RunPython.noop),
        migrations.RunPython(rerating.rerate, migrations.RunPython.noop),
        migrations.AddConstraint("verdict", constraint(["", *RATINGS], "factcheck_verdict_rating")),
        migrations.AddConstraint("noticeversion", constraint(RATINGS, "factcheck_version_rating")),
        migrations.AddConstraint(
            "verdict", models.CheckConstraint(condition=FITTING, name="factcheck_verdict_tags")
        ),
        migrations.AddConstraint(
            "noticeversion",
            models.CheckConstraint(condition=FITTING, name="factcheck_version_tags"),
        ),
        *rules(),
    ]
