"""The sign-in pages of django-allauth with our forms and templates."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from channels.models import Message
from tests.accounts.conftest import PASSWORD, Province


@pytest.fixture
def user(province: Province) -> User:
    return province.user(Role.CHECKER, province.school)


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    data = {"login": user.email, "password": password, **more}
    return client.post(reverse("account_login"), data)


def test_login_opens_the_desk_and_sets_the_language_of_the_account(
    client: Client, user: User
) -> None:
    User.objects.filter(pk=user.pk).update(language="en")
    response = sign_in(client, user)
    assert (response.status_code, response.url) == (302, reverse("desk:queue"))
    assert response.cookies["django_language"].value == "en"
    page = client.get(reverse("accounts:profile")).content.decode()
    assert '<html lang="en">' in page


def test_login_wrong_password_and_unknown_address_say_the_same(client: Client, user: User) -> None:
    one = sign_in(client, user, "sai-mật-khẩu-rồi").content.decode()
    other = client.post(
        reverse("account_login"), {"login": "nobody@example.vn", "password": "sai-mật-khẩu-rồi"}
    ).content.decode()
    errors = [re.findall(r'<div class="kt-errors".*?</div>', page, re.S) for page in (one, other)]
    assert errors[0] == errors[1] != []
    assert user.email in one  # what was typed is kept
    assert "sai-mật-khẩu-rồi" not in one


def test_login_is_limited_after_five_failures(client: Client, user: User) -> None:
    for _ in range(5):
        sign_in(client, user, "sai-mật-khẩu-rồi")
    assert sign_in(client, user).status_code == 200  # right now, but too late
    assert "_auth_user_id" not in client.session


def test_login_next_elsewhere_is_not_followed(client: Client, user: User) -> None:
    assert sign_in(client, user, next="https://evil.example/").url == reverse("desk:queue")
    client.logout()
    profile = reverse("accounts:profile")
    assert sign_in(client, user, next=profile).url == profile


def test_closed_account_gets_a_page_that_says_so(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    response = sign_in(client, user)
    assert "_auth_user_id" not in client.session
    assert response.status_code in {200, 302}
    assert client.get(reverse("account_inactive")).status_code == 200


def test_password_change_wrong_or_weak_changes_nothing(client: Client, user: User) -> None:
    sign_in(client, user)
    for old, new in ((PASSWORD, "ngắn"), ("không-phải-cũ", "một-cụm-từ-rất-mới")):
        data = {"oldpassword": old, "password1": new, "password2": new}
        page = client.post(reverse("account_change_password"), data).content.decode()
        assert "kt-errors" in page
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_password_reset_of_an_unknown_address_looks_the_same_and_sends_nothing(
    client: Client, user: User
) -> None:
    response = client.post(reverse("account_reset_password"), {"email": "nobody@example.vn"})
    assert response.url == reverse("account_reset_password_done")
    assert not Message.objects.exists()


def test_logout_asks_on_get_and_works_on_post(client: Client, user: User) -> None:
    sign_in(client, user)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).url == reverse("public:home")
    assert "_auth_user_id" not in client.session


def test_reauthenticate_asks_for_the_password(client: Client, user: User) -> None:
    sign_in(client, user)
    assert "kt-form" in client.get(reverse("account_reauthenticate")).content.decode()


def test_set_password_page_for_an_account_without_one(client: Client, user: User) -> None:
    user.set_unusable_password()
    user.save(update_fields=["password"])
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("account_change_password")).url == reverse("account_set_password")
    assert "kt-form" in client.get(reverse("account_set_password")).content.decode()


@pytest.mark.django_db
def test_every_sign_in_page_has_our_design_in_both_languages(client: Client) -> None:
    for language in ("vi", "en"):
        client.cookies["django_language"] = language
        for name in (
            "account_login",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "account_inactive",
        ):
            page = client.get(reverse(name)).content.decode()
            assert f'<html lang="{language}">' in page
            assert 'id="noi-dung"' in page


def test_too_many_requests_get_a_page_in_our_design(client: Client, user: User) -> None:
    statuses = set()
    for _ in range(25):
        response = client.post(reverse("account_reset_password"), {"email": "a@example.vn"})
        statuses.add(response.status_code)
    assert statuses == {302, 429}
    assert 'id="noi-dung"' in response.content.decode()
