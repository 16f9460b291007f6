"""The unit whose form a report came through although another unit reads it. The table's rules are
dropped meanwhile: SQLite rebuilds the table to add a constraint."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from audit.triggers import DropRules, FrozenColumns, NoDelete

CONTENT = ["text", "url", "question", "normalised", "canonical_url"]
EMPTIED = " AND ".join(f"NEW.{column} = ''" for column in CONTENT)
FIXED = [
    "public_id",
    "unit_id",
    "origin",
    "seen_where",
    "seen_when",
    "language",
    "fingerprint",
    "form_key",
    "receipt_hash",
    "sender_hash",
    "created_at",
]


def _rules() -> list[FrozenColumns | NoDelete]:
    purged = f"OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL AND {EMPTIED}"
    return [
        FrozenColumns("intake_report", columns=CONTENT, unless=purged),
        FrozenColumns("intake_report", columns=FIXED),
        FrozenColumns("intake_report", columns=["purged_at"], unless="OLD.purged_at IS NULL"),
        NoDelete("intake_report"),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_role_acts"),
        ("intake", "0009_reply_claim"),
    ]

    operations = [
        *[DropRules(rule) for rule in _rules()],
        migrations.AddField(
            "report",
            "about_unit",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports_about",
                to="accounts.unit",
            ),
        ),
        migrations.AddConstraint(
            "report",
            models.CheckConstraint(
                condition=Q(about_unit__isnull=True) | ~Q(about_unit=F("unit")),
                name="intake_report_read_elsewhere",
            ),
        ),
        *_rules(),
        FrozenColumns("intake_report", columns=["about_unit_id"]),
    ]
