"""A unit that takes reports, and a stand-in for the search of published notices."""

from typing import Any

import pytest
from django.test import Client

from accounts.domain import units
from accounts.models import Unit, UnitKind
from intake.domain.notice_suggestions import NoticeSuggestion

NOTICE = NoticeSuggestion(
    title="Học sinh đi học bình thường từ thứ Hai 23/11",
    url="/thong-bao/di-hoc-binh-thuong/",
    verdict="false",
    verdict_label="Sai",
    same=["số văn bản"],
    differs=["mốc ngày"],
)


def no_notices(text: str, url: str) -> list[NoticeSuggestion]:
    return []


def one_notice(text: str, url: str) -> list[NoticeSuggestion]:
    return [NOTICE]


@pytest.fixture(autouse=True)
def _no_notices(settings: Any) -> None:
    settings.INTAKE_SUGGESTIONS = "tests.intake.conftest.no_notices"


@pytest.fixture
def notice(settings: Any) -> NoticeSuggestion:
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
