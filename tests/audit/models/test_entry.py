import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from audit.domain.log import history, record
from audit.enums import FORMER_VALUES, AuditEvent
from audit.models import AuditEntry
from tests.audit.stored_rows import run, some_entry, write_row


@pytest.fixture
def entry(transactional_db: None) -> AuditEntry:
    return some_entry()


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create(email="a@example.vn", handle="a")


@pytest.mark.parametrize(("former", "event"), FORMER_VALUES.items())
def test_rows_under_former_values_are_read_as_the_event_and_the_chain_is_sound(
    user: User, former: str, event: AuditEvent
) -> None:
    old = write_row(former, user, by=user)
    with transaction.atomic():
        new = record(event, user, by=user)
    other = write_row("account.created", user, by=user)

    assert [entry.verb for entry in history(user)] == [former, event.value, "account.created"]
    assert [entry.event for entry in (old, new)] == [event, event]
    assert list(history(user).with_event(event)) == [old, new]
    assert list(AuditEntry.objects.with_event(event, AuditEvent.ACCOUNT_CREATED)) == [
        old,
        new,
        other,
    ]
    out = io.StringIO()
    call_command("verify_audit", stdout=out, stderr=io.StringIO())
    assert out.getvalue().startswith("3 rows, all sound.")


def test_chain_cannot_fork_even_by_hand(user: User) -> None:
    with transaction.atomic():
        first = record(AuditEvent.CASE_TAKEN, user, by=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.create(
            at=first.at,
            actor="1",
            verb="x",
            subject_type="a",
            subject_id="1",
            previous_hash=first.previous_hash,
            hash="f" * 64,
        )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditentry SET verb = 'other'",
        "UPDATE audit_auditentry SET verb = verb",
        "DELETE FROM audit_auditentry",
    ],
)
def test_audit_row_raw_change_is_refused(entry: AuditEntry, sql: str) -> None:
    with pytest.raises(IntegrityError, match="refused: rows of audit_auditentry are never"):
        run(sql)
    assert AuditEntry.objects.get().verb == "case.taken"


@pytest.mark.postgres
def test_audit_table_truncate_is_refused(entry: AuditEntry) -> None:
    with pytest.raises(IntegrityError, match="never deleted"):
        run("TRUNCATE audit_auditentry")
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize("column", ["id", "hash", "previous_hash"])
def test_audit_row_replacing_insert_is_refused(entry: AuditEntry, column: str) -> None:
    """SQLite's INSERT OR REPLACE removes the old row without a DELETE trigger."""
    values = {
        "id": entry.pk + 10,
        "hash": "b" * 64,
        "previous_hash": "a" * 64,
        "verb": "forged",
        "actor": "1",
        "actor_unit": "",
        "at": "2026-01-01 00:00:00+00:00",
        "subject_type": "a",
        "subject_id": "1",
        "data": "{}",
        column: getattr(entry, column),
    }
    word = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    marks = ", ".join(["%s"] * len(values))
    with pytest.raises(IntegrityError):
        run(
            f"{word} INTO audit_auditentry ({', '.join(values)}) VALUES ({marks})", *values.values()
        )
    assert AuditEntry.objects.get().verb == "case.taken"
