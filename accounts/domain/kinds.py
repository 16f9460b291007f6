"""The unit kinds of a new installation. They are data: more may be added, names changed."""

from accounts.models import UnitKind

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


def ensure() -> None:
    """Add the missing kinds: an emptied database has lost those of the migration."""
    present = set(UnitKind.objects.values_list("code", flat=True))
    UnitKind.objects.bulk_create(
        [
            UnitKind(code=code, name_vi=name_vi, name_en=name_en, order=order * 10)
            for order, (code, name_vi, name_en) in enumerate(KINDS, start=1)
            if code not in present
        ],
        ignore_conflicts=True,
    )
