"""The queue and a case for staff tokens; every denial has something that could leak."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from factcheck.domain.cases import lifecycle
from factcheck.enums import CaseStatus
from factcheck.models import Case
from tests.api.conftest import Check, bearer, is_problem
from tests.factories import RUMOUR, Cast, case_at, case_of, submit_report, verdict_at

pytestmark = pytest.mark.django_db
QUEUE_QUERIES = 8
CASE_QUERIES = 20
SECRET = "Nhà bà Bảy ở hẻm sau trường bảo mai bán chợ không họp vì lũ"


def numbers(api: Client, headers: dict[str, str], **query: Any) -> list[int]:
    body = api.get("/api/v1/queue", query, headers=headers).json()
    return [row["number"] for row in body["results"]]


def test_queue_lists_open_cases_most_urgent_first(api: Client, cast: Cast, conforms: Check) -> None:
    calm = case_at(CaseStatus.NEW, cast, text="Trường đổi màu đồng phục từ năm sau phải không")
    urgent = case_at(CaseStatus.NEW, cast, text="Bắt cóc trẻ em trước cổng trường mầm non Hoa Gạo")
    lifecycle.triage(urgent, urgency=1, by=cast.checker)
    case_at(CaseStatus.CLOSED, cast, text="Học thế này thì còn gì là tuổi thơ")
    response = api.get("/api/v1/queue", headers=bearer(cast.checker))
    body = conforms("get", "/api/v1/queue", response)
    assert [row["number"] for row in body["results"]] == [urgent.number, calm.number]
    assert body["results"][0]["reports"] == 1
    assert response["Cache-Control"] == "no-store"


def test_queue_filters(api: Client, cast: Cast) -> None:
    new = case_at(CaseStatus.NEW, cast, text="Trường đổi màu đồng phục từ năm sau phải không")
    own = case_at(CaseStatus.CHECKING, cast)
    headers = bearer(cast.checker)
    assert numbers(api, headers, status="new") == [new.number]
    assert numbers(api, headers, assignee="me") == [own.number]
    assert numbers(api, headers, assignee="none") == [new.number]
    assert numbers(api, headers, urgency=str(new.urgency), status="checking") == [
        number for number in [own.number] if own.urgency == new.urgency
    ]
    closed = case_at(CaseStatus.CLOSED, cast, text="Học thế này thì còn gì là tuổi thơ")
    assert numbers(api, headers, status="closed") == [closed.number]


def test_queue_refuses_unknown_filter_value(api: Client, cast: Cast, conforms: Check) -> None:
    response = api.get("/api/v1/queue", {"assignee": "you"}, headers=bearer(cast.checker))
    conforms("get", "/api/v1/queue", response)
    is_problem(response, 400, "invalid")


def test_queue_pages_list_every_case_once(api: Client, cast: Cast) -> None:
    for number in range(5):
        case_at(
            CaseStatus.NEW,
            cast,
            text=f"Trường thu {number + 1}00.000 đồng tiền gửi xe lớp {number}",
        )
    due = Case.objects.first().due_at
    Case.objects.update(due_at=due)  # ties must not lose or repeat a row
    headers, listed, url = bearer(cast.checker), [], "/api/v1/queue?page_size=2"
    while url:
        body = api.get(url, headers=headers).json()
        listed += [row["number"] for row in body["results"]]
        url = body["next"]
    assert sorted(listed) == sorted(Case.objects.values_list("number", flat=True))


def test_overdue_case_is_marked(api: Client, cast: Cast) -> None:
    case_at(CaseStatus.NEW, cast)
    Case.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    row = api.get("/api/v1/queue", headers=bearer(cast.checker)).json()["results"][0]
    assert row["overdue"] is True


def test_queue_of_a_sibling_school_shows_nothing(api: Client, cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast, text=SECRET)
    response = api.get("/api/v1/queue", headers=bearer(cast.outsider))
    assert response.json()["results"] == []
    assert numbers(api, bearer(cast.overseer)) == [case.number]  # the department above sees it


def test_case_lists_reports_matches_evidence_and_verdicts(
    api: Client, cast: Cast, conforms: Check
) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    other = submit_report(RUMOUR.replace("23/11", "30/11"), cast.school)  # suggested, not linked
    path = f"/api/v1/cases/{verdict.case.number}"
    body = conforms("get", "/api/v1/cases/{number}", api.get(path, headers=bearer(cast.checker)))
    assert body["claim"] == verdict.case.claim
    assert [row["state"] for row in body["verdicts"]] == ["in_review"]
    assert body["evidence"][0]["archive_sha256"]
    assert [row["text"] for row in body["report_list"]] == [RUMOUR]
    suggested = [row for row in body["matches"] if row["state"] == "suggested"]
    assert [row["report"] for row in suggested] == [str(other.public_id)]
    assert suggested[0]["explanation"]["differs"]


def test_case_reveals_nothing_about_its_senders(api: Client, cast: Cast) -> None:
    report = submit_report(
        unit=cast.school, contact_email="ai-do@example.vn", sender="203.0.1.0/24"
    )
    path = f"/api/v1/cases/{case_of(report).number}"
    text = api.get(path, headers=bearer(cast.checker)).content.decode()
    for secret in (report.receipt_hash, report.sender_hash, report.form_key, "ai-do@example.vn"):
        assert secret not in text


def test_case_of_a_sibling_school_is_not_found(api: Client, cast: Cast, conforms: Check) -> None:
    verdict = verdict_at(CaseStatus.CHECKING, cast, text=SECRET)
    response = api.get(f"/api/v1/cases/{verdict.case.number}", headers=bearer(cast.outsider))
    conforms("get", "/api/v1/cases/{number}", response)
    is_problem(response, 404, "not-found")
    missing = api.get("/api/v1/cases/9999", headers=bearer(cast.outsider)).json()
    assert {**response.json(), "request_id": ""} == {**missing, "request_id": ""}


def test_shared_case_hides_the_other_units_reports(api: Client, cast: Cast) -> None:
    report = submit_report(SECRET, cast.school, question="Câu hỏi riêng của trường Nắng Mai")
    submit_report(SECRET, cast.sibling)
    path = f"/api/v1/cases/{case_of(report).number}"
    response = api.get(path, headers=bearer(cast.outsider))
    body = response.json()
    assert [row["unit"] for row in body["report_list"]] == [cast.sibling.code]
    assert str(report.public_id) not in response.content.decode()
    assert "Câu hỏi riêng" not in response.content.decode()
    both = api.get(path, headers=bearer(cast.overseer)).json()["report_list"]
    assert {row["unit"] for row in both} == {cast.school.code, cast.sibling.code}


def test_reviewer_of_the_pool_sees_a_case_in_review_only(api: Client, cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.CHECKING, cast)
    path, headers = f"/api/v1/cases/{verdict.case.number}", bearer(cast.pooled)
    assert api.get(path, headers=headers).status_code == 404
    verdict_at(CaseStatus.IN_REVIEW, cast, case=Case.objects.get(pk=verdict.case_id))
    response = api.get(path, headers=headers)
    assert response.status_code == 200
    assert response.json()["report_list"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_queue_query_count_is_fixed(
    api: Client, cast: Cast, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        case_at(CaseStatus.NEW, cast, text=f"Trường thu {number + 1}00.000 đồng tiền gửi xe")
    headers = bearer(cast.checker)
    api.get("/api/v1/queue", headers=headers)  # notes the day of use, once
    with django_assert_num_queries(QUEUE_QUERIES):
        assert len(numbers(api, headers)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_case_query_count_is_fixed(
    api: Client, cast: Cast, django_assert_num_queries: Any, count: int
) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    for _number in range(count):
        submit_report(unit=cast.school)
    path, headers = f"/api/v1/cases/{verdict.case.number}", bearer(cast.checker)
    api.get(path, headers=headers)
    with django_assert_num_queries(CASE_QUERIES):
        assert len(api.get(path, headers=headers).json()["report_list"]) == count + 1
