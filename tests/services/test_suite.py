from pathlib import Path

import psycopg2
import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from audit.domain import log
from audit.enums import AuditEvent
from audit.models import AuditEntry
from tests.services import required_programs, suite
from tests.services.suite import Totals

REPORT = """<?xml version="1.0"?>
<testsuites><testsuite tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"/>
</testsuites>"""


def report(tmp_path: Path, **counts: int) -> Path:
    file = tmp_path / "junit.xml"
    file.write_text(REPORT.format(**({"failures": 0, "errors": 0, "skipped": 0} | counts)))
    return file


def run_main(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    totals: Totals,
    *,
    ci: bool,
) -> tuple[int, list[str]]:
    """Exit code and printed lines of a run that ended with these totals."""
    monkeypatch.setenv("CI", "true") if ci else monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(required_programs, "install", list)

    def fill_in(result: Totals, absent: list[required_programs.Need]) -> None:
        result.__dict__.update(totals.__dict__)

    monkeypatch.setattr(suite, "run_everything", fill_in)
    with pytest.raises(SystemExit) as ended:
        suite.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code, capsys.readouterr().out.strip().splitlines()


def test_counts_are_added_over_runs(tmp_path: Path) -> None:
    totals = Totals()
    assert totals.add(report(tmp_path, tests=10, failures=1, errors=1, skipped=2)) == 10
    totals.add(report(tmp_path, tests=5))
    assert (totals.passed, totals.failed, totals.skipped) == (11, 2, 2)


def test_the_last_line_counts_everything(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = run_main(monkeypatch, capsys, Totals(passed=7), ci=True)
    assert (code, lines[-1]) == (0, "7 passed, 0 failed, 0 skipped")


def test_a_failed_check_is_a_failure_with_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    totals = Totals(passed=7, errors=["make check: types"])
    code, lines = run_main(monkeypatch, capsys, totals, ci=False)
    assert (code, lines[-1]) == (1, "7 passed, 1 failed, 0 skipped")
    assert "Failed: make check: types" in lines


def test_missing_programs_are_named_and_fail_only_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    totals = Totals(passed=7, skipped=1, not_run=["tests/e2e: no Chromium"])
    code, lines = run_main(monkeypatch, capsys, totals, ci=False)
    assert (code, lines[-1]) == (0, "7 passed, 0 failed, 1 skipped")
    assert "Not run: tests/e2e: no Chromium" in lines
    code, lines = run_main(monkeypatch, capsys, totals, ci=True)
    assert (code, lines[-1]) == (1, "7 passed, 2 failed, 0 skipped")


def test_the_applications_role_on_postgresql_is_no_superuser(postgres_cluster) -> None:
    connection = psycopg2.connect(postgres_cluster.url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
    connection.close()


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_append_only_rows_are_gone_in_the_next_test_but_cannot_be_deleted_in_one(time: str) -> None:
    assert not AuditEntry.objects.exists()
    user = get_user_model().objects.create(email="someone@example.vn")
    with transaction.atomic():
        log.record(AuditEvent.ACCOUNT_CREATED, user, by=user)
    with pytest.raises(IntegrityError, match="refused:"):
        AuditEntry.objects.all().delete()
