from datetime import date

import pytest

from accounts.domain import links, units
from accounts.enums import LinkKind
from accounts.exceptions import AccountsError
from accounts.models import UnitLink
from audit.domain.log import history
from tests.accounts.conftest import START, Province


def test_link_that_makes_a_cycle_is_refused(province: Province) -> None:
    with pytest.raises(AccountsError, match="cycle"):
        links.link(province.school, province.so, LinkKind.PROFESSIONAL, by=None)
    with pytest.raises(AccountsError, match="cycle"):
        links.link(province.so, province.so, LinkKind.PROFESSIONAL, by=None)


def test_link_on_the_same_day_replaces_the_link(province: Province) -> None:
    other = units.create(code="xa-2", name="Xã Hai", kind="commune", valid_from=START, by=None)
    links.link(other, province.school, LinkKind.ADMINISTRATIVE, valid_from=START, by=None)
    current = UnitLink.objects.filter(child=province.school, kind=LinkKind.ADMINISTRATIVE)
    assert [link.parent for link in current] == [other]


def test_link_before_a_later_link_is_refused(province: Province) -> None:
    other = units.create(code="xa-2", name="Xã Hai", kind="commune", by=None)
    with pytest.raises(AccountsError, match="later link"):
        links.link(
            other, province.school, LinkKind.ADMINISTRATIVE, valid_from=date(2025, 1, 1), by=None
        )
    assert province.xa in units.parents(province.school)


def test_link_that_ends_before_it_begins_is_refused(province: Province) -> None:
    other = units.create(code="xa-2", name="Xã Hai", kind="commune", by=None)
    day = date(2026, 8, 1)
    with pytest.raises(AccountsError, match="later than"):
        links.link(
            other,
            province.school,
            LinkKind.ADMINISTRATIVE,
            valid_from=day,
            valid_to=day,
            by=None,
        )


def test_end_link_keeps_the_time_before(province: Province) -> None:
    link = UnitLink.objects.get(child=province.school, kind=LinkKind.ADMINISTRATIVE)
    with pytest.raises(AccountsError):
        links.end_link(link, START, by=None)
    links.end_link(link, date(2026, 9, 1), by=None)
    assert province.xa in units.parents(province.school, date(2026, 8, 31))
    assert province.xa not in units.parents(province.school, date(2026, 9, 1))
    assert history(province.school).last().data["valid_to"] == "2026-09-01"  # type: ignore[union-attr]
