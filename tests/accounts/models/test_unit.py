from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import LinkKind
from accounts.models import Unit, UnitLink
from tests.accounts.conftest import START, Province


def ids(*units: Unit) -> set[int]:
    return {unit.pk for unit in units}


def test_subtree_ids_follows_both_kinds_in_one_query(
    province: Province, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        subtree = Unit.objects.subtree_ids([province.so.pk])
    assert subtree == ids(province.so, province.xa, province.school, province.sibling)
    assert Unit.objects.subtree_ids([province.xa.pk]) == ids(
        province.xa, province.school, province.sibling
    )
    assert Unit.objects.subtree_ids([province.school.pk]) == ids(province.school)
    assert Unit.objects.subtree_ids([]) == set()
    assert Unit.objects.subtree_ids([999_999]) == set()


def test_subtree_ids_link_of_one_kind_only_still_counts(province: Province) -> None:
    UnitLink.objects.filter(kind=LinkKind.ADMINISTRATIVE, child=province.school).delete()
    assert province.school.pk in Unit.objects.subtree_ids([province.so.pk])
    assert province.school.pk not in Unit.objects.subtree_ids([province.xa.pk])


def test_subtree_ids_before_the_first_link_is_the_unit_alone(province: Province) -> None:
    assert Unit.objects.subtree_ids([province.so.pk], date(2025, 12, 31)) == ids(province.so)


def test_subtree_ids_cycle_in_the_data_ends(province: Province) -> None:
    UnitLink.objects.create(
        parent=province.school,
        child=province.so,
        kind=LinkKind.PROFESSIONAL,
        valid_from=START,
    )
    everything = ids(province.so, province.xa, province.school, province.sibling)
    assert Unit.objects.subtree_ids([province.school.pk]) == everything
    assert set(Unit.objects.ancestors(province.school.pk)) == ids(
        province.so, province.xa, province.school
    )


def test_active_from_the_first_day_until_the_day_before_the_end(province: Province) -> None:
    Unit.objects.filter(pk=province.school.pk).update(valid_to=date(2026, 7, 1))
    assert province.school in Unit.objects.active(date(2026, 6, 30))
    assert province.school not in Unit.objects.active(date(2026, 7, 1))
    assert not Unit.objects.active(date(2025, 12, 31)).exists()


@pytest.mark.parametrize(
    "values", [{"valid_to": START}, {"valid_to": date(2025, 1, 1)}, {"is_default": True}]
)
def test_unit_that_ends_before_it_begins_or_a_second_default_is_refused(
    province: Province, values: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=province.school.pk).update(**values)


def test_link_to_itself_or_of_no_day_is_refused(province: Province) -> None:
    links = UnitLink.objects.filter(child=province.school, kind=LinkKind.ADMINISTRATIVE)
    for values in ({"parent": province.school}, {"valid_to": START}):
        with pytest.raises(IntegrityError), transaction.atomic():
            links.update(**values)
