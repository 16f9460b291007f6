"""Wordings of published cases carry a mark, so that a large archive finds them among thousands."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q

MERGES = 3  # factcheck.merge_tree.DEPTH


def unmark(apps, schema_editor):
    """Take the mark off wordings that are packed and whose case never had a notice."""
    notices = apps.get_model("factcheck", "Notice").objects
    unmarked = apps.get_model("factcheck", "Variant").objects.filter(packed__gt=0)
    for depth in range(MERGES + 1):
        case = "__".join(["case", *["merged_into"] * depth])
        unmarked = unmarked.filter(~Exists(notices.filter(case=OuterRef(f"{case}_id"))))
    unmarked.update(answered=False)


class Migration(migrations.Migration):
    dependencies = [("factcheck", "0005_decisions_stick")]

    operations = [
        migrations.AddField("variant", "answered", models.BooleanField(default=True)),
        migrations.RunPython(unmark, migrations.RunPython.noop),
        migrations.AddIndex(
            "variant",
            models.Index(
                fields=["id"], condition=Q(answered=True), name="factcheck_variant_answered"
            ),
        ),
    ]
