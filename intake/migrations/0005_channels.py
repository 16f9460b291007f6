"""Contacts name their channel, origins may be channels, readings have a perceptual hash.

Every contact so far is an e-mail address. The column of the origin gets wider, for which SQLite
rebuilds the table: the triggers on reports are dropped first and created again last.
"""

from django.db import migrations, models

from audit.triggers import DropRules, FrozenColumns

CONTENT = ["text", "url", "question", "normalised", "canonical_url"]
EMPTIED = " AND ".join(f"NEW.{column} = ''" for column in CONTENT)
REPORT_RULES = [
    FrozenColumns(
        "intake_report",
        columns=CONTENT,
        unless=f"OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL AND {EMPTIED}",
    ),
    FrozenColumns(
        "intake_report",
        columns=[
            *("public_id", "unit_id", "origin", "seen_where", "seen_when", "language"),
            *("fingerprint", "form_key", "receipt_hash", "sender_hash", "created_at"),
        ],
    ),
    FrozenColumns("intake_report", columns=["purged_at"], unless="OLD.purged_at IS NULL"),
]


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_earlier_pictures")]

    operations = [
        *(DropRules(rule) for rule in reversed(REPORT_RULES)),
        migrations.AlterField(
            "report", "origin", models.CharField(default="form", max_length=16)
        ),
        *REPORT_RULES,
        migrations.RenameField("contact", "email_sealed", "address_encrypted"),
        migrations.AddField(
            "contact",
            "channel",
            models.CharField(default="email", max_length=16),
            preserve_default=False,
        ),
        migrations.RenameField("picturereading", "look", "perceptual_hash"),
    ]
