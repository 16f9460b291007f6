from typing import Any

import pytest

from accounts.domain import guarded_acts, invitations, memberships, role_grants, same_person
from accounts.enums import GUARDED_ROLES, GuardedKind, Role
from accounts.exceptions import AccountsError, NotAllowed, SamePerson
from accounts.models import GuardedAct, Invitation, Membership, User
from audit.domain.log import history
from tests.accounts.conftest import PASSWORD, Province


@pytest.fixture
def admin(province: Province) -> User:
    return province.user(Role.UNIT_ADMIN, province.school)


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def pending(province: Province) -> GuardedAct:
    subject = guarded_acts.subject_of(province.school)
    return guarded_acts.pending(GuardedKind.ROLE, subject).get()


def roles(user: User) -> list[str]:
    return sorted(user.memberships.values_list("role", flat=True))


@pytest.mark.parametrize("role", sorted(GUARDED_ROLES))
def test_role_waits_for_an_administrator_above(province: Province, admin: User, role: Role) -> None:
    member = province.user(Role.CHECKER, province.school)
    assert role_grants.grant(member, province.school, role, by=admin) is None
    assert roles(member) == ["checker"]
    role_grants.grant(member, province.school, role, by=admin)  # asked twice, proposed once
    membership = role_grants.confirm(
        pending(province), by=province.user(Role.UNIT_ADMIN, province.xa)
    )
    assert membership is not None
    assert (membership.user, membership.role) == (member, role)
    assert roles(member) == sorted(["checker", role])


def test_checker_needs_no_second_person(province: Province, admin: User) -> None:
    user = province.user(None, name="moi")
    assert role_grants.grant(user, province.school, Role.CHECKER, by=admin) is not None


def test_confirm_by_the_proposer_or_a_stranger_is_refused(province: Province, admin: User) -> None:
    member = province.user(Role.CHECKER, province.school)
    role_grants.grant(member, province.school, Role.REVIEWER, by=admin)
    with pytest.raises(SamePerson):
        role_grants.confirm(pending(province), by=admin)
    for stranger in (
        province.user(Role.UNIT_ADMIN, province.sibling),
        province.user(Role.APPROVER, province.so),
    ):
        with pytest.raises(NotAllowed):
            role_grants.confirm(pending(province), by=stranger)
        with pytest.raises(NotAllowed):
            role_grants.decline(pending(province), by=stranger)
    assert roles(member) == ["checker"]


@pytest.mark.parametrize("is_confirmed_first", [True, False])
def test_invited_reviewer_gets_the_role_after_both_steps(
    province: Province, admin: User, links: list[str], is_confirmed_first: bool
) -> None:
    second = province.user(Role.UNIT_ADMIN, province.so)
    invitations.invite("moi@example.vn", province.school, Role.REVIEWER, by=admin)
    if is_confirmed_first:
        assert role_grants.confirm(pending(province), by=second) is None
        user = invitations.accept(token_of(links[0]), "moi", PASSWORD)
    else:
        user = invitations.accept(token_of(links[0]), "moi", PASSWORD)
        assert roles(user) == []
        role_grants.confirm(pending(province), by=second)
    assert roles(user) == ["reviewer"]
    assert same_person.shared_sign(user, admin) is None  # a second person stands behind the role


def test_declined_invitation_ends(province: Province, admin: User, links: list[str]) -> None:
    invitations.invite("moi@example.vn", province.school, Role.APPROVER, by=admin)
    role_grants.decline(
        pending(province), reason="chưa biết ai", by=province.user(Role.UNIT_ADMIN, province.so)
    )
    assert not Invitation.objects.exists()
    assert not guarded_acts.pending(GuardedKind.ROLE).exists()


def test_cancelled_invitation_withdraws_the_proposal(province: Province, admin: User) -> None:
    offer = invitations.invite("moi@example.vn", province.school, Role.APPROVER, by=admin)
    invitations.cancel(offer, by=admin)
    assert not guarded_acts.pending(GuardedKind.ROLE).exists()


def test_accepted_invitation_declined_gives_nothing(
    province: Province, admin: User, links: list[str]
) -> None:
    invitations.invite("moi@example.vn", province.school, Role.REVIEWER, by=admin)
    user = invitations.accept(token_of(links[0]), "moi", PASSWORD)
    role_grants.decline(pending(province), by=province.user(Role.UNIT_ADMIN, province.so))
    assert roles(user) == []
    assert Invitation.objects.get().accepted_by == user


def test_invitation_from_before_the_rule_is_proposed_when_accepted(
    province: Province, admin: User, links: list[str]
) -> None:
    offer = invitations.invite("moi@example.vn", province.school, Role.REVIEWER, by=admin)
    role_grants.cancel_invitation(offer, by=admin)  # as if none had been written
    user = invitations.accept(token_of(links[0]), "moi", PASSWORD)
    assert roles(user) == []
    assert pending(province).proposed_by == admin


def test_operator_confirms_a_proposal_or_grants_at_once(province: Province, admin: User) -> None:
    member = province.user(Role.CHECKER, province.school)
    role_grants.grant(member, province.school, Role.REVIEWER, by=admin)
    role_grants.grant_by_operator(member.email, province.school, Role.REVIEWER)
    role_grants.grant_by_operator(member.email, province.school, Role.APPROVER)
    assert roles(member) == ["approver", "checker", "reviewer"]
    acts = [m.act for m in member.memberships.exclude(role="checker").order_by("role")]
    assert [act.proposed_by for act in acts if act] == [None, admin]
    assert all(act.confirmed_by_operator for act in acts if act)
    granted = history(province.school).filter(verb="membership.granted", data__role="approver")
    assert granted.count() == 1
    with pytest.raises(AccountsError):
        role_grants.grant_by_operator("nobody@example.vn", province.school, Role.REVIEWER)


def test_revoked_role_needs_a_new_act(province: Province, admin: User) -> None:
    member = province.user(Role.REVIEWER, province.school)
    act = member.memberships.get().act
    memberships.revoke(member.memberships.get(), by=admin)
    assert act is not None
    act.refresh_from_db()
    assert not act.is_confirmed
    role_grants.grant(member, province.school, Role.REVIEWER, by=admin)
    assert not Membership.objects.filter(user=member).exists()


def test_pending_in_says_who_may_confirm(province: Province, admin: User) -> None:
    member = province.user(Role.CHECKER, province.school)
    role_grants.grant(member, province.school, Role.REVIEWER, by=admin)
    above = province.user(Role.UNIT_ADMIN, province.so)
    (own,) = role_grants.pending_in(province.school, admin)
    (foreign,) = role_grants.pending_in(province.school, above)
    assert (own.is_own, own.person, own.role) == (True, member.handle, "reviewer")
    assert own.refusal
    assert (foreign.is_own, foreign.refusal) == (False, None)
    assert role_grants.waiting_units(above) == [province.school]
    assert role_grants.waiting_units(admin) == []


def test_second_administrators_are_counted_above_too(province: Province, admin: User) -> None:
    assert role_grants.second_administrators(province.school, admin) == 0
    province.user(Role.UNIT_ADMIN, province.so)
    province.user(Role.UNIT_ADMIN, province.sibling)
    assert role_grants.second_administrators(province.school, admin) == 1


def test_new_administrator_cannot_confirm_for_the_inviter(
    province: Province, admin: User, links: list[str], settings: Any
) -> None:
    """The attack of issue 12: one administrator invites two mailboxes of their own."""
    settings.NEW_ACCOUNT_WAIT_HOURS = 0  # even after the waiting time
    for name, role in (("hai", Role.UNIT_ADMIN), ("ba", Role.REVIEWER), ("tu", Role.APPROVER)):
        invitations.invite(f"{name}@example.vn", province.school, role, by=admin)
    mailboxes = [
        invitations.accept(token_of(link), str(index), PASSWORD) for index, link in enumerate(links)
    ]
    assert [roles(user) for user in mailboxes] == [[], [], []]
    for act in guarded_acts.pending(GuardedKind.ROLE):
        for user in (*mailboxes, admin):
            with pytest.raises(NotAllowed):
                role_grants.confirm(act, by=user)
    assert not Membership.objects.filter(user__in=mailboxes).exists()
