"""The topics every installation starts with. They are data: names may change, more may be added."""

from factcheck.models import Topic

TOPICS = (
    ("lich-nghi", "Lịch nghỉ – thời tiết", "School closures and weather"),
    ("suc-khoe", "Sức khỏe – dịch bệnh", "Health and disease"),
    ("an-toan", "An toàn học sinh", "Pupils’ safety"),
    ("lua-dao", "Nghi lừa đảo", "Suspected scams"),
    ("khoan-thu", "Khoản thu", "Fees"),
    ("thi-cu", "Thi cử – tuyển sinh", "Exams and admission"),
    ("chuong-trinh", "Chương trình – sách", "Curriculum and textbooks"),
    ("thu-thach", "Trào lưu, thử thách", "Trends and challenges"),
    ("van-ban-gia", "Văn bản giả", "Forged documents"),
    ("khac", "Khác", "Other"),
)


def ensure() -> None:
    """Add the topics that are missing: in an emptied database those of the migration are gone."""
    present = set(Topic.objects.values_list("slug", flat=True))
    Topic.objects.bulk_create(
        [
            Topic(slug=slug, name_vi=name_vi, name_en=name_en, order=order * 10)
            for order, (slug, name_vi, name_en) in enumerate(TOPICS, start=1)
            if slug not in present
        ],
        ignore_conflicts=True,
    )
