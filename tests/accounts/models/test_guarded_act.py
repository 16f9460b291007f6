"""Guarded acts in the database: raw SQL tries to forge, change and delete one."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind, Role
from accounts.models import GuardedAct
from tests.accounts.conftest import Province

INSERT = (
    "INSERT INTO accounts_guardedact (kind, subject, details, reason, proposed_by_id, proposed_at, "
    "confirmed_by_id, confirmed_at, confirmed_by_operator, end_reason) "
    "SELECT kind, subject, details, reason, proposed_by_id, proposed_at, {by}, {at}, {operator}, "
    "'' FROM accounts_guardedact WHERE kind = 'pool'"
)


def run(sql: str, *params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def refused(sql: str, *params: Any) -> None:
    with pytest.raises(IntegrityError):
        run(sql, *params)


@pytest.fixture
def act(province: Province) -> GuardedAct:
    by = province.user(Role.UNIT_ADMIN, province.so)
    return guarded_acts.propose(
        GuardedKind.POOL, "accounts.unit:1", details={"unit": 1}, by=by, unit=province.so
    )


def confirm_by(user: int) -> tuple[str, int]:
    sql = (
        "UPDATE accounts_guardedact SET confirmed_by_id = %s, confirmed_at = proposed_at "
        "WHERE kind = 'pool'"
    )
    return sql, user


def test_proposal_inserted_by_hand_is_accepted(act: GuardedAct) -> None:
    """The control: what refuses the next statements is their content."""
    run(INSERT.format(by="NULL", at="NULL", operator="false"))
    assert GuardedAct.objects.filter(kind="pool").count() == 2


def test_act_born_confirmed_is_refused(act: GuardedAct, province: Province) -> None:
    second = province.user(Role.UNIT_ADMIN, province.xa).pk
    refused(INSERT.format(by=second, at="proposed_at", operator="false"))
    refused(INSERT.format(by="NULL", at="proposed_at", operator="true"))


def test_act_confirmed_by_its_proposer_is_refused(act: GuardedAct, province: Province) -> None:
    refused(*confirm_by(act.proposed_by_id or 0))
    run(*confirm_by(province.user(Role.UNIT_ADMIN, province.xa).pk))


def test_act_without_proposer_is_not_confirmed_by_a_person(province: Province) -> None:
    guarded_acts.propose(GuardedKind.POOL, "accounts.unit:1", by=None, unit=None)
    refused(*confirm_by(province.user(Role.UNIT_ADMIN, province.xa).pk))


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'role'",
        "subject = 'accounts.unit:2'",
        "details = '{}'",
        "reason = 'khác'",
        "proposed_by_id = NULL",
        "proposed_at = '2020-01-01'",
    ],
)
def test_what_was_proposed_stays(act: GuardedAct, change: str) -> None:
    refused(f"UPDATE accounts_guardedact SET {change}")


def test_what_was_confirmed_stays(act: GuardedAct, province: Province) -> None:
    other = province.user(Role.UNIT_ADMIN, province.school).pk
    guarded_acts.confirm(act, by=province.user(Role.UNIT_ADMIN, province.xa), unit=province.xa)
    refused(*confirm_by(other))
    refused(
        "UPDATE accounts_guardedact SET confirmed_by_id = NULL, confirmed_at = NULL, "
        "confirmed_unit_id = NULL"
    )


def test_ended_act_is_neither_confirmed_nor_reopened(act: GuardedAct, province: Province) -> None:
    second = province.user(Role.UNIT_ADMIN, province.xa)
    guarded_acts.decline(act, by=second)
    refused(*confirm_by(second.pk))
    refused("UPDATE accounts_guardedact SET ended_at = NULL, ended_by_id = NULL")


def test_act_is_never_deleted(act: GuardedAct) -> None:
    refused("DELETE FROM accounts_guardedact")
