"""The topics a new installation begins with; they are data and may be changed."""

from django.db import migrations

TOPICS = [
    ("lich-nghi", "Lịch nghỉ – thời tiết", "School closures and weather"),
    ("suc-khoe", "Sức khỏe – dịch bệnh", "Health and disease"),
    ("an-toan", "An toàn học sinh", "Pupils’ safety"),
    ("lua-dao", "Lừa đảo", "Scams"),
    ("khoan-thu", "Khoản thu", "Fees"),
    ("thi-cu", "Thi cử – tuyển sinh", "Exams and admission"),
    ("chuong-trinh", "Chương trình – sách", "Curriculum and textbooks"),
    ("thu-thach", "Thử thách nguy hiểm", "Dangerous challenges"),
    ("van-ban-gia", "Văn bản giả", "Forged documents"),
    ("khac", "Khác", "Other"),
]


def add(apps, schema_editor):
    topic = apps.get_model("factcheck", "Topic")
    for order, (slug, name_vi, name_en) in enumerate(TOPICS, start=1):
        topic.objects.get_or_create(
            slug=slug, defaults={"name_vi": name_vi, "name_en": name_en, "order": order * 10}
        )


class Migration(migrations.Migration):
    dependencies = [("factcheck", "0002_rules_the_database_keeps")]

    # Backwards nothing: cases may point at them, and 0001 backwards drops the table.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
