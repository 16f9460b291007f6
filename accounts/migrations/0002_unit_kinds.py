from django.db import migrations

KINDS = (
    ("ministry", "Bộ", "Ministry"),
    ("province_department", "Sở GD&ĐT", "Provincial education department"),
    ("commune", "Xã, phường", "Commune or ward"),
    ("cluster", "Cụm trường", "School cluster"),
    ("kindergarten", "Trường mầm non", "Kindergarten"),
    ("primary", "Trường tiểu học", "Primary school"),
    ("lower_secondary", "Trường THCS", "Lower secondary school"),
    ("upper_secondary", "Trường THPT", "Upper secondary school"),
    ("multi_level", "Trường nhiều cấp học", "Multi-level school"),
    ("continuing_education", "Trung tâm GDTX", "Continuing education centre"),
    ("school", "Trường", "School"),
)


def seed(apps, schema_editor):
    kind_model = apps.get_model("accounts", "UnitKind")
    for order, (code, name_vi, name_en) in enumerate(KINDS, start=1):
        kind_model.objects.get_or_create(
            code=code, defaults={"name_vi": name_vi, "name_en": name_en, "order": order * 10}
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    # Backwards nothing is removed: units point at their kinds.
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
