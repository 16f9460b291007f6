from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from factcheck.domain.cases import demand
from factcheck.domain.duplicates import merging
from factcheck.enums import CaseStatus, Urgency
from factcheck.models import Case
from tests.factories import Cast, case_at, case_of, submit_report

QUEUE = reverse("desk:queue")
TEXTS = (
    "Trường bắt mua đồng phục mới 640.000 đồng trước Tết",
    "Ô tô trắng dừng trước cổng trường rủ học sinh lên xe",
    "Đề kiểm tra cuối kỳ môn Ngữ văn lớp 9 đã bị lộ",
)


def shown(response):
    return [row.case for lane in response.context["lanes"] for row in lane.rows]


def test_queue_lanes_follow_urgency_then_due_time(sign_in, cast: Cast):
    cases = [case_of(submit_report(text, cast.school)) for text in TEXTS]
    now = timezone.now()
    for case, urgency, minutes in zip(cases, (3, 1, 1), (5, 50, -12), strict=True):
        due = now + timedelta(minutes=minutes)
        Case.objects.filter(pk=case.pk).update(urgency=urgency, due_at=due)
    response = sign_in(cast.checker).get(QUEUE)
    assert shown(response) == [cases[2], cases[1], cases[0]]
    lanes = response.context["lanes"]
    assert [lane.urgency for lane in lanes] == [Urgency.VERY_URGENT, Urgency.NORMAL]
    assert [row.due.state for row in lanes[0].rows] == ["over", "soon"]


def test_queue_counts_demand_of_merged_cases_at_the_canonical_case(sign_in, cast: Cast):
    into = case_at(CaseStatus.NEW, cast)
    submit_report(unit=cast.sibling, sender="10.9.0.0/24")
    merged = case_of(submit_report(TEXTS[0], cast.school, sender="10.8.0.0/24"))
    merging.merge(merged, into, by=cast.checker)
    (row,) = sign_in(cast.checker).get(QUEUE).context["lanes"][0].rows
    assert (row.demand.reports, row.demand.senders, row.demand.units) == (3, 3, 2)
    assert row.demand == demand.measure(into)


def test_queue_take_button_is_only_for_checkers(sign_in, cast: Cast):
    case = case_at(CaseStatus.NEW, cast)
    action = reverse("desk:take", args=[case.number])
    assert action in sign_in(cast.checker).get(QUEUE).content.decode()
    assert action not in sign_in(cast.own_reviewer).get(QUEUE).content.decode()


def test_empty_queue_says_so_and_links_onwards(sign_in, cast: Cast):
    page = sign_in(cast.checker).get(QUEUE, {"view": "mine"})
    assert page.context["lanes"] == []
    assert 'class="kt-empty"' in page.content.decode()
