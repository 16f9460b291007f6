import pytest

from accounts.domain import units, users
from accounts.enums import Role
from accounts.exceptions import AccountsError
from accounts.models import Unit, UnitKind, User
from audit.domain.log import history
from tests.accounts.conftest import PASSWORD, Province

pytestmark = pytest.mark.django_db


def test_create_admin_makes_account_and_first_unit() -> None:
    user = users.create_admin(
        email=" Admin@Example.VN", password=PASSWORD, unit_name="Sở GD&ĐT Thanh Giang"
    )
    assert (user.email, user.is_superuser) == ("admin@example.vn", True)
    root = units.default_unit()
    assert (root.code, root.name) == ("so-gddt-thanh-giang", "Sở GD&ĐT Thanh Giang")
    assert [(m.unit, m.role) for m in user.memberships.all()] == [(root, Role.UNIT_ADMIN)]
    assert history(user).get().data == {"superuser": True}


def test_create_admin_in_an_emptied_database_seeds_the_kinds() -> None:
    UnitKind.objects.all().delete()
    users.create_admin(email="a@example.vn", password=PASSWORD, unit_name="Trường 🙂")
    assert UnitKind.objects.count() == 11


def test_create_admin_unit_name_without_letters_still_has_a_code() -> None:
    users.create_admin(email="a@example.vn", password=PASSWORD, unit_name="🙂")
    assert units.default_unit().code == "unit"


def test_create_admin_with_units_needs_no_name(province: Province) -> None:
    user = users.create_admin(email="a@example.vn", password=PASSWORD)
    assert [m.unit for m in user.memberships.all()] == [province.so]


@pytest.mark.parametrize(
    ("email", "password", "unit_name"),
    [
        ("nonsense", PASSWORD, "Sở"),
        ("", PASSWORD, "Sở"),
        ("a@example.vn", "short", "Sở"),
        ("a@example.vn", PASSWORD, " "),
    ],
)
def test_create_admin_unusable_wish_leaves_nothing(
    email: str, password: str, unit_name: str
) -> None:
    with pytest.raises(AccountsError) as caught:
        users.create_admin(email=email, password=password, unit_name=unit_name)
    assert str(caught.value)
    assert not User.objects.exists()
    assert not Unit.objects.exists()


def test_create_admin_existing_address_is_refused(province: Province) -> None:
    user = province.user(Role.CHECKER, province.school)
    with pytest.raises(AccountsError, match="already"):
        users.create_admin(email=user.email, password=PASSWORD)
    user.refresh_from_db()
    assert not user.is_superuser


def test_update_profile_changes_name_and_language(province: Province) -> None:
    user = province.user(Role.CHECKER, province.school)
    users.update_profile(user, handle=" mới ", language="en", by=user)
    user.refresh_from_db()
    assert (user.handle, user.language) == ("mới", "en")
    assert history(user).get().verb == "account.profile_changed"
    with pytest.raises(AccountsError):
        users.update_profile(user, handle=" ", language="en", by=user)


def test_set_password_is_recorded_without_it(province: Province) -> None:
    user = province.user(Role.CHECKER, province.school)
    users.set_password(user, "hoàn-toàn-khác-9", by=user)
    user.refresh_from_db()
    assert user.check_password("hoàn-toàn-khác-9")
    entry = history(user).get()
    assert (entry.verb, entry.data) == ("account.password_changed", {})
