"""Roles in the database: raw SQL tries to grant, change and remove one."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.domain import guarded_acts, invitations, memberships, role_grants
from accounts.enums import GUARDED_ROLES, GuardedKind, Role
from accounts.models import GuardedAct, User
from tests.accounts.conftest import PASSWORD, Province

INSERT = (
    "INSERT INTO accounts_membership (user_id, unit_id, role, created_at, act_id) "
    "VALUES (%s, %s, %s, '2026-01-01', %s)"
)


def run(sql: str, *params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def refused(sql: str, *params: Any) -> None:
    with pytest.raises(IntegrityError):
        run(sql, *params)


def proposal(province: Province, user: User, role: Role) -> GuardedAct:
    by = province.user(Role.UNIT_ADMIN, province.so)
    role_grants.grant(user, province.school, role, by=by)
    return guarded_acts.pending(GuardedKind.ROLE).latest("pk")


@pytest.mark.parametrize("role", sorted(GUARDED_ROLES))
def test_role_inserted_without_a_confirmed_act_is_refused(province: Province, role: Role) -> None:
    user = province.user(Role.CHECKER, province.school)
    refused(INSERT, user.pk, province.school.pk, role, None)
    act = proposal(province, user, role)
    refused(INSERT, user.pk, province.school.pk, role, act.pk)
    guarded_acts.confirm(act, by=province.user(Role.UNIT_ADMIN, province.xa), unit=None)
    run(INSERT, user.pk, province.school.pk, role, act.pk)  # the control


def test_act_of_another_person_unit_or_role_grants_nothing(province: Province) -> None:
    user, other = (province.user(Role.CHECKER, province.school, name) for name in ("a", "b"))
    act = proposal(province, user, Role.REVIEWER)
    guarded_acts.confirm(act, by=province.user(Role.UNIT_ADMIN, province.xa), unit=None)
    refused(INSERT, other.pk, province.school.pk, "reviewer", act.pk)
    refused(INSERT, user.pk, province.so.pk, "reviewer", act.pk)
    refused(INSERT, user.pk, province.school.pk, "approver", act.pk)
    guarded_acts.revoke(act, by=None)
    refused(INSERT, user.pk, province.school.pk, "reviewer", act.pk)


def test_checkers_role_is_not_turned_into_another(province: Province) -> None:
    member = province.user(Role.CHECKER, province.school).memberships.get()
    for change in ("role = 'reviewer'", f"unit_id = {province.so.pk}", "created_at = '2020-01-01'"):
        refused(f"UPDATE accounts_membership SET {change} WHERE id = %s", member.pk)


def test_granted_role_is_deleted_only_after_its_act_ended(province: Province) -> None:
    member = province.user(Role.REVIEWER, province.school).memberships.get()
    refused("DELETE FROM accounts_membership WHERE id = %s", member.pk)
    memberships.revoke(member, by=None)


def test_accepted_invitation_is_not_redirected_or_deleted(
    province: Province, links: list[str]
) -> None:
    admin = province.user(Role.UNIT_ADMIN, province.school)
    invitations.invite("moi@example.vn", province.school, Role.REVIEWER, by=admin)
    for change in ("email = 'x@example.vn'", "role = 'checker'", f"invited_by_id = {admin.pk + 1}"):
        refused(f"UPDATE accounts_invitation SET {change}")
    invitations.accept(links[0].rstrip("/").rpartition("/")[2], "moi", PASSWORD)
    refused("UPDATE accounts_invitation SET accepted_by_id = %s", admin.pk)
    refused("UPDATE accounts_invitation SET accepted_at = '2020-01-01'")
    refused("DELETE FROM accounts_invitation")
