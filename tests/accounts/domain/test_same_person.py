from typing import Any

import pytest

from accounts.domain import invitations, same_person
from accounts.enums import Role
from accounts.models import User
from tests.accounts.conftest import PASSWORD, Province


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("hoa@truong.vn", "Hoa+2@TRUONG.vn"),
        ("l.t.hoa@gmail.com", "lthoa@googlemail.com"),
        ("lt-hoa@proton.me", "lt_hoa@pm.me"),
    ],
)
def test_mailbox_of_one_owner_is_one(left: str, right: str) -> None:
    assert same_person.mailbox(left) == same_person.mailbox(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("l.hoa@truong.vn", "lhoa@truong.vn"),  # two mailboxes of a provider that reads dots
        ("hoa@truong.vn", "hoa@so.vn"),
        ("hoa1@gmail.com", "hoa2@gmail.com"),
    ],
)
def test_mailbox_of_two_people_is_two(left: str, right: str) -> None:
    assert same_person.mailbox(left) != same_person.mailbox(right)


def colleague(email: str) -> User:
    return User.objects.create_user(email, PASSWORD, handle=email)


def test_shared_sign_of_one_account_and_of_one_mailbox(db: None) -> None:
    user, tagged = colleague("hoa@truong.vn"), colleague("hoa+duyet@truong.vn")
    assert same_person.shared_sign(user, user)
    assert same_person.shared_sign(user, tagged)
    assert same_person.shared_sign(user, colleague("lan@truong.vn")) is None


def test_shared_sign_of_inviter_and_new_account_ends(
    province: Province, links: list[str], settings: Any
) -> None:
    admin = province.user(Role.UNIT_ADMIN, province.school)
    for name in ("moi", "moi-nua"):
        invitations.invite(f"{name}@example.vn", province.school, Role.CHECKER, by=admin)
    first, second = (
        invitations.accept(link.rstrip("/").rpartition("/")[2], str(index), PASSWORD)
        for index, link in enumerate(links)
    )
    assert same_person.shared_sign(first, admin)
    assert same_person.shared_sign(admin, first)
    assert same_person.shared_sign(first, second)
    assert same_person.shared_sign(first, province.user(Role.CHECKER, province.so)) is None
    settings.NEW_ACCOUNT_WAIT_HOURS = 0
    assert same_person.shared_sign(first, admin) is None
