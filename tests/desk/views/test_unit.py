from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain import guarded_acts, invitations, memberships, pools, units
from accounts.enums import GuardedKind, LinkKind, Role
from accounts.models import GuardedAct, Invitation, Membership, ReviewerPool, Unit, UnitLink, User
from tests.accounts.conftest import Province


@pytest.fixture
def admin(province: Province, client: Client) -> User:
    admin = province.user(Role.UNIT_ADMIN, province.xa)
    client.force_login(admin)
    return admin


def url(name: str, *args: int) -> str:
    return reverse(f"accounts:{name}", args=args)


def posts_to(
    other: Unit, own: Unit, member: Membership, offer: Invitation, pool: ReviewerPool
) -> list[tuple[str, dict[str, str]]]:
    """Every action on the other unit, and on its rows at the address of one's own unit."""
    act = guarded_acts.pending(GuardedKind.ROLE, guarded_acts.subject_of(other)).get()
    posts = [
        (url("unit_invite", other.pk), {"email": "a@example.vn", "role": "checker"}),
        (url("unit_grant", other.pk), {"user": str(member.user_id), "role": "approver"}),
        (url("role_confirm", other.pk, act.pk), {}),
        (url("role_decline", own.pk, act.pk), {}),
        (url("unit_revoke", other.pk, member.pk), {}),
        (url("unit_revoke", own.pk, member.pk), {}),
        (url("invitation_resend", own.pk, offer.pk), {}),
        (url("invitation_cancel", own.pk, offer.pk), {}),
        (url("unit_rename", other.pk), {"name": "Khác"}),
        (url("unit_alias", other.pk), {"name": "Khác"}),
        (url("unit_link", other.pk), {"parent": "so", "kind": "professional"}),
        (url("unit_pool", other.pk), {"name": "Khác"}),
        (url("unit_pool_leave", own.pk, pool.pk), {}),
    ]
    if link := UnitLink.objects.filter(child=other).first():
        posts.append((url("unit_link_end", own.pk, link.pk), {"valid_to": "2027-01-01"}))
    return posts


@pytest.mark.parametrize("which", ["so", "sibling"])
def test_unit_page_of_a_unit_one_does_not_administer_is_not_found(
    client: Client, province: Province, which: str
) -> None:
    """A school's administrator: neither the department above nor the sibling school."""
    client.force_login(province.user(Role.UNIT_ADMIN, province.school))
    other: Unit = getattr(province, which)
    member = province.user(Role.CHECKER, other).memberships.get()
    offer = invitations.invite(
        "x@example.vn", other, Role.REVIEWER, by=province.user(Role.UNIT_ADMIN, province.so)
    )
    pool = pools.add("Cụm", other, by=None)
    assert client.get(url("unit", other.pk)).status_code == 404
    for address, data in posts_to(other, province.school, member, offer, pool):
        assert client.post(address, data).status_code == 404, address
    assert Membership.objects.filter(pk=member.pk).exists()
    assert Invitation.objects.count() == 1
    assert Unit.objects.get(pk=other.pk).name == other.name
    assert list(pool.units.all()) == [other]


def test_invite_resend_and_cancel(
    client: Client, admin: User, province: Province, links: list[str]
) -> None:
    pk = province.school.pk
    response = client.post(url("unit_invite", pk), {"email": "a@example.vn", "role": "checker"})
    assert response.url == url("unit", pk)
    offer = Invitation.objects.get()
    assert "a@example.vn" in client.get(response.url).content.decode()
    client.post(url("invitation_resend", pk, offer.pk))
    assert len(set(links)) == 2
    client.post(url("invitation_cancel", pk, offer.pk))
    assert not Invitation.objects.exists()


def test_invite_unusable_address_keeps_it_on_the_page(
    client: Client, admin: User, province: Province, links: list[str]
) -> None:
    address = url("unit_invite", province.school.pk)
    for data in ({"email": "không phải", "role": "checker"}, {"email": "a@b.vn", "role": "boss"}):
        response = client.post(address, data)
        assert response.status_code == 200
        assert data["email"] in response.content.decode()
    assert links == []


def test_further_role_for_a_member_only(client: Client, admin: User, province: Province) -> None:
    pk = province.school.pk
    member = province.user(Role.CHECKER, province.school)
    stranger = province.user(Role.CHECKER, province.sibling)
    client.post(url("unit_grant", pk), {"user": member.pk, "role": "reporter"})
    assert member.memberships.filter(unit=pk).count() == 2
    client.post(url("unit_grant", pk), {"user": stranger.pk, "role": "reporter"})
    assert not stranger.memberships.filter(unit=pk).exists()
    client.post(url("unit_revoke", pk, member.memberships.get(role="reporter").pk))
    assert [m.role for m in member.memberships.all()] == ["checker"]


def test_reviewers_role_waits_for_the_second_administrator(
    client: Client, admin: User, province: Province
) -> None:
    pk = province.school.pk
    member = province.user(Role.CHECKER, province.school)
    client.post(url("unit_grant", pk), {"user": member.pk, "role": "reviewer"})
    page = client.get(url("unit", pk)).content.decode()
    assert f"manage.py grant_role {member.email} th-nang-mai reviewer" in page
    act = GuardedAct.objects.get(kind="role", confirmed_at=None)
    confirm = url("role_confirm", pk, act.pk)
    assert confirm not in page
    client.post(confirm)
    assert member.memberships.count() == 1
    client.force_login(province.user(Role.UNIT_ADMIN, province.so))
    assert url("unit", pk) in client.get(url("units")).content.decode()
    page = client.get(url("unit", pk)).content.decode()
    assert confirm in page
    assert "grant_role" not in page
    client.post(confirm)
    assert member.memberships.filter(role="reviewer").exists()


def test_declined_role_leaves_the_page(client: Client, admin: User, province: Province) -> None:
    pk = province.school.pk
    member = province.user(Role.CHECKER, province.school)
    client.post(url("unit_grant", pk), {"user": member.pk, "role": "approver"})
    act = GuardedAct.objects.get(kind="role", confirmed_at=None)
    client.post(url("role_decline", pk, act.pk))
    act.refresh_from_db()
    assert act.ended_by == admin
    assert url("role_decline", pk, act.pk) not in client.get(url("unit", pk)).content.decode()


def test_operators_confirmation_is_shown_on_the_page(
    client: Client, admin: User, province: Province
) -> None:
    page = client.get(url("unit", province.xa.pk)).content.decode()
    assert "người vận hành máy chủ xác nhận" in page


def test_own_administrator_role_stays_and_the_page_says_why(
    client: Client, admin: User, province: Province
) -> None:
    membership = admin.memberships.get()
    response = client.post(url("unit_revoke", province.xa.pk, membership.pk), follow=True)
    assert 'role="alert"' in response.content.decode()
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_names_are_added_and_changed(client: Client, admin: User, province: Province) -> None:
    pk = province.school.pk
    client.post(url("unit_alias", pk), {"name": "Nắng"})
    client.post(url("unit_rename", pk), {"name": "Trường Bình Minh"})
    client.post(url("unit_rename", pk), {"name": ""})
    assert Unit.objects.get(pk=pk).name == "Trường Bình Minh"
    assert {alias.name for alias in province.school.aliases.all()} == {
        "Trường Tiểu học Nắng Mai",
        "Trường Bình Minh",
        "Nắng",
    }


def test_link_is_added_and_ended_with_dates(client: Client, province: Province) -> None:
    client.force_login(province.user(Role.UNIT_ADMIN, province.so))
    pk = province.school.pk
    new = units.create(
        code="xa-2",
        name="Xã Hai",
        kind="commune",
        parents={LinkKind.ADMINISTRATIVE: province.so},
        by=None,
    )
    data = {"parent": "xa hai", "kind": "administrative", "valid_from": "2027-01-01"}
    client.post(url("unit_link", pk), data)
    assert new in units.parents(province.school, date(2027, 1, 1))
    assert province.xa in units.parents(province.school, date(2026, 12, 31))
    line = UnitLink.objects.get(parent=new, child=province.school)
    client.post(url("unit_link_end", pk, line.pk), {"valid_to": "2028-01-01"})
    line.refresh_from_db()
    assert line.valid_to == date(2028, 1, 1)


@pytest.mark.parametrize(
    "data",
    [
        {"parent": "không có", "kind": "administrative", "valid_from": "2027-01-01"},
        {"parent": "so", "kind": "other", "valid_from": "2027-01-01"},
        {"parent": "so", "kind": "administrative", "valid_from": "mai"},
        {"parent": "so", "kind": "administrative", "valid_from": "2027-01-01"},  # not administered
        {"parent": "th-nang-mai", "kind": "administrative", "valid_from": "2027-01-01"},
    ],
)
def test_invalid_link_is_a_message_and_changes_nothing(
    client: Client, admin: User, province: Province, data: dict[str, str]
) -> None:
    before = list(UnitLink.objects.order_by("pk").values())
    page = client.post(url("unit_link", province.school.pk), data, follow=True).content.decode()
    assert 'role="alert"' in page
    line = UnitLink.objects.filter(child=province.school).first()
    assert line is not None
    client.post(url("unit_link_end", province.school.pk, line.pk), {"valid_to": "x"})
    assert list(UnitLink.objects.order_by("pk").values()) == before


def test_pool_is_joined_and_left(client: Client, admin: User, province: Province) -> None:
    pk = province.school.pk
    client.post(url("unit_pool", pk), {"name": "Cụm Bến Trăng"})
    pool = ReviewerPool.objects.get()
    assert list(pool.units.all()) == [province.school]
    client.post(url("unit_pool_leave", pk, pool.pk))
    assert not ReviewerPool.objects.exists()


def test_actions_answer_get_by_leading_to_the_unit(
    client: Client, admin: User, province: Province
) -> None:
    for name in (
        "unit_invite",
        "unit_grant",
        "unit_rename",
        "unit_alias",
        "unit_link",
        "unit_pool",
    ):
        response = client.get(url(name, province.school.pk))
        assert response["Location"] == url("unit", province.school.pk)


def test_role_of_a_lower_unit_does_not_open_the_page(
    client: Client, admin: User, province: Province
) -> None:
    memberships.revoke(admin.memberships.get(), by=None)
    memberships.grant(admin, province.school, Role.UNIT_ADMIN, by=None)
    assert client.get(url("unit", province.xa.pk)).status_code == 404
    assert client.get(url("unit", province.school.pk)).status_code == 200
