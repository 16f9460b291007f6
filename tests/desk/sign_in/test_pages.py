"""The sign-in pages of the library, as this product shows them."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.enums import Role
from accounts.models import User
from audit.domain.log import history
from channels.domain import outbox
from channels.models import Message
from desk.sign_in.adapter import AccountAdapter
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


def test_closed_account_is_told_so(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    response = sign_in(client, user)
    assert "_auth_user_id" not in client.session
    assert response.status_code in {200, 302}
    assert client.get(reverse("account_inactive")).status_code == 200


@pytest.mark.parametrize(
    "name", ["signup", "email", "confirm_email", "email_verification_sent", "request_login_code"]
)
def test_pages_this_product_does_not_have_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"account_{name}", args=["x"] if name == "confirm_email" else [])


def test_password_change_ends_other_sessions_and_is_recorded(client: Client, user: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere, user)
    sign_in(client, user)
    new = "một-cụm-từ-rất-mới"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    response = client.post(reverse("account_change_password"), data)
    assert (response.status_code, response.url) == (302, reverse("account_login"))
    assert client.get(reverse("account_login")).status_code == 200
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302
    assert history(user).last().verb == "account.password_changed"  # type: ignore[union-attr]
    assert sign_in(client, user, new).status_code == 302


def test_password_change_wrong_or_weak_changes_nothing(client: Client, user: User) -> None:
    sign_in(client, user)
    for old, new in ((PASSWORD, "ngắn"), ("không-phải-cũ", "một-cụm-từ-rất-mới")):
        data = {"oldpassword": old, "password1": new, "password2": new}
        page = client.post(reverse("account_change_password"), data).content.decode()
        assert "kt-errors" in page
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_password_reset_goes_through_the_outbox_and_works_once(client: Client, user: User) -> None:
    response = client.post(reverse("account_reset_password"), {"email": user.email.upper()})
    assert response.url == reverse("account_reset_password_done")
    assert mail.outbox == []  # nothing is sent inside the request
    message = Message.objects.get()
    assert message.is_secret
    outbox.deliver(message.pk)
    body = mail.outbox[0].body
    link = re.search(r"http://testserver(/tai-khoan/mat-khau/moi/\S+)", body)
    assert link is not None
    assert mail.outbox[0].subject.startswith("Kiểm Tin: ")
    form = client.get(link[1], follow=True)
    action = form.request["PATH_INFO"]
    new = "một-cụm-từ-rất-mới"
    done = client.post(action, {"password1": new, "password2": new})
    assert done.url == reverse("account_reset_password_from_key_done")
    user.refresh_from_db()
    assert user.check_password(new)
    again = Client().get(link[1], follow=True).content.decode()
    assert reverse("account_reset_password") in again
    assert 'name="password1"' not in again


def test_password_reset_of_an_unknown_address_looks_the_same_and_sends_nothing(
    client: Client, user: User
) -> None:
    response = client.post(reverse("account_reset_password"), {"email": "nobody@example.vn"})
    assert response.url == reverse("account_reset_password_done")
    assert not Message.objects.exists()


def test_password_reset_link_ignores_a_forged_host(client: Client, user: User) -> None:
    client.post(
        reverse("account_reset_password"), {"email": user.email}, headers={"host": "localhost"}
    )
    message = Message.objects.get()
    outbox.deliver(message.pk)
    assert "http://testserver/" in mail.outbox[0].body
    assert "localhost" not in mail.outbox[0].body


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


def test_nobody_signs_up(rf: Any) -> None:
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False


@pytest.mark.django_db
def test_every_sign_in_page_is_ours_in_both_languages(client: Client) -> None:
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


def test_too_many_requests_get_a_page_of_ours(client: Client, user: User) -> None:
    statuses = set()
    for _ in range(25):
        response = client.post(reverse("account_reset_password"), {"email": "a@example.vn"})
        statuses.add(response.status_code)
    assert statuses == {302, 429}
    assert 'id="noi-dung"' in response.content.decode()


@pytest.mark.parametrize(
    ("hops", "forwarded", "expected"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_client_ip_believes_only_our_own_proxies(
    settings: Any, rf: Any, hops: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = hops
    request = rf.get("/", headers={"x-forwarded-for": forwarded})
    assert AccountAdapter().get_client_ip(request) == expected


def test_all_account_addresses_are_below_tai_khoan() -> None:
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    for name in names:
        if name.startswith("account_"):
            pattern = get_resolver().reverse_dict.getlist(name)[0][0][0][0]
            assert pattern.startswith("tai-khoan/")
