"""Every unit finds two people for a claim about itself, or its administrator is told that it does
not: in the demo, and in an imported list of a thousand units."""

import io

import pytest
from django.urls import reverse

from accounts.domain import csv_import, kinds
from accounts.enums import Role
from accounts.models import Membership, Unit
from demo import organisation
from factcheck import independence
from ops import doctor
from tests.factories import make_user


@pytest.fixture
def demo_units(db: None) -> set[int]:
    organisation.create()
    return set(Unit.objects.active().values_list("pk", flat=True))


def test_every_unit_of_the_demo_is_reachable(demo_units: set[int]) -> None:
    assert len(demo_units) == 17
    assert independence.undecidable_units(demo_units) == set()


def test_without_the_pool_of_both_departments_they_are_flagged(demo_units: set[int]) -> None:
    department = Unit.objects.get(code="sgddt-thanh-giang")
    for pool in department.reviewer_pools.all():
        pool.units.remove(department)
    left_alone = {department.pk, Unit.objects.get(code="sgddt-binh-lam").pk}
    assert independence.undecidable_units(demo_units) == left_alone
    assert any(department.code in sentence for sentence in doctor.units_without_deciders())


def imported_list(schools: int) -> io.BytesIO:
    """A department, a commune for every twenty schools, and the schools."""
    lines = ["code,name,kind,administrative_parent,professional_parent"]
    lines += ["so,Sở GD&ĐT Bình Lam,province_department,,"]
    for number in range(schools // 20):
        lines.append(f"xa-{number},Xã số {number},commune,so,")
    for number in range(schools):
        lines.append(f"th-{number},Trường Tiểu học số {number},primary,xa-{number // 20},so")
    return io.BytesIO("\n".join(lines).encode())


def test_every_unit_of_an_imported_list_is_reachable_or_flagged(
    db: None, client, django_assert_max_num_queries
) -> None:
    kinds.ensure()
    result = csv_import.import_csv(imported_list(960), by=None, dry_run=False)
    assert (result.created, result.errors) == (1009, [])
    units = {unit.code: unit for unit in Unit.objects.active()}
    admin = make_user(Role.UNIT_ADMIN, units["so"])
    for number in range(20):  # twenty communes have an officer, twenty-eight have none
        make_user(Role.REVIEWER, units[f"xa-{number}"])
    checker = make_user()
    Membership.objects.bulk_create(  # every other school has a checker
        Membership(user=checker, unit=units[f"th-{number}"], role=Role.CHECKER)
        for number in range(0, 960, 2)
    )
    with django_assert_max_num_queries(6):
        flagged = independence.undecidable_units({unit.pk for unit in units.values()})
    for code, unit in units.items():
        number = int(code.rpartition("-")[2]) if "-" in code else 0
        reachable = code.startswith("th-") and number % 2 == 0 and number // 20 < 20
        assert (unit.pk in flagged) != reachable, code
    client.force_login(admin)
    page = client.get(reverse("accounts:units")).content.decode()
    assert f"{len(flagged)} đơn vị" in page
    listed = client.get(reverse("accounts:units"), {"can-duyet": 1}).context["page_obj"]
    assert listed.paginator.count == len(flagged)
    school = units["th-1"]
    page = client.get(reverse("accounts:unit", args=[school.pk])).content.decode()
    assert "chưa ai duyệt được" in page
