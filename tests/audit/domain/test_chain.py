import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from audit.domain import chain
from audit.domain.chain import BrokenLink, ChainError
from audit.domain.log import NewEntry, record_all
from audit.enums import AuditEvent
from audit.models import AuditEntry
from tests.audit import rule_suspension

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> list[AuditEntry]:
    """Ten sound rows."""
    user = User.objects.create(email="a@example.vn", handle="a")
    with transaction.atomic():
        return record_all(
            [NewEntry(AuditEvent.CASE_TAKEN, user, {"n": n}) for n in range(10)], by=user
        )


def tamper(sql: str, *params: Any) -> None:
    with rule_suspension.suspended(connection), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_verify_sound_or_empty_chain_finds_nothing(rows: list[AuditEntry]) -> None:
    assert chain.check_chain().broken is None
    tamper("DELETE FROM audit_auditentry")
    assert chain.check_chain().broken is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "999"),
        ("actor_unit", "5"),
        ("verb", "case.approved"),
        ("subject_type", "a.b"),
        ("subject_id", "42"),
        ("data", json.dumps({"n": 99})),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("hash", "e" * 64),
    ],
)
def test_verify_changed_column_names_that_row(
    rows: list[AuditEntry], column: str, value: str
) -> None:
    tamper(f"UPDATE audit_auditentry SET {column} = %s WHERE id = %s", value, rows[4].pk)
    assert chain.check_chain().broken == BrokenLink(rows[4].pk, ChainError.CHANGED)


def test_verify_missing_row_names_the_next_one(rows: list[AuditEntry]) -> None:
    tamper("DELETE FROM audit_auditentry WHERE id = %s", rows[4].pk)
    assert chain.check_chain().broken == BrokenLink(rows[5].pk, ChainError.MISSING)


def test_verify_truncated_head_names_the_first_row_left(rows: list[AuditEntry]) -> None:
    tamper("DELETE FROM audit_auditentry WHERE id <= %s", rows[2].pk)
    assert chain.check_chain().broken == BrokenLink(rows[3].pk, ChainError.HEAD)


def test_verify_moved_row_is_found(rows: list[AuditEntry]) -> None:
    tamper("UPDATE audit_auditentry SET id = %s WHERE id = %s", rows[9].pk + 5, rows[4].pk)
    assert chain.check_chain().broken == BrokenLink(rows[5].pk, ChainError.MISSING)


def test_verify_row_rehashed_after_a_change_breaks_at_the_next(rows: list[AuditEntry]) -> None:
    row = rows[4]
    values = {name: getattr(row, name) for name in chain.HASHED} | {"verb": "y"}
    new_hash = chain.digest(values, row.previous_hash)
    tamper("UPDATE audit_auditentry SET verb = 'y', hash = %s WHERE id = %s", new_hash, row.pk)
    assert chain.check_chain().broken == BrokenLink(rows[5].pk, ChainError.MISSING)


def test_check_missing_tail_is_shown_by_an_earlier_head_only(rows: list[AuditEntry]) -> None:
    head = chain.check_chain().head
    assert chain.check_chain(earlier_head=head).earlier_head_seen
    tamper("DELETE FROM audit_auditentry WHERE id >= %s", rows[8].pk)
    assert chain.check_chain().broken is None
    report = chain.check_chain(earlier_head=head)
    assert (report.earlier_head_seen, report.count, report.head) == (False, 8, rows[7].hash)


@pytest.mark.parametrize("value", ["2026-13-45 00:00:00", "yesterday"])
def test_verify_unreadable_time_names_the_row(rows: list[AuditEntry], value: str) -> None:
    if connection.vendor == "postgresql":
        value = "infinity"  # the only unreadable time that its column type lets in
    tamper("UPDATE audit_auditentry SET at = %s WHERE id = %s", value, rows[4].pk)
    broken = chain.check_chain().broken
    assert broken is not None
    assert broken.entry_id == rows[4].pk


def test_verify_row_changed_before_an_unreadable_one_is_named_first(
    rows: list[AuditEntry],
) -> None:
    value = "infinity" if connection.vendor == "postgresql" else "2026-13-45 00:00:00"
    tamper("UPDATE audit_auditentry SET at = %s WHERE id = %s", value, rows[6].pk)
    tamper("UPDATE audit_auditentry SET verb = 'y' WHERE id = %s", rows[3].pk)
    assert chain.check_chain().broken == BrokenLink(rows[3].pk, ChainError.CHANGED)


def test_verify_long_chain_reads_in_batches_and_reports_progress(
    rows: list[AuditEntry],
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    monkeypatch.setattr(chain, "BATCH", 4)
    seen: list[int] = []
    with django_assert_num_queries(4):  # 4 + 4 + 2 + none
        assert chain.check_chain(progress=seen.append).broken is None
    assert seen == [4, 8, 10]


def test_canonical_ignores_key_order_and_time_zone(rows: list[AuditEntry]) -> None:
    from zoneinfo import ZoneInfo

    values = {name: getattr(rows[0], name) for name in chain.HASHED}
    values["data"] = {"a": 1, "b": "ộ"}
    other = values | {"data": {"b": "ộ", "a": 1}}
    other["at"] = values["at"].astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    assert chain.digest(values, chain.GENESIS) == chain.digest(other, chain.GENESIS)
    assert chain.digest(values, chain.GENESIS) != chain.digest(values, "1" * 64)


def test_number_beyond_a_float_breaks_the_chain_at_its_row(rows: list[AuditEntry]) -> None:
    """SQLite gives back infinity, which no release could have written; PostgreSQL the number."""
    on_sqlite = connection.vendor == "sqlite"
    tamper("UPDATE audit_auditentry SET data = %s WHERE id = %s", '{"n": 9e999}', rows[4].pk)
    error = ChainError.UNREADABLE if on_sqlite else ChainError.CHANGED
    assert chain.check_chain().broken == BrokenLink(rows[4].pk, error)
