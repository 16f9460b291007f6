import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain import pools, units
from accounts.enums import Role
from accounts.models import User
from tests.accounts.conftest import Province


@pytest.fixture
def admin(province: Province, client: Client) -> User:
    admin = province.user(Role.UNIT_ADMIN, province.xa)
    client.force_login(admin)
    return admin


def url(name: str, *args: int) -> str:
    return reverse(f"accounts:{name}", args=args)


def test_unit_page_shows_members_links_names_and_no_address_of_members(
    client: Client, admin: User, province: Province
) -> None:
    checker = province.user(Role.CHECKER, province.school)
    units.add_alias(province.school, "TH Nắng Mai", by=None)
    pools.add("Cụm Bến Trăng", province.school, by=None)
    page = client.get(url("unit", province.school.pk)).content.decode()
    for words in (checker.handle, "Xã Mây Hồ", "Sở GD&amp;ĐT", "TH Nắng Mai", "Cụm Bến Trăng"):
        assert words in page
    assert checker.email not in page
