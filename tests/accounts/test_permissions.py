from datetime import date
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.domain import links, memberships, units
from accounts.enums import LinkKind, Role
from accounts.exceptions import NotAllowed
from accounts.models import Membership, ReviewerPool, User
from accounts.permissions import (
    PERMISSIONS,
    SUPERUSER,
    Permission,
    acting_unit,
    check,
    has,
    may_review_for,
    review_units,
    units_for,
)
from tests.accounts.conftest import Province

# The table written out a second time, so that no change of it goes unnoticed.
EXPECTED = {
    Role.REPORTER: set(),
    Role.CHECKER: {"view_cases", "triage", "exclude", "check"},
    Role.REVIEWER: {"view_cases", "triage", "exclude", "review", "manage_sources"},
    Role.APPROVER: {"view_cases", "publish", "manage_sources"},
    Role.UNIT_ADMIN: {"manage_unit", "manage_sources"},
}


def test_table_is_total_and_lists_only_roles() -> None:
    assert set(PERMISSIONS) == set(Permission)
    assert set(EXPECTED) == set(Role)
    for roles in PERMISSIONS.values():
        assert roles
        assert roles <= set(Role)


@pytest.mark.parametrize(("role", "permission"), list(product(Role, Permission)))
def test_role_has_exactly_the_permissions_of_the_table(
    province: Province, role: Role, permission: Permission
) -> None:
    user = province.user(role, province.xa)
    expected = permission.value in EXPECTED[role]
    below = {province.xa.pk, province.school.pk, province.sibling.pk}
    assert units_for(user, permission) == (below if expected else set())
    assert has(user, permission, province.xa) is expected
    assert has(user, permission, province.school) is expected
    assert has(user, permission, province.so) is False
    assert acting_unit(user, permission, province.school) == (province.xa if expected else None)


@pytest.mark.parametrize("permission", list(Permission))
def test_superuser_manages_everywhere_and_edits_nowhere(
    province: Province, superuser: User, permission: Permission
) -> None:
    expected = permission in {Permission.MANAGE_SOURCES, Permission.MANAGE_UNIT}
    assert (permission in SUPERUSER) is expected
    everywhere = {province.so.pk, province.xa.pk, province.school.pk, province.sibling.pk}
    assert units_for(superuser, permission) == (everywhere if expected else set())
    assert has(superuser, permission, province.school) is expected
    assert acting_unit(superuser, permission, province.school) is None


def test_superuser_with_membership_edits_there_only(province: Province, superuser: User) -> None:
    memberships.grant(superuser, province.school, Role.CHECKER, by=None)
    assert units_for(superuser, Permission.CHECK) == {province.school.pk}


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_and_closed_accounts_have_nothing(
    province: Province, permission: Permission
) -> None:
    closed = province.user(Role.CHECKER, province.so)
    for role in Role:
        memberships.grant(closed, province.so, role, by=None)
    closed.is_active, closed.is_superuser = False, True
    closed.save(update_fields=["is_active", "is_superuser"])
    for user in (None, AnonymousUser(), closed):
        assert units_for(user, permission) == set()
        assert has(user, permission, province.so) is False
        assert acting_unit(user, permission, province.so) is None
        assert review_units(user) == []
        assert may_review_for(user, province.so) == []


def test_sibling_school_is_out_of_reach(province: Province) -> None:
    checker = province.user(Role.CHECKER, province.school)
    assert units_for(checker, Permission.VIEW_CASES) == {province.school.pk}
    assert not has(checker, Permission.VIEW_CASES, province.sibling)


def test_units_for_follows_the_links_of_the_day(province: Province) -> None:
    other = units.create(code="xa-2", name="Xã Hai", kind="commune", by=None)
    checker = province.user(Role.CHECKER, other)
    links.link(
        other, province.school, LinkKind.ADMINISTRATIVE, valid_from=date(2026, 7, 1), by=None
    )
    assert units_for(checker, Permission.CHECK, date(2026, 6, 30)) == {other.pk}
    assert units_for(checker, Permission.CHECK, date(2026, 7, 1)) == {
        other.pk,
        province.school.pk,
    }


def test_revoked_role_ends_at_once(province: Province) -> None:
    checker = province.user(Role.CHECKER, province.school)
    assert has(checker, Permission.CHECK, province.school)
    Membership.objects.filter(user=checker).delete()
    assert not has(checker, Permission.CHECK, province.school)


def test_acting_unit_is_the_nearest(province: Province) -> None:
    user = province.user(Role.CHECKER, province.so)
    assert acting_unit(user, Permission.CHECK, province.school) == province.so
    memberships.grant(user, province.xa, Role.REVIEWER, by=None)
    assert acting_unit(user, Permission.CHECK, province.school) == province.so
    memberships.grant(user, province.school, Role.CHECKER, by=None)
    assert acting_unit(user, Permission.CHECK, province.school) == province.school


def test_check_raises_a_sentence(province: Province) -> None:
    user = province.user(Role.CHECKER, province.school)
    check(user, Permission.CHECK, province.school)
    with pytest.raises(NotAllowed) as caught:
        check(user, Permission.PUBLISH, province.school)
    assert str(caught.value)
    with pytest.raises(NotAllowed, match="own words"):
        check(user, Permission.PUBLISH, province.school, "own words")


def test_may_review_for_own_ancestor_and_pool_units_only(province: Province) -> None:
    far = units.create(code="xa-xa", name="Xã Xa", kind="commune", by=None)
    at_school = province.user(Role.REVIEWER, province.school)
    at_so = province.user(Role.REVIEWER, province.so)
    at_sibling = province.user(Role.REVIEWER, province.sibling)
    at_far = province.user(Role.REVIEWER, far)
    checker = province.user(Role.CHECKER, province.so)
    assert may_review_for(at_school, province.school) == [province.school]
    assert may_review_for(at_so, province.school) == [province.so]
    assert may_review_for(at_sibling, province.school) == []
    assert may_review_for(at_far, province.school) == []
    assert may_review_for(checker, province.school) == []
    pool = ReviewerPool.objects.create(name="Cụm Bến Trăng")
    pool.units.set([province.school, far])
    assert may_review_for(at_far, province.school) == [far]
    assert may_review_for(at_sibling, province.school) == []
    assert may_review_for(at_school, far) == [province.school]


def test_review_units_lists_reviewer_units(province: Province) -> None:
    user = province.user(Role.REVIEWER, province.school)
    memberships.grant(user, province.so, Role.APPROVER, by=None)
    assert review_units(user) == [province.school]
