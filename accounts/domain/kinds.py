"""The unit kinds of a new installation. They are data: more may be added, names changed."""

from collections.abc import Iterable

from accounts.domain.name_keys import name_key
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


# Further names of kinds, as lists of schools write them.
_OTHER_NAMES = {
    "ministry": ("bộ gd&đt",),
    "province_department": ("sở", "sở giáo dục và đào tạo"),
    "commune": ("xã", "phường", "xã/phường", "đặc khu"),
    "cluster": ("cụm",),
    "kindergarten": ("mầm non", "mẫu giáo", "trường mẫu giáo"),
    "primary": ("tiểu học",),
    "lower_secondary": ("thcs", "trung học cơ sở", "trường trung học cơ sở"),
    "upper_secondary": ("thpt", "trung học phổ thông", "trường trung học phổ thông"),
    "multi_level": ("nhiều cấp học", "liên cấp", "trường liên cấp"),
    "continuing_education": ("gdtx", "giáo dục thường xuyên"),
    "school": ("trường học",),
}


def kinds_by_name(kinds: Iterable[UnitKind]) -> dict[str, UnitKind]:
    """The kinds by every name people write for them (``name_key``), in either language."""
    return {
        name_key(name): kind
        for kind in kinds
        for name in (kind.name_vi, kind.name_en, *_OTHER_NAMES.get(kind.code, ()))
    }
