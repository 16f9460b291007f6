import pytest

from accounts.domain import kinds
from accounts.domain.name_keys import name_key
from accounts.models import UnitKind


@pytest.mark.django_db
def test_ensure_adds_what_is_missing_and_keeps_changed_names() -> None:
    kinds.ensure()
    assert {code for code, _vi, _en in kinds.KINDS} == set(
        UnitKind.objects.values_list("code", flat=True)
    )
    UnitKind.objects.filter(code="cluster").update(name_vi="Cụm")
    UnitKind.objects.filter(code="school").delete()
    kinds.ensure()
    assert UnitKind.objects.get(code="cluster").name_vi == "Cụm"
    assert UnitKind.objects.get(code="school").name_en == "School"


@pytest.mark.django_db
def test_kind_is_named_in_the_language_of_the_page() -> None:
    from django.utils.translation import override

    kinds.ensure()
    kind = UnitKind.objects.get(code="commune")
    with override("vi"):
        assert str(kind) == "Xã, phường"
    with override("en"):
        assert str(kind) == "Commune or ward"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "code"),
    [("Trường học", "school"), ("THCS", "lower_secondary"), ("Trường Mầm non", "kindergarten"),
     ("xã", "commune"),
     ("Upper secondary school", "upper_secondary"), ("truong tieu hoc", "primary")],
)  # fmt: skip
def test_kinds_are_found_by_the_names_people_write(name: str, code: str) -> None:
    kinds.ensure()
    assert kinds.kinds_by_name(UnitKind.objects.all())[name_key(name)].code == code
