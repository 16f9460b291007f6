from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain import units
from accounts.domain.csv_import import ImportResult
from accounts.models import Unit
from audit.domain import chain
from audit.domain.log import history
from tests.accounts.conftest import Province
from tests.accounts.domain.csv_files import counts, problems, run


def test_import_creates_units_names_links_and_audit_rows(province: Province) -> None:
    result = run(
        "th-a,Trường A,primary,TH A,Tiểu học A;Cơ sở 2,xa-1,so,2026-09-01",
        "xa-1,Xã Một,commune,,,so,,2026-07-01",  # a parent that comes later in the file
    )
    assert result == ImportResult(rows=2, created=2, updated=0, links=3)
    school = Unit.objects.get(code="th-a")
    assert (school.name, school.short_name, school.kind.code) == ("Trường A", "TH A", "primary")
    assert school.valid_from == date(2026, 9, 1)
    assert {alias.name for alias in school.aliases.all()} == {
        "Trường A",
        "TH A",
        "Tiểu học A",
        "Cơ sở 2",
    }
    assert {(link.parent.code, link.kind) for link in school.parent_links.all()} == {
        ("xa-1", "administrative"),
        ("so", "professional"),
    }
    assert history(school).get().verb == "unit.created"
    assert chain.check_chain().broken is None
    assert units.find("co so 2") == school


def test_import_dry_run_reports_the_same_and_writes_nothing(province: Province) -> None:
    before = counts()
    lines = ("th-a,Trường A,primary,,,xa-may-ho,so,", "so,Sở Mới,province_department,,,,,")
    preview = run(*lines, dry_run=True)
    assert counts() == before
    assert Unit.objects.get(code="so").name == "Sở GD&ĐT Thanh Giang"
    assert preview == run(*lines) == ImportResult(rows=2, created=1, updated=1, links=2)


def test_import_again_changes_nothing(province: Province) -> None:
    lines = ("th-a,Trường A,primary,TH A,Cũ,xa-may-ho,so,2026-09-01",)
    run(*lines)
    before = counts()
    result = run(*lines)
    assert (result.created, result.updated, result.unchanged, result.links) == (0, 0, 1, 0)
    assert counts() == before


def test_import_of_a_whole_province_takes_bounded_queries_and_shows_progress(
    province: Province,
) -> None:
    communes = [f"xa-{n},Xã {n},commune,,,so,,2026-07-01" for n in range(60)]
    schools = [
        f"th-{n},Trường {n},primary,TH {n},Tiểu học {n};Cơ sở {n},xa-{n % 60},so,2026-09-01"
        for n in range(1200)
    ]
    seen: list[tuple[int, int]] = []
    lines = [*schools, *communes]  # every parent comes later
    with CaptureQueriesContext(
        connection,
    ) as captured:
        result = run(*lines, progress=lambda done, total: seen.append((done, total)))
    assert (result.errors, result.created, result.links) == ([], 1260, 2460)
    batches = 260 if connection.vendor == "sqlite" else 80  # SQLite takes 999 parameters at once
    assert len(captured) < batches
    assert seen[0] == (0, 3720)
    assert seen[-1] == (3720, 3720)
    assert seen == sorted(seen)
    assert len(seen) >= 5
    assert len(Unit.objects.subtree_ids([province.so.pk])) == 4 + 1260
    with CaptureQueriesContext(connection) as captured:
        again = run(*lines)
    assert (again.created, again.updated, again.links) == (0, 0, 0)
    assert len(captured) < 30


@pytest.mark.django_db(transaction=True)
def test_import_failing_in_the_middle_writes_nothing(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts()

    def stop(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("accounts.domain.csv_import.record_all", stop)
    with pytest.raises(RuntimeError):
        run("a,A,school,,Cũ,so,,")
    assert counts() == before


@pytest.mark.django_db(transaction=True)
def test_import_while_someone_adds_the_same_code_is_refused(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    from accounts.domain import csv_import, csv_plan

    plan_import = csv_plan.plan_import

    def slow(sheet: Any, *, by: Any) -> Any:
        plan = plan_import(sheet, by=by)
        units.create(code="a", name="Nhanh hơn", kind="school", by=None)
        return plan

    monkeypatch.setattr(csv_import.csv_plan, "plan_import", slow)
    result = run("a,A,school,,,so,,")
    assert "try again" in problems(result)[0][1]
    assert not Unit.objects.filter(name="A").exists()
