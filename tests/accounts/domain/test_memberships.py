import pytest

from accounts.domain import memberships
from accounts.enums import Role
from accounts.exceptions import AccountsError, NotAllowed
from accounts.models import Membership, User
from audit.domain.log import history
from tests.accounts.conftest import Province


def test_grant_by_an_administrator_above_is_recorded_in_their_name(province: Province) -> None:
    admin = province.user(Role.UNIT_ADMIN, province.xa)
    user = province.user(None, name="moi")
    membership = memberships.grant(user, province.school, Role.CHECKER, by=admin)
    assert (membership.unit, membership.role) == (province.school, "checker")
    entry = history(province.school).last()
    assert entry is not None
    assert (entry.verb, entry.actor, entry.actor_unit) == (
        "membership.granted",
        str(admin.pk),
        str(province.xa.pk),
    )
    assert entry.data == {"user": user.pk, "role": "checker", "act": None}


def test_grant_twice_is_one_role_and_one_row(province: Province) -> None:
    user = province.user(None, name="moi")
    first = memberships.grant(user, province.school, Role.CHECKER, by=None)
    before = history(province.school).count()
    assert memberships.grant(user, province.school, Role.CHECKER, by=None) == first
    assert history(province.school).count() == before


@pytest.mark.parametrize(
    "role", [Role.REPORTER, Role.CHECKER, Role.REVIEWER, Role.APPROVER, Role.UNIT_ADMIN]
)
def test_grant_and_revoke_by_others_are_refused(province: Province, role: Role) -> None:
    """Even the administrator of another school has no say here, nor does one below."""
    outsider = province.user(role, province.sibling)
    user = province.user(Role.CHECKER, province.school)
    with pytest.raises(NotAllowed):
        memberships.grant(outsider, province.school, Role.UNIT_ADMIN, by=outsider)
    with pytest.raises(NotAllowed):
        memberships.revoke(user.memberships.get(), by=outsider)
    with pytest.raises(NotAllowed):
        memberships.grant(outsider, province.xa, Role.CHECKER, by=outsider)
    assert user.memberships.count() == 1
    assert outsider.memberships.count() == 1


def test_revoke_takes_the_role_and_is_recorded(province: Province, superuser: User) -> None:
    user = province.user(Role.CHECKER, province.school)
    memberships.revoke(user.memberships.get(), by=superuser)
    assert not Membership.objects.filter(user=user).exists()
    entry = history(province.school).last()
    assert entry is not None
    assert (entry.verb, entry.data) == (
        "membership.revoked",
        {"user": user.pk, "role": "checker"},
    )


def test_revoke_again_records_nothing_more(province: Province) -> None:
    membership = province.user(Role.CHECKER, province.school).memberships.get()
    memberships.revoke(membership, by=None)
    before = history(province.school).count()
    memberships.revoke(membership, by=None)
    assert history(province.school).count() == before


def test_administrator_cannot_lock_themselves_out(province: Province) -> None:
    admin = province.user(Role.UNIT_ADMIN, province.xa)
    with pytest.raises(AccountsError, match="another administrator"):
        memberships.revoke(admin.memberships.get(), by=admin)
    assert admin.memberships.count() == 1
