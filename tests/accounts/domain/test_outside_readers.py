"""The unit that reads what a sender does not want the unit itself to read."""

from accounts.domain import links, memberships
from accounts.domain.outside_readers import outside_reader
from accounts.enums import Role
from accounts.models import Unit
from tests.factories import Cast, cast, make_unit, make_user

__all__ = ["cast"]


def test_it_is_the_nearest_unit_above_with_somebody_who_may_view_cases(cast: Cast) -> None:
    assert outside_reader(cast.school) == cast.xa
    memberships.revoke(cast.reviewer.memberships.get(), by=None)
    assert outside_reader(cast.school) == cast.so


def test_an_administrator_and_a_closed_account_read_nothing(cast: Cast) -> None:
    make_user(Role.UNIT_ADMIN, cast.xa)
    type(cast.reviewer).objects.filter(pk=cast.reviewer.pk).update(is_active=False)
    assert outside_reader(cast.school) == cast.so


def test_somebody_with_a_role_in_the_unit_itself_is_not_outside(cast: Cast) -> None:
    memberships.grant(cast.reviewer, cast.school, Role.UNIT_ADMIN, by=None)
    assert outside_reader(cast.school) == cast.so


def test_without_anybody_above_the_default_unit_reads(cast: Cast) -> None:
    lonely = make_unit("school", name="Trường THPT Sao La")
    assert outside_reader(lonely) == Unit.objects.get(is_default=True) == cast.so


def test_the_default_unit_has_nobody_outside_nor_has_a_unit_above_it(cast: Cast) -> None:
    assert outside_reader(cast.so) is None
    ministry = make_unit("ministry", name="Bộ thử")
    links.link(ministry, cast.so, "administrative", by=None)
    assert outside_reader(ministry) is None
