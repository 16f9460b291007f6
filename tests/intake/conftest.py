"""A unit that takes reports, and a stand-in for the search of published notices."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.domain import units
from accounts.models import Unit, UnitKind
from publishing.domain.answer import Answer, CheckedClaim

NOTICE = CheckedClaim(
    claim="Toàn tỉnh nghỉ học đến hết tuần",
    url="/thong-bao/di-hoc-binh-thuong/",
    checked_on=date(2026, 11, 22),
    is_same=True,
    headline="Học sinh đi học bình thường từ thứ Hai 23/11",
    verdict="false",
    verdict_label="Sai",
    conflicts=("Bản của anh/chị ghi 05/12; bản đã kiểm là 28/11.",),
)


def no_notices(text: str, url: str) -> Answer:
    return Answer()


def one_notice(text: str, url: str) -> Answer:
    return Answer((NOTICE,))


@pytest.fixture(autouse=True)
def _no_notices(settings: Any) -> None:
    settings.INTAKE_SUGGESTIONS = "tests.intake.conftest.no_notices"


@pytest.fixture
def notice(settings: Any) -> CheckedClaim:
    """Every search finds this one notice."""
    settings.INTAKE_SUGGESTIONS = "tests.intake.conftest.one_notice"
    return NOTICE


@pytest.fixture
def unit(db: None) -> Unit:
    """The default unit, a province's education department."""
    kind, _ = UnitKind.objects.get_or_create(
        code="test-kind", defaults={"name_vi": "Loại thử", "name_en": "Test kind"}
    )
    return units.create(
        code="so-thanh-giang", name="Sở GD&ĐT Thanh Giang", kind=kind, is_default=True, by=None
    )


@pytest.fixture
def strict_client() -> Client:
    """A browser whose security token is checked, as in real life."""
    return Client(enforce_csrf_checks=True)
