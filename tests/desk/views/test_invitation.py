from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.domain import invitations
from accounts.enums import Role
from accounts.models import Invitation, Membership, User
from tests.accounts.conftest import PASSWORD, Province

GOOD = {"handle": "kiemchung-02", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def path(province: Province, links: list[str]) -> str:
    admin = province.user(Role.UNIT_ADMIN, province.school)
    invitations.invite("moi@example.vn", province.school, Role.CHECKER, by=admin)
    return links[0].removeprefix("http://testserver")


def test_invitation_page_accepts_and_signs_in(client: Client, path: str) -> None:
    page = client.get(path)
    assert "Trường Tiểu học Nắng Mai" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    response = client.post(path, GOOD)
    assert (response.status_code, response.url) == (302, reverse("accounts:profile"))
    user = User.objects.get(email="moi@example.vn")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert response.cookies["django_language"].value == "vi"
    assert "kiemchung-02" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"handle": ""},
        {"password1": "ngắn", "password2": "ngắn"},
        {"password2": "khác-hẳn-nhau"},
        {"password1": "", "password2": ""},
        {"password1": "password12", "password2": "password12"},
        {"password1": "kiemchung-02", "password2": "kiemchung-02"},
    ],
)
def test_invitation_page_invalid_form_keeps_the_name_and_changes_nothing(
    client: Client, path: str, change: dict[str, str]
) -> None:
    response = client.post(path, GOOD | change)
    page = response.content.decode()
    assert response.status_code == 200
    assert "kt-errors" in page
    assert (GOOD | change)["handle"] in page
    assert PASSWORD not in page
    assert not User.objects.filter(email="moi@example.vn").exists()


def test_invitation_page_used_expired_or_unknown_link_is_clear(client: Client, path: str) -> None:
    unknown = client.get(reverse("accounts:invitation", args=["khong-co"]))
    assert unknown.status_code == 410
    with time_machine.travel(Invitation.objects.get().expires_at + timedelta(seconds=1)):
        expired = client.get(path)
    client.post(path, GOOD)
    used = Client().get(path)
    assert {page.status_code for page in (expired, used)} == {410}
    texts = {page.content.decode() for page in (unknown, expired, used)}
    assert len(texts) == 3
    assert all(reverse("account_login") in text for text in texts)


def test_invitation_page_form_sent_twice_creates_one_account(client: Client, path: str) -> None:
    client.post(path, GOOD)
    assert Client().post(path, GOOD | {"handle": "khác"}).status_code == 410
    assert User.objects.filter(email="moi@example.vn").count() == 1


def test_invitation_page_for_an_existing_account_asks_to_sign_in_and_accept(
    client: Client, province: Province, links: list[str]
) -> None:
    member = province.user(Role.CHECKER, province.sibling)
    admin = province.user(Role.UNIT_ADMIN, province.school)
    invitations.invite(member.email, province.school, Role.CHECKER, by=admin)
    path = links[0].removeprefix("http://testserver")
    page = client.get(path).content.decode()
    assert 'name="password1"' not in page
    assert reverse("account_login") in page
    client.force_login(admin)  # somebody else
    client.post(path, GOOD)
    assert member.memberships.count() == 1
    assert reverse("account_logout") in client.get(path).content.decode()
    client.force_login(member)
    assert client.post(path).url == reverse("accounts:profile")
    assert member.memberships.filter(unit=province.school, role=Role.CHECKER).exists()


def test_invited_reviewer_reads_that_the_role_waits(
    client: Client, province: Province, links: list[str]
) -> None:
    member = province.user(Role.CHECKER, province.sibling)
    admin = province.user(Role.UNIT_ADMIN, province.school)
    invitations.invite(member.email, province.school, Role.REVIEWER, by=admin)
    client.force_login(member)
    path = links[0].removeprefix("http://testserver")
    page = client.post(path, follow=True).content.decode()
    assert "Vai trò có hiệu lực khi được người thứ hai xác nhận" in page
    assert "chờ quản trị viên thứ hai" in page
    assert not member.memberships.filter(role=Role.REVIEWER).exists()


@pytest.mark.parametrize("has_account", [False, True])
def test_invitation_cancelled_while_it_is_accepted_shows_the_refusal(
    client: Client,
    province: Province,
    links: list[str],
    monkeypatch: pytest.MonkeyPatch,
    has_account: bool,
) -> None:
    member = province.user(Role.CHECKER, province.sibling)
    admin = province.user(Role.UNIT_ADMIN, province.school)
    email = member.email if has_account else "moi@example.vn"
    invitations.invite(email, province.school, Role.REVIEWER, by=admin)
    path = links[0].removeprefix("http://testserver")
    has_account_before = invitations.has_account

    def cancelled_meanwhile(offer: Invitation) -> bool:
        invitations.cancel(Invitation.objects.get(pk=offer.pk), by=admin)
        return has_account_before(offer)

    monkeypatch.setattr(invitations, "has_account", cancelled_meanwhile)
    if has_account:
        client.force_login(member)
    response = client.post(path, GOOD)
    assert (response.status_code, response.url) == (302, path)
    assert client.get(path).status_code == 410
    assert not Membership.objects.filter(unit=province.school, role=Role.REVIEWER).exists()


def test_invitation_page_needs_the_csrf_token(path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(path, GOOD).status_code == 403
