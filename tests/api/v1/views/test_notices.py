"""Published notices: what is public, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import notices
from factcheck.enums import CaseStatus, Rating, VerdictKind
from factcheck.models import Topic
from tests.api.conftest import Check
from tests.factories import (
    Cast,
    case_of,
    draft_for,
    published,
    submit_report,
    verdict_at,
)

pytestmark = pytest.mark.django_db
OTHER = "Trường thu thêm 180.000 đồng tiền nước uống mỗi tháng của từng học sinh"


def slugs(api: Client, **query: Any) -> list[str]:
    return [row["slug"] for row in api.get("/api/v1/notices", query).json()["results"]]


def test_list_shows_published_notices_only(api: Client, cast: Cast, conforms: Check) -> None:
    version = published(cast)
    hidden = verdict_at(CaseStatus.APPROVED, cast, text=OTHER, headline="Chưa ai được đọc")
    response = api.get("/api/v1/notices")
    body = conforms("get", "/api/v1/notices", response)
    assert [row["slug"] for row in body["results"]] == [version.notice.slug]
    assert body["results"][0]["current"]["headline"] == version.headline
    assert hidden.headline not in response.content.decode()


def test_nobody_is_named(api: Client, cast: Cast) -> None:
    version = published(cast)
    for path in ("/api/v1/notices", f"/api/v1/notices/{version.notice.slug}"):
        text = api.get(path).content.decode()
        for person in (cast.checker, cast.reviewer, cast.approver):
            assert person.handle not in text
            assert person.email not in text


def test_search_by_words_topic_verdict_unit(api: Client, cast: Cast) -> None:
    topic = Topic.objects.first()
    case = case_of(submit_report(unit=cast.school))
    lifecycle.triage(case, topic=topic, by=cast.checker)
    case.refresh_from_db()
    first = published(cast, case=case).notice.slug
    second = published(
        cast, text=OTHER, rating=Rating.TRUE, headline="Tiền nước là tự nguyện"
    ).notice.slug
    assert slugs(api, q="nuoc tu nguyen") == [second]
    assert slugs(api, topic=topic.slug) == [first]
    assert slugs(api, verdict="true") == [second]
    assert sorted(slugs(api, unit=cast.school.code)) == sorted([first, second])
    assert slugs(api, unit=cast.sibling.code) == slugs(api, topic="khong-co") == []


def test_updated_since_counts_new_versions(api: Client, cast: Cast) -> None:
    published(cast)
    now = timezone.now()
    assert slugs(api, updated_since=(now - timedelta(hours=1)).isoformat())
    assert not slugs(api, updated_since=(now + timedelta(hours=1)).isoformat())


@pytest.mark.parametrize("query", [{"verdict": "maybe"}, {"updated_since": "hôm qua"}])
def test_bad_filter_is_named(api: Client, conforms: Check, query: dict[str, str]) -> None:
    response = api.get("/api/v1/notices", query)
    body = conforms("get", "/api/v1/notices", response)
    assert response.status_code == 400
    assert body["errors"][0]["field"] == next(iter(query))


def test_detail_holds_versions_and_evidence(api: Client, cast: Cast, conforms: Check) -> None:
    version = published(cast)
    response = api.get(f"/api/v1/notices/{version.notice.slug}")
    body = conforms("get", "/api/v1/notices/{slug}", response)
    assert [row["number"] for row in body["versions"]] == [1]
    assert body["current"]["evidence"][0]["quote"]
    assert body["expired"] is False


def test_detail_under_correction_shows_what_is_public(api: Client, cast: Cast) -> None:
    version = published(cast)
    case = version.notice.case
    notices.revise(case, VerdictKind.CORRECTION, reason="Sai số văn bản.", by=cast.checker)
    draft_for(case, cast.checker, headline="Bản sửa chưa công bố", change_reason="Sai số.")
    response = api.get(f"/api/v1/notices/{version.notice.slug}")
    assert response.json()["current"]["headline"] == version.headline
    assert "Bản sửa chưa công bố" not in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_is_fixed(
    api: Client, cast: Cast, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        published(cast, text=f"{OTHER} ở khối lớp {number + 1}", headline=f"Khối {number}")
    with django_assert_num_queries(2):
        assert len(slugs(api)) == count
