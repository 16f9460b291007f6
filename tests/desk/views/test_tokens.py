import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain import tokens
from accounts.enums import Role
from accounts.models import ApiToken, User
from tests.accounts.conftest import Province

URL = "/tai-khoan/ma-truy-cap/"


@pytest.fixture
def user(province: Province, client: Client) -> User:
    user = province.user(Role.CHECKER, province.school)
    client.force_login(user)
    return user


def test_tokens_page_shows_a_new_token_once(client: Client, user: User) -> None:
    page = client.post(URL, {"name": "Cổng thông tin", "days": "90"})
    assert "no-store" in page["Cache-Control"]
    plain = re.search(r"kt_[-\w]{40,}", page.content.decode())
    assert plain is not None
    assert tokens.authenticate(plain[0]) == user
    later = client.get(URL).content.decode()
    assert plain[0] not in later
    assert "Cổng thông tin" in later


@pytest.mark.parametrize("data", [{}, {"name": " ", "days": "90"}, {"name": "a", "days": "9999"}])
def test_tokens_page_invalid_form_issues_none(
    client: Client, user: User, data: dict[str, str]
) -> None:
    assert "kt-errors" in client.post(URL, data).content.decode()
    assert not ApiToken.objects.exists()


def test_tokens_page_over_the_limit_says_so(client: Client, user: User) -> None:
    for n in range(tokens.MAX_TOKENS):
        tokens.issue(user, str(n), days=1, by=user)
    assert "kt-errors" in client.post(URL, {"name": "a", "days": "90"}).content.decode()
    assert ApiToken.objects.count() == tokens.MAX_TOKENS


def test_token_is_revoked_by_its_owner_only(client: Client, user: User, province: Province) -> None:
    other = province.user(Role.CHECKER, province.sibling)
    other_token, other_plain = tokens.issue(other, "a", days=9, by=other)
    own_token, own_plain = tokens.issue(user, "b", days=9, by=user)
    assert client.post(reverse("accounts:token_revoke", args=[other_token.pk])).status_code == 404
    get = client.get(reverse("accounts:token_revoke", args=[own_token.pk]))
    assert get["Location"] == reverse("accounts:tokens")
    assert tokens.authenticate(own_plain) == user
    assert client.post(reverse("accounts:token_revoke", args=[own_token.pk])).url == URL
    assert tokens.authenticate(own_plain) is None
    assert tokens.authenticate(other_plain) == other
