from datetime import date

import pytest

from accounts.domain import links, units
from accounts.enums import LinkKind, Role
from accounts.exceptions import AccountsError, NotAllowed
from accounts.models import Unit, UnitLink, User
from audit.domain.log import history
from tests.accounts.conftest import START, Province


def test_lower_school_has_two_parents(province: Province) -> None:
    assert set(units.parents(province.school)) == {province.xa, province.so}


def test_last_years_link_stays_valid_for_last_year(province: Province) -> None:
    new_xa = units.create(code="xa-moi", name="Xã Mới", kind="commune", valid_from=START, by=None)
    links.link(
        new_xa, province.school, LinkKind.ADMINISTRATIVE, valid_from=date(2026, 7, 1), by=None
    )
    before, after = date(2026, 6, 30), date(2026, 7, 1)
    assert set(units.parents(province.school, before)) == {province.xa, province.so}
    assert set(units.parents(province.school, after)) == {new_xa, province.so}
    assert province.school.pk in Unit.objects.subtree_ids([province.xa.pk], before)
    assert province.school.pk not in Unit.objects.subtree_ids([province.xa.pk], after)
    assert province.school.pk not in Unit.objects.subtree_ids([new_xa.pk], before)
    assert province.school.pk in Unit.objects.subtree_ids([new_xa.pk], after)
    old = UnitLink.objects.get(
        parent=province.xa, child=province.school, kind=LinkKind.ADMINISTRATIVE
    )
    assert (old.valid_from, old.valid_to) == (START, after)


def test_first_unit_is_the_default_and_make_default_moves_it(province: Province) -> None:
    assert units.default_unit() == province.so
    units.make_default(province.xa, by=None)
    assert units.default_unit() == province.xa
    assert Unit.objects.filter(is_default=True).count() == 1


@pytest.mark.django_db
def test_default_unit_without_any_names_the_remedy() -> None:
    with pytest.raises(AccountsError, match="create_admin"):
        units.default_unit()


@pytest.mark.parametrize(
    "text",
    [
        "th-nang-mai",
        "TH-Nang-Mai ",
        "Trường Tiểu học Nắng Mai",
        "truong tieu hoc nang mai",
        "TRƯỜNG  TIỂU HỌC NẮNG MAI",
        "TH Nắng Mai",
    ],
)
def test_find_by_code_name_or_alias(province: Province, text: str) -> None:
    units.add_alias(province.school, "TH Nắng Mai", by=None)
    assert units.find(text) == province.school


@pytest.mark.parametrize("text", ["", "  ", "không có", "🙂"])
def test_find_unknown_is_none(province: Province, text: str) -> None:
    assert units.find(text) is None


def test_find_ambiguous_or_closed_is_none(province: Province) -> None:
    units.add_alias(province.school, "Nắng", by=None)
    units.add_alias(province.sibling, "nang", by=None)
    assert units.find("nắng") is None
    Unit.objects.filter(pk=province.sibling.pk).update(valid_to=date(2026, 2, 1))
    assert units.find("nắng") == province.school


def test_rename_keeps_the_former_name(province: Province) -> None:
    units.rename(province.school, "Trường Tiểu học Bình Minh", by=None)
    assert units.find("tieu hoc nang mai") is None
    assert units.find("truong tieu hoc nang mai") == province.school
    assert units.find("Trường Tiểu học Bình Minh") == province.school
    former = province.school.aliases.get(name="Trường Tiểu học Nắng Mai")
    assert former.valid_to is not None
    units.rename(province.school, "Trường Tiểu học Nắng Mai", by=None)
    assert province.school.aliases.get(name="Trường Tiểu học Nắng Mai").valid_to is None


def test_rename_to_nothing_or_the_same_changes_nothing(province: Province) -> None:
    before = history(province.school).count()
    units.rename(province.school, province.school.name, by=None)
    with pytest.raises(AccountsError):
        units.rename(province.school, "  ", by=None)
    with pytest.raises(AccountsError):
        units.add_alias(province.school, "", by=None)
    assert history(province.school).count() == before
    assert Unit.objects.get(pk=province.school.pk).name == "Trường Tiểu học Nắng Mai"


def test_search_finds_without_accents_and_by_former_name(province: Province) -> None:
    everything = Unit.objects.all()
    assert list(units.search("nang mai", everything)) == [province.school]
    assert list(units.search("Sim", everything)) == [province.sibling]
    assert list(units.search("xa-may", everything)) == [province.xa]
    assert units.search("  ", everything).count() == 4


def test_create_by_unit_admin_needs_a_parent_of_theirs(province: Province, superuser: User) -> None:
    admin = province.user(Role.UNIT_ADMIN, province.xa)
    values = {"name": "Trường Mới", "kind": "primary"}
    with pytest.raises(NotAllowed):
        units.create(code="a", by=admin, **values)
    with pytest.raises(NotAllowed):
        units.create(code="a", parents={LinkKind.PROFESSIONAL: province.so}, by=admin, **values)
    unit = units.create(
        code="a", parents={LinkKind.ADMINISTRATIVE: province.xa}, by=admin, **values
    )
    assert list(units.parents(unit)) == [province.xa]
    assert history(unit).get().data["parents"] == {"administrative": province.xa.pk}
    assert units.create(code="b", by=superuser, **values).pk


@pytest.mark.parametrize("role", [Role.CHECKER, Role.REVIEWER, Role.APPROVER, Role.REPORTER])
def test_changes_by_anyone_but_an_administrator_are_refused(province: Province, role: Role) -> None:
    user = province.user(role, province.so)
    link = UnitLink.objects.filter(child=province.school).first()
    assert link is not None
    for action in (
        lambda: units.rename(province.school, "Khác", by=user),
        lambda: units.add_alias(province.school, "Khác", by=user),
        lambda: links.link(province.so, province.school, LinkKind.ADMINISTRATIVE, by=user),
        lambda: links.end_link(link, date(2027, 1, 1), by=user),
        lambda: units.make_default(province.school, by=user),
    ):
        with pytest.raises(NotAllowed):
            action()
    assert Unit.objects.get(pk=province.school.pk).name == "Trường Tiểu học Nắng Mai"
    assert UnitLink.objects.filter(child=province.school, valid_to__isnull=False).count() == 0


def test_add_alias_twice_is_recorded_once(province: Province) -> None:
    first = units.add_alias(province.school, "TH Nắng Mai", by=None)
    assert units.add_alias(province.school, " TH Nắng Mai ", by=None) == first
    verbs = [entry.verb for entry in history(province.school)]
    assert verbs.count("unit.alias_added") == 1
