"""Adding a wording writes three indexes less; which cases were merged is read from an index."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("factcheck", "0006_answered_wordings")]

    operations = [
        migrations.AlterField(
            "variant",
            "case",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="variants",
                to="factcheck.case",
            ),
        ),
        migrations.AlterField(
            "variant", "fingerprint", models.CharField(blank=True, max_length=32)
        ),
        migrations.AlterField("variant", "url_hash", models.CharField(blank=True, max_length=64)),
        migrations.AddIndex(
            "variant", models.Index(fields=["fingerprint"], name="factcheck_variant_words")
        ),
        migrations.AddIndex(
            "variant", models.Index(fields=["url_hash"], name="factcheck_variant_link")
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["id", "merged_into"],
                condition=Q(merged_into__isnull=False),
                name="factcheck_case_merged_roots",
            ),
        ),
    ]
