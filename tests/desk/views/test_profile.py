import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from tests.accounts.conftest import Province


@pytest.fixture
def user(province: Province, client: Client) -> User:
    user = province.user(Role.CHECKER, province.school)
    client.force_login(user)
    return user


def test_profile_shows_roles_and_saves_name_and_language(client: Client, user: User) -> None:
    url = reverse("accounts:profile")
    assert "Trường Tiểu học Nắng Mai" in client.get(url).content.decode()
    response = client.post(url, {"handle": "kiemchung-77", "language": "en"})
    assert response.url == url
    assert response.cookies["django_language"].value == "en"
    user.refresh_from_db()
    assert (user.handle, user.language) == ("kiemchung-77", "en")
    assert '<html lang="en">' in client.get(url).content.decode()


@pytest.mark.parametrize(
    "data", [{"handle": "", "language": "vi"}, {"handle": "x", "language": "fr"}, {}]
)
def test_profile_invalid_form_changes_nothing(
    client: Client, user: User, data: dict[str, str]
) -> None:
    response = client.post(reverse("accounts:profile"), data)
    assert response.status_code == 200
    handle = user.handle
    user.refresh_from_db()
    assert (user.handle, user.language) == (handle, "vi")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["profile", "tokens", "units", "unit_new", "unit_import"])
def test_desk_pages_send_visitors_to_the_sign_in(client: Client, name: str) -> None:
    url = reverse(f"accounts:{name}")
    response = client.get(url)
    assert (response.status_code, response.url) == (302, f"/tai-khoan/dang-nhap/?next={url}")
