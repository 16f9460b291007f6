from datetime import date

import pytest

from accounts.domain import units
from accounts.enums import LinkKind, Role
from accounts.models import Unit, UnitLink, User
from audit.domain.log import history
from tests.accounts.conftest import START, Province
from tests.accounts.domain.csv_files import counts, problems, run


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
    assert other.pk not in Unit.objects.subtree_ids([province.xa.pk])


def test_import_by_superuser_may_change_all(province: Province, superuser: User) -> None:
    assert run("moi,Bộ,ministry,,,,,", by=superuser).created == 1
    assert history(Unit.objects.get(code="moi")).get().actor == str(superuser.pk)


def test_import_of_another_short_name_alone_keeps_the_name(province: Province) -> None:
    result = run("th-nang-mai,Trường Tiểu học Nắng Mai,primary,Nắng Mai,,,,")
    assert (result.created, result.updated) == (0, 1)
    unit = Unit.objects.get(code="th-nang-mai")
    assert (unit.name, unit.short_name) == ("Trường Tiểu học Nắng Mai", "Nắng Mai")
    assert unit.aliases.get(name=unit.name).valid_to is None
