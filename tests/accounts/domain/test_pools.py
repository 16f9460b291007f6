import pytest

from accounts.domain import pools
from accounts.enums import Role
from accounts.exceptions import AccountsError, NotAllowed
from accounts.models import ReviewerPool, User
from audit.domain.log import history
from tests.accounts.conftest import Province


def test_add_makes_and_joins_by_name(province: Province, superuser: User) -> None:
    pool = pools.add("Cụm  Bến Trăng ", province.school, by=superuser)
    assert pools.add("Cụm Bến Trăng", province.sibling, by=superuser) == pool
    assert set(pool.units.all()) == {province.school, province.sibling}
    assert [entry.data["added"] for entry in history(pool)] == [
        province.school.pk,
        province.sibling.pk,
    ]


def test_add_to_a_pool_of_units_one_does_not_administer_is_refused(province: Province) -> None:
    pool = pools.add("Cụm", province.sibling, by=None)
    own_admin = province.user(Role.UNIT_ADMIN, province.school)
    with pytest.raises(NotAllowed):
        pools.add("Cụm", province.school, by=own_admin)
    assert list(pool.units.all()) == [province.sibling]
    above = province.user(Role.UNIT_ADMIN, province.xa)
    pools.add("Cụm", province.school, by=above)
    assert pool.units.count() == 2


def test_add_without_a_name_is_refused(province: Province) -> None:
    with pytest.raises(AccountsError):
        pools.add("  ", province.school, by=None)
    assert not ReviewerPool.objects.exists()


def test_remove_takes_one_unit_and_an_empty_pool_goes(province: Province) -> None:
    pool = pools.add("Cụm", province.school, by=None)
    pools.add("Cụm", province.sibling, by=None)
    admin = province.user(Role.UNIT_ADMIN, province.school)
    with pytest.raises(NotAllowed):
        pools.remove(pool, province.sibling, by=admin)
    pools.remove(pool, province.school, by=admin)
    assert list(pool.units.all()) == [province.sibling]
    pools.remove(pool, province.sibling, by=None)
    assert not ReviewerPool.objects.exists()
