from django.db import migrations

PUBLISHED = ("case.published", "case.publish")


def name_publishers(apps, schema_editor):
    """A notice was stored under the unit of its case, which received the reports; the audit record
    says in whose name it was published."""
    AuditEntry = apps.get_model("audit", "AuditEntry")
    Notice = apps.get_model("factcheck", "Notice")
    Unit = apps.get_model("accounts", "Unit")
    units = {str(pk) for pk in Unit.objects.values_list("pk", flat=True)}
    for notice in Notice.objects.iterator():
        entry = (
            AuditEntry.objects.filter(
                subject_type="factcheck.case",
                subject_id=str(notice.case_id),
                verb__in=PUBLISHED,
                actor_unit__in=units,
            )
            .order_by("id")
            .first()
        )
        if entry is not None and int(entry.actor_unit) != notice.unit_id:
            Notice.objects.filter(pk=notice.pk).update(unit_id=int(entry.actor_unit))


class Migration(migrations.Migration):
    dependencies = [
        ("factcheck", "0019_scam_families"),
        ("audit", "0002_append_only"),
    ]

    operations = [migrations.RunPython(name_publishers, migrations.RunPython.noop)]
