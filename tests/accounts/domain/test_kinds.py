import pytest

from accounts.domain import kinds
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
