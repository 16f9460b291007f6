"""The registry has entries of units beside the shared ones; each is named, replaced and retired by
an act of two people. Entries from before stay confirmed.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from audit.triggers import (
    DropRules,
    FrozenColumns,
    NoDelete,
    RequireOnInsert,
    RequireOnUpdate,
)
from factcheck.migrations import _evidence_rules as evidence_rules

CONFIRMED_ACT = """
    SELECT 1 FROM accounts_guardedact a
    WHERE a.kind IN ({kinds}) AND a.subject = 'factcheck.source:' || NEW.id
    AND a.confirmed_at IS NOT NULL AND a.ended_at IS NULL
"""
NAMED = f"""
    NEW.is_confirmed AND EXISTS (
        {CONFIRMED_ACT.format(kinds="'source_named', 'source_changed'")}
    )
"""
RETIRED = f"""
    NEW.valid_to IS NOT NULL AND (
        EXISTS ({CONFIRMED_ACT.format(kinds="'source_retired'")})
        OR EXISTS (
            SELECT 1 FROM factcheck_source s WHERE s.replaces_id = NEW.id AND s.is_confirmed
        )
    )
"""  # noqa: S608 -- names from this file, not from anyone's input


CONFIRMED = """
    EXISTS (SELECT 1 FROM factcheck_source s WHERE s.id = NEW.source_id AND s.is_confirmed)
"""


def grounded():
    """The rule on versions that reads this table: SQLite rebuilds no table that a trigger names."""
    return evidence_rules.grounded()


def rules():
    """Those that this migration adds; the last one is on evidence."""
    return [
        NoDelete("factcheck_source"),
        FrozenColumns(
            "factcheck_source",
            columns=[
                *("name_vi", "domain", "kind", "unit_id", "replaces_id", "valid_from"),
                *("speaks_for_id", "signer", "is_placeholder"),
            ],
        ),
        FrozenColumns("factcheck_source", columns=["is_confirmed"], unless=NAMED),
        FrozenColumns("factcheck_source", columns=["valid_to"], unless=RETIRED),
        RequireOnInsert(
            "factcheck_source",
            "proposal",
            "NOT NEW.is_confirmed",
            "a source begins as a proposal",
        ),
        RequireOnInsert(
            "factcheck_evidence",
            "confirmed_source",
            CONFIRMED,
            "evidence cites a source that two people have named",
        ),
        RequireOnUpdate(
            "factcheck_evidence",
            "confirmed_source",
            f"NEW.source_id = OLD.source_id OR {CONFIRMED}",
            "evidence cites a source that two people have named",
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("factcheck", "0023_proved_evidence"),
        ("accounts", "0004_role_acts"),
    ]

    operations = [
        DropRules(grounded()),
        migrations.AddField(
            "source",
            "unit",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sources",
                to="accounts.unit",
            ),
        ),
        migrations.AddField(
            "source",
            "is_confirmed",
            models.BooleanField(default=True),
        ),
        migrations.AlterField("source", "is_confirmed", models.BooleanField(default=False)),
        migrations.AddField(
            "source",
            "replaces",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replacements",
                to="factcheck.source",
            ),
        ),
        migrations.RemoveConstraint("source", "factcheck_source_once"),
        migrations.AddConstraint(
            "source",
            models.UniqueConstraint(
                fields=["name_vi", "domain", "valid_from"],
                condition=Q(is_confirmed=True, unit__isnull=True),
                name="factcheck_source_once",
            ),
        ),
        migrations.AddConstraint(
            "source",
            models.UniqueConstraint(
                fields=["unit", "name_vi", "domain", "valid_from"],
                condition=Q(is_confirmed=True, unit__isnull=False),
                name="factcheck_unit_source_once",
            ),
        ),
        *rules(),
        grounded(),
    ]
