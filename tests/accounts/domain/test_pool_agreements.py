import pytest

from accounts.domain import memberships, pool_agreements
from accounts.enums import Role
from accounts.exceptions import AccountsError, NotAllowed
from accounts.models import ReviewerPool, Unit
from tests.factories import make_unit, make_user


@pytest.fixture
def departments(db: None) -> tuple[Unit, Unit]:
    return make_unit("province_department"), make_unit("province_department")


def test_a_pool_of_two_provinces_needs_an_administrator_of_each(
    departments: tuple[Unit, Unit],
) -> None:
    unit, other = departments
    asking, asked = make_user(Role.UNIT_ADMIN, unit), make_user(Role.UNIT_ADMIN, other)
    act = pool_agreements.propose(unit, other, by=asking)
    assert list(pool_agreements.proposals_to(other)) == [act]
    assert not ReviewerPool.objects.exists()
    with pytest.raises(NotAllowed):
        pool_agreements.accept(act, by=asking)
    pool = pool_agreements.accept(act, by=asked)
    assert set(pool.units.all()) == {unit, other}
    with pytest.raises(AccountsError):
        pool_agreements.propose(other, unit, by=asked)


def test_one_person_with_both_roles_does_not_agree_with_themselves(
    departments: tuple[Unit, Unit],
) -> None:
    unit, other = departments
    person = make_user(Role.UNIT_ADMIN, unit)
    memberships.grant(person, other, Role.UNIT_ADMIN, by=None)
    act = pool_agreements.propose(unit, other, by=person)
    with pytest.raises(AccountsError):
        pool_agreements.accept(act, by=person)
    assert not ReviewerPool.objects.exists()


def test_only_an_administrator_of_the_unit_proposes(departments: tuple[Unit, Unit]) -> None:
    unit, other = departments
    with pytest.raises(NotAllowed):
        pool_agreements.propose(unit, other, by=make_user(Role.UNIT_ADMIN, other))
    with pytest.raises(NotAllowed):
        pool_agreements.propose(unit, other, by=make_user(Role.REVIEWER, unit))


def test_units_above_and_below_are_no_outsiders(departments: tuple[Unit, Unit]) -> None:
    unit, _other = departments
    school = make_unit("school", [unit])
    with pytest.raises(AccountsError):
        pool_agreements.propose(unit, school, by=make_user(Role.UNIT_ADMIN, unit))
    with pytest.raises(AccountsError):
        pool_agreements.propose(school, unit, by=make_user(Role.UNIT_ADMIN, school))


def test_a_proposal_can_be_declined_and_withdrawn(departments: tuple[Unit, Unit]) -> None:
    unit, other = departments
    asking, asked = make_user(Role.UNIT_ADMIN, unit), make_user(Role.UNIT_ADMIN, other)
    pool_agreements.decline(pool_agreements.propose(unit, other, by=asking), by=asked)
    act = pool_agreements.propose(unit, other, by=asking)
    assert list(pool_agreements.proposals_by(unit)) == [act]
    pool_agreements.withdraw(act, by=asking)
    assert not pool_agreements.proposals_to(other).exists()
    with pytest.raises(AccountsError):
        pool_agreements.accept(act, by=asked)
