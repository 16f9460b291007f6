import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.domain import invitations
from accounts.enums import Role
from accounts.exceptions import AccountExists, AccountsError, InvitationRefused, NotAllowed
from accounts.models import Invitation, Membership, User
from audit.domain.log import history
from audit.enums import AuditEvent
from audit.models import AuditEntry
from tests.accounts.conftest import PASSWORD, Province


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


@pytest.fixture
def admin(province: Province) -> User:
    return province.user(Role.UNIT_ADMIN, province.school)


@pytest.fixture
def invitation(province: Province, admin: User, links: list[str]) -> Invitation:
    return invitations.invite(" Moi@Example.VN ", province.school, Role.CHECKER, by=admin)


def test_invite_tells_the_link_and_keeps_only_a_hash(
    invitation: Invitation, admin: User, links: list[str]
) -> None:
    assert invitation.email == "moi@example.vn"
    assert len(links) == 1
    token = token_of(links[0])
    assert links[0] == f"http://testserver/tai-khoan/moi/{token}/"
    assert token not in str(Invitation.objects.values().get())
    assert token not in str(list(AuditEntry.objects.values()))
    assert "moi@example.vn" not in str(list(AuditEntry.objects.values()))
    assert invitations.find(token) == invitation
    assert history(invitation).get().data == {"to_unit": invitation.unit_id, "role": "checker"}


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.REVIEWER, Role.APPROVER])
def test_invite_by_anyone_but_an_administrator_is_refused(
    province: Province, links: list[str], role: Role
) -> None:
    with pytest.raises(NotAllowed):
        invitations.invite(
            "a@example.vn", province.school, role, by=province.user(role, province.school)
        )
    assert links == []
    assert not Invitation.objects.exists()


def test_invite_again_renews_and_kills_the_old_link(
    invitation: Invitation, province: Province, admin: User, links: list[str]
) -> None:
    again = invitations.invite("moi@example.vn", province.school, Role.CHECKER, by=admin)
    assert again == invitation
    assert len(links) == 2
    with pytest.raises(InvitationRefused, match="not valid"):
        invitations.find(token_of(links[0]))
    assert invitations.find(token_of(links[1])) == invitation


def test_invite_someone_who_has_the_role_is_refused(province: Province, admin: User) -> None:
    member = province.user(Role.CHECKER, province.school)
    with pytest.raises(AccountsError, match="already"):
        invitations.invite(member.email.upper(), province.school, Role.CHECKER, by=admin)


def test_accept_makes_the_account_with_the_role(
    invitation: Invitation, province: Province, links: list[str]
) -> None:
    token = token_of(links[0])
    user = invitations.accept(token, " kiemchung-09 ", PASSWORD)
    assert (user.email, user.handle, user.language) == ("moi@example.vn", "kiemchung-09", "vi")
    assert user.check_password(PASSWORD)
    assert [(m.unit, m.role) for m in user.memberships.all()] == [(province.school, "checker")]
    invitation.refresh_from_db()
    assert invitation.accepted_by == user
    assert not user.is_superuser
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"account.created", "invitation.accepted"} <= verbs
    with pytest.raises(InvitationRefused, match="used already"):
        invitations.accept(token, "b", PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "1234567890", "password123", "moi@example.vn"])
def test_accept_weak_password_changes_nothing(
    invitation: Invitation, links: list[str], password: str
) -> None:
    with pytest.raises(ValidationError):
        invitations.accept(token_of(links[0]), "a", password)
    assert not User.objects.filter(email="moi@example.vn").exists()
    assert invitations.find(token_of(links[0])) == invitation


def test_accept_ends_after_seven_days(invitation: Invitation, links: list[str]) -> None:
    token = token_of(links[0])
    with time_machine.travel(invitation.expires_at - timedelta(seconds=1), tick=False):
        assert invitations.find(token) == invitation
    with (
        time_machine.travel(invitation.expires_at, tick=False),
        pytest.raises(InvitationRefused, match="expired"),
    ):
        invitations.accept(token, "a", PASSWORD)
    assert (invitation.expires_at - invitation.invited_at).days in {6, 7}


@pytest.mark.parametrize("token", ["", "x", "a" * 3000, "\udcff"])
def test_find_unknown_link_is_refused(invitation: Invitation, token: str) -> None:
    with pytest.raises(InvitationRefused, match="not valid"):
        invitations.find(token)


def test_accept_with_an_account_goes_through_signing_in(
    province: Province, admin: User, links: list[str]
) -> None:
    member = province.user(Role.CHECKER, province.sibling)
    invitation = invitations.invite(member.email, province.school, Role.CHECKER, by=admin)
    token = token_of(links[0])
    assert invitations.has_account(invitation)
    with pytest.raises(AccountExists):
        invitations.accept(token, "another", PASSWORD)
    with pytest.raises(NotAllowed):
        invitations.accept_as(token, admin)
    invitations.accept_as(token, member)
    assert {(m.unit, m.role) for m in member.memberships.all()} == {
        (province.sibling, "checker"),
        (province.school, "checker"),
    }
    with pytest.raises(InvitationRefused):
        invitations.accept_as(token, member)


def test_cancel_removes_the_address(
    invitation: Invitation, province: Province, admin: User, links: list[str]
) -> None:
    with pytest.raises(NotAllowed):
        invitations.cancel(invitation, by=province.user(Role.UNIT_ADMIN, province.sibling))
    pk = invitation.pk
    invitations.cancel(invitation, by=admin)
    assert not Invitation.objects.exists()
    with pytest.raises(InvitationRefused):
        invitations.find(token_of(links[0]))
    assert (
        AuditEntry.objects.with_event(AuditEvent.INVITATION_CANCELLED)
        .filter(subject_id=str(pk))
        .exists()
    )


def test_resend_and_cancel_after_acceptance_are_refused(
    invitation: Invitation, admin: User, links: list[str]
) -> None:
    invitations.accept(token_of(links[0]), "a", PASSWORD)
    for action in (invitations.resend, invitations.cancel):
        with pytest.raises(AccountsError, match="meantime"):
            action(invitation, by=admin)
    assert Invitation.objects.count() == 1


def test_pending_lists_what_waits(invitation: Invitation, links: list[str]) -> None:
    assert list(invitations.pending(invitation.unit)) == [invitation]
    invitations.accept(token_of(links[0]), "a", PASSWORD)
    assert not invitations.pending(invitation.unit).exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_accept_twice_at_once_makes_one_account(invitation: Invitation, links: list[str]) -> None:
    barrier, made, refused = threading.Barrier(4), [], []

    def work(n: int) -> None:
        try:
            barrier.wait(timeout=30)
            made.append(invitations.accept(token_of(links[0]), f"a{n}", PASSWORD))
        except (InvitationRefused, AccountExists) as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(refused)) == (1, 3)
    assert User.objects.filter(email="moi@example.vn").count() == 1
    assert Membership.objects.filter(user=made[0]).count() == 1
