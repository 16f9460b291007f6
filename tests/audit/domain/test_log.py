import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import Unit, UnitKind, User
from audit.domain import chain
from audit.domain.log import NewEntry, history, record, record_all
from audit.enums import AuditEvent
from audit.models import AuditEntry


@pytest.fixture
def user() -> User:
    return User.objects.create(email="a@example.vn", handle="kiemchung-01")


@pytest.mark.django_db
def test_record_keeps_who_what_and_in_whose_name(user: User) -> None:
    kind, _ = UnitKind.objects.get_or_create(code="school")
    unit = Unit.objects.create(code="s1", kind=kind, name="Trường A", valid_from="2026-01-01")
    with transaction.atomic():
        record(AuditEvent.CASE_TAKEN, user, by=user, unit=unit, case=7)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.actor_unit) == (str(user.pk), str(unit.pk))
    assert (entry.verb, entry.subject_type, entry.subject_id) == (
        "case.taken",
        "accounts.user",
        str(user.pk),
    )
    assert entry.data == {"case": 7}


@pytest.mark.django_db
@pytest.mark.parametrize(("actor", "expected"), [(None, "system"), ("reporter", "reporter")])
def test_record_without_user_names_system_or_the_given_actor(
    user: User, actor: str | None, expected: str
) -> None:
    with transaction.atomic():
        entry = record(AuditEvent.CASE_TAKEN, user, by=None, actor=actor)
    assert entry.actor == expected


@pytest.mark.django_db
def test_record_chains_each_row_to_the_one_before(user: User) -> None:
    with transaction.atomic():
        entries = [record(AuditEvent.CASE_TAKEN, user, by=user, n=n) for n in range(3)]
    assert entries[0].previous_hash == chain.GENESIS
    assert [entry.previous_hash for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert chain.check_chain().broken is None


@pytest.mark.django_db
def test_record_settles_values_that_databases_change(user: User) -> None:
    with transaction.atomic():
        record(
            AuditEvent.CASE_TAKEN,
            user,
            by=user,
            on=date(2026, 9, 1),
            at=datetime(2026, 9, 1, 8, tzinfo=UTC),
            price=Decimal("1.50"),
            score=1e20,
            zero=-0.0,
            ids=(1, 2),
            deep={"một": [0.5, None, True]},
        )
    assert AuditEntry.objects.get().data == {
        "on": "2026-09-01",
        "at": "2026-09-01T08:00:00Z",
        "price": "1.50",
        "score": "1e+20",
        "zero": "-0",
        "ids": [1, 2],
        "deep": {"một": ["0.5", None, True]},
    }
    assert chain.check_chain().broken is None


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused(user: User) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(AuditEvent.CASE_TAKEN, user, by=user)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_record_disappears_with_its_transaction(user: User) -> None:
    @transaction.atomic
    def fail() -> None:
        record(AuditEvent.CASE_TAKEN, user, by=user)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_record_all_writes_one_chain_with_few_queries(
    user: User, django_assert_max_num_queries: Any
) -> None:
    with transaction.atomic(), django_assert_max_num_queries(10):
        record_all([NewEntry(AuditEvent.CASE_TAKEN, user, {"n": n}) for n in range(400)], by=user)
    assert AuditEntry.objects.count() == 400
    assert chain.check_chain().broken is None


@pytest.mark.django_db
def test_history_gives_one_subject_in_order(user: User) -> None:
    other = User.objects.create(email="b@example.vn", handle="b")
    with transaction.atomic():
        record(AuditEvent.ACCOUNT_CREATED, user, by=user)
        record(AuditEvent.ACCOUNT_CREATED, other, by=user)
        record(AuditEvent.ACCOUNT_PROFILE_CHANGED, user, by=user)
    assert [entry.verb for entry in history(user)] == [
        "account.created",
        "account.profile_changed",
    ]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_concurrent_records_keep_one_chain(user: User) -> None:
    threads, rounds, errors = 6, 15, []
    barrier = threading.Barrier(threads)

    def work() -> None:
        try:
            for n in range(rounds):
                barrier.wait(timeout=30)
                with transaction.atomic():
                    record(AuditEvent.CASE_TAKEN, user, by=user, n=n)
        except Exception as error:
            errors.append(error)
            barrier.abort()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    assert AuditEntry.objects.count() == threads * rounds
    assert chain.check_chain().broken is None
