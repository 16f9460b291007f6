import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from audit.domain.log import history
from channels.domain import encryption, outbox
from channels.models import Message
from desk.sign_in.adapter import AccountAdapter
from tests.accounts.conftest import PASSWORD, Province


@pytest.fixture
def user(province: Province) -> User:
    return province.user(Role.CHECKER, province.school)


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    data = {"login": user.email, "password": password, **more}
    return client.post(reverse("account_login"), data)


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


def test_password_reset_link_ignores_a_forged_host(client: Client, user: User) -> None:
    client.post(
        reverse("account_reset_password"), {"email": user.email}, headers={"host": "localhost"}
    )
    message = Message.objects.get()
    outbox.deliver(message.pk)
    assert "http://testserver/" in mail.outbox[0].body
    assert "localhost" not in mail.outbox[0].body


def test_nobody_signs_up(rf: Any) -> None:
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False


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
def test_client_ip_trusts_only_our_own_proxies(
    settings: Any, rf: Any, hops: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = hops
    request = rf.get("/", headers={"x-forwarded-for": forwarded})
    assert AccountAdapter().get_client_ip(request) == expected


@pytest.mark.django_db
def test_each_email_of_the_sign_in_pages_is_queued_as_a_secret_of_its_own(rf: Any) -> None:
    adapter = AccountAdapter(rf.get("/"))
    context = {"password_reset_url": "https://kiemtin.example/dat-lai/abc/"}
    for _ in range(2):
        adapter.send_mail("account/email/password_reset_key", "a@example.vn", context)
    messages = Message.objects.filter(purpose="account", is_secret=True, channel="email")
    assert messages.count() == 2
    assert "abc" not in messages[0].body
    assert context["password_reset_url"] in encryption.decrypt(messages[0].body)
