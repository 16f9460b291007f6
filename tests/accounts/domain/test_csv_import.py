import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain import units
from accounts.domain.csv_import import ImportResult, import_csv
from accounts.enums import LinkKind, Role
from accounts.models import Unit, UnitAlias, UnitLink, User
from audit.domain import chain
from audit.domain.log import history
from audit.models import AuditEntry
from tests.accounts.conftest import START, Province

HEADER = "code,name,kind,short_name,aliases,administrative_parent,professional_parent,valid_from"


def run(*lines: str, by: User | None = None, dry_run: bool = False, **kwargs: Any) -> ImportResult:
    data = "\n".join([HEADER, *lines]).encode()
    return import_csv(io.BytesIO(data), by=by, dry_run=dry_run, **kwargs)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Unit, UnitAlias, UnitLink, AuditEntry))


def problems(result: ImportResult) -> list[tuple[int, str]]:
    return [(error.line, error.message) for error in result.errors]


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
    assert chain.verify() is None
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


def test_import_existing_unit_is_renamed_and_its_former_name_kept(province: Province) -> None:
    result = run("th-nang-mai,Trường Tiểu học Bình Minh,multi_level,TH BM,,,,")
    assert (result.created, result.updated) == (0, 1)
    unit = Unit.objects.get(code="th-nang-mai")
    assert (unit.name, unit.kind.code) == ("Trường Tiểu học Bình Minh", "multi_level")
    assert units.find("truong tieu hoc nang mai") == unit
    assert unit.aliases.get(name="Trường Tiểu học Nắng Mai").valid_to is not None
    assert unit.aliases.get(name="Trường Tiểu học Bình Minh").valid_to is None
    assert set(units.parents(unit)) == {province.xa, province.so}  # empty cells change nothing
    last = history(unit).last()
    assert last is not None
    assert last.verb == "unit.imported"


def test_import_new_parent_ends_the_old_link_and_keeps_its_time(province: Province) -> None:
    result = run(
        "xa-moi,Xã Mới,commune,,,so,,2026-07-01",
        "th-nang-mai,Trường Tiểu học Nắng Mai,primary,,,xa-moi,,2026-07-01",
    )
    assert (result.created, result.updated, result.links) == (1, 1, 2)
    before, after = date(2026, 6, 30), date(2026, 7, 1)
    assert province.xa in units.parents(province.school, before)
    assert {unit.code for unit in units.parents(province.school, after)} == {"xa-moi", "so"}


def test_import_new_parent_on_the_first_day_replaces_the_link(province: Province) -> None:
    run(
        "xa-moi,Xã Mới,commune,,,so,,2026-01-01",
        f"th-nang-mai,Trường Tiểu học Nắng Mai,primary,,,xa-moi,,{START}",
    )
    links = UnitLink.objects.filter(child=province.school, kind=LinkKind.ADMINISTRATIVE)
    assert [link.parent.code for link in links] == ["xa-moi"]


@pytest.mark.parametrize(
    ("line", "number", "words"),
    [
        ("a,A,planet,,,,,", 3, "Unknown kind “planet”"),
        ("a,A,school,,,nowhere,,", 3, "No unit has the code “nowhere”"),
        ("a,A,school,,,,so,tomorrow", 3, "not a date"),
        ("th-nang-mai,Nắng Mai,primary,,,good,,2025-01-01", 3, "began on 2026-01-01"),
        ("so,Sở,province_department,,,,th-nang-mai,", 3, "above itself"),
    ],
)
def test_import_one_wrong_line_imports_nothing(
    province: Province, line: str, number: int, words: str
) -> None:
    before = counts()
    for dry_run in (True, False):
        result = run("good,Trường Tốt,school,,,so,,", line, dry_run=dry_run)
        assert [wrong for wrong, _text in problems(result)] == [number]
        assert words in problems(result)[0][1]
    assert counts() == before


def test_import_cycle_inside_the_file_is_refused(province: Province) -> None:
    result = run("a,A,school,,,b,,", "b,B,school,,,c,,", "c,C,school,,,a,,", "d,D,school,,,a,,")
    assert {line for line, _text in problems(result)} == {2, 3, 4}
    assert not Unit.objects.filter(code__in="abcd").exists()


def test_import_errors_come_in_line_order(province: Province) -> None:
    result = run("a,A,planet,,,,,", ",B,school,,,,,", "c,C,school,,,nowhere,,")
    assert [line for line, _text in problems(result)] == [2, 3, 4]


def test_import_by_unit_admin_stays_below_their_units(province: Province) -> None:
    admin = province.user(Role.UNIT_ADMIN, province.xa)
    other = units.create(
        code="xa-2", name="Xã Hai", kind="commune", parents={}, valid_from=START, by=None
    )
    result = run(
        "th-a,Trường A,primary,,,xa-may-ho,,",
        "so,Sở Khác,province_department,,,,,",
        "th-b,Trường B,primary,,,xa-2,,",
        "th-c,Trường C,primary,,,,,",
        "th-d,Trường D,primary,,,th-a,,",
        by=admin,
    )
    assert [line for line, _text in problems(result)] == [3, 4, 5]
    assert not Unit.objects.filter(code__startswith="th-a").exists()
    result = run("th-a,Trường A,primary,,,xa-may-ho,,", "th-nang-mai,Mai,primary,,,,,", by=admin)
    assert (result.errors, result.created, result.updated) == ([], 1, 1)
    assert other.pk not in units.subtree_ids([province.xa.pk])


def test_import_by_superuser_may_change_all(province: Province, superuser: User) -> None:
    assert run("moi,Bộ,ministry,,,,,", by=superuser).created == 1
    assert history(Unit.objects.get(code="moi")).get().actor == str(superuser.pk)


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
    assert len(units.subtree_ids([province.so.pk])) == 4 + 1260
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
