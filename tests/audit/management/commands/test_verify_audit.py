import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.models import User
from audit.domain import chain
from audit.domain.log import record
from audit.enums import AuditEvent
from audit.models import AuditEntry
from tests.audit import rule_suspension

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
