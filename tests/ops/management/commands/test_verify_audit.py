import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.domain import memberships
from accounts.models import GuardedAct, Membership, User
from audit import rules
from audit.domain import chain
from audit.domain.log import record
from audit.enums import AuditEvent
from audit.models import AuditEntry
from factcheck.domain.editorial import reconsiderations
from factcheck.enums import CaseStatus
from tests.audit import rule_suspension
from tests.factories import Cast, published, verdict_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> list[AuditEntry]:
    user = User.objects.create(email="a@example.vn", handle="a")
    with transaction.atomic():
        return [record(AuditEvent.CASE_TAKEN, user, by=user, n=n) for n in range(3)]


def test_verify_audit_sound_chain_prints_count_and_last_hash(entries: list[AuditEntry]) -> None:
    out, err = io.StringIO(), io.StringIO()
    call_command("verify_audit", stdout=out, stderr=err)
    assert out.getvalue().strip() == f"3 rows, all sound. Last hash: {entries[2].hash}"
    assert "3 of 3 rows checked" in err.getvalue()


def test_verify_audit_broken_chain_exits_1_and_names_the_row(entries: list[AuditEntry]) -> None:
    with rule_suspension.suspended(connection):
        AuditEntry.objects.filter(pk=entries[1].pk).update(verb="y")
    with pytest.raises(CommandError, match=f"Row {entries[1].pk} is broken: its content") as caught:
        call_command("verify_audit")
    assert caught.value.returncode == 1


def test_verify_audit_known_hash_gone_exits_1(entries: list[AuditEntry]) -> None:
    with rule_suspension.suspended(connection):
        AuditEntry.objects.filter(pk=entries[2].pk).delete()
    assert chain.check_chain().broken is None
    with pytest.raises(CommandError, match="cut off the end") as caught:
        call_command("verify_audit", known=entries[2].hash)
    assert caught.value.returncode == 1


def test_verify_audit_without_triggers_exits_1(entries: list[AuditEntry]) -> None:
    with (
        rule_suspension.suspended(connection),
        pytest.raises(CommandError, match="triggers are gone"),
    ):
        call_command("verify_audit")


def _fails(match: str) -> None:
    with pytest.raises(CommandError, match=match) as caught:
        call_command("verify_audit", stdout=io.StringIO(), stderr=io.StringIO())
    assert caught.value.returncode == 1


def _passes() -> None:
    call_command("verify_audit", stdout=io.StringIO(), stderr=io.StringIO())


def _run(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_verify_audit_names_each_missing_trigger() -> None:
    table, name = sorted(rules.installed(connection))[0]
    with rule_suspension.suspended(connection):
        _fails(f"{name} on {table}")


def test_verify_audit_finds_an_event_that_no_release_writes(entries: list[AuditEntry]) -> None:
    last = entries[-1]
    values = {**{name: getattr(last, name) for name in chain.HASHED}, "verb": "case.blessed"}
    digest = chain.digest(values, last.hash)
    AuditEntry.objects.create(**values, previous_hash=last.hash, hash=digest)
    _fails("case.blessed")


def test_verify_audit_finds_a_forged_act_and_the_role_it_grants(cast: Cast) -> None:
    _passes()
    user, unit = cast.outsider.pk, cast.sibling.pk
    _run(
        "INSERT INTO accounts_guardedact (kind, subject, details, reason, proposed_by_id, "
        "proposed_at, confirmed_by_operator, end_reason) "
        "VALUES ('role', %s, %s, '', %s, '2026-01-01', false, '')",
        f"accounts.unit:{unit}",
        json.dumps({"role": "approver", "user": user}),
        cast.admin.pk,
    )
    act = GuardedAct.objects.latest("pk")
    _run(
        "UPDATE accounts_guardedact SET confirmed_by_id = %s, confirmed_at = proposed_at "
        "WHERE id = %s",
        cast.approver.pk,
        act.pk,
    )
    _run(
        "INSERT INTO accounts_membership (user_id, unit_id, role, created_at, act_id) "
        "VALUES (%s, %s, 'approver', '2026-01-01', %s)",
        user,
        unit,
        act.pk,
    )
    membership = Membership.objects.latest("pk")
    _fails(f"accounts.guardedact:{act.pk}, accounts.membership:{membership.pk}")


def test_verify_audit_finds_a_verdict_approved_by_hand(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    _run(
        "UPDATE accounts_guardedact SET confirmed_by_id = %s, confirmed_at = proposed_at "
        "WHERE subject = %s",
        cast.reviewer.pk,
        f"factcheck.verdict:{verdict.pk}",
    )
    _run(
        "UPDATE factcheck_verdict SET state = 'approved', reviewed_by_id = %s, "
        "reviewed_at = submitted_at, reviewer_unit_id = %s WHERE id = %s",
        cast.reviewer.pk,
        cast.xa.pk,
        verdict.pk,
    )
    _fails(f"factcheck.verdict:{verdict.pk}")


def test_verify_audit_passes_what_the_product_writes(cast: Cast) -> None:
    version = published(cast)
    request = reconsiderations.ask(version.notice, "Xin xem lại.", "k" * 32)
    reconsiderations.decide(request, accept=False, decision="Giữ nguyên.", by=cast.pooled)
    memberships.revoke(cast.own_reviewer.memberships.get(), by=cast.admin)
    _passes()
