"""What somebody sent stays as it was sent, whoever holds the database connection; only a purge may
empty it, once. What was told to them stays too."""

from django.db import migrations

from audit.triggers import AppendOnly, FrozenColumns

CONTENT = ["text", "url", "question", "normalised", "canonical_url"]
EMPTIED = " AND ".join(f"NEW.{column} = ''" for column in CONTENT)


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        FrozenColumns(
            "intake_report",
            columns=CONTENT,
            unless=f"OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL AND {EMPTIED}",
        ),
        FrozenColumns(
            "intake_report",
            columns=[
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
            ],
        ),
        FrozenColumns("intake_report", columns=["purged_at"], unless="OLD.purged_at IS NULL"),
        FrozenColumns(
            "intake_attachment",
            columns=[
                "report_id",
                "position",
                "path",
                "media_type",
                "width",
                "height",
                "size",
                "sha256",
                "created_at",
            ],
        ),
        AppendOnly("intake_reply"),
    ]
