from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain import memberships
from accounts.enums import Role
from factcheck.domain.cases import demand, lifecycle
from factcheck.domain.duplicates import merging
from factcheck.enums import CaseStatus, Urgency
from factcheck.models import Case, Topic
from tests.factories import Cast, case_at, case_of, submit_report, verdict_at

QUEUE = reverse("desk:queue")
OTHERS = "Nhà ăn trường Đồi Sim dùng thịt ôi, theo một tin nhắn lan trong nhóm lớp"
TEXTS = (
    "Trường bắt mua đồng phục mới 640.000 đồng trước Tết",
    "Ô tô trắng dừng trước cổng trường rủ học sinh lên xe",
    "Đề kiểm tra cuối kỳ môn Ngữ văn lớp 9 đã bị lộ",
)


def shown(response):
    return [row.case for lane in response.context["lanes"] for row in lane.rows]


def test_queue_signed_out_leads_to_sign_in(client, db):
    response = client.get(QUEUE)
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_queue_is_never_stored_by_the_browser(sign_in, cast: Cast):
    assert "no-store" in sign_in(cast.checker).get(QUEUE)["Cache-Control"]


def test_queue_shows_own_unit_and_not_the_sibling_school(sign_in, cast: Cast):
    own_case = case_at(CaseStatus.NEW, cast)
    case_of(submit_report(OTHERS, cast.sibling))
    response = sign_in(cast.checker).get(QUEUE)
    assert shown(response) == [own_case]
    assert "thịt ôi" not in response.content.decode()


@pytest.mark.parametrize("name", ["admin", "own_reviewer"])
def test_queue_shows_a_case_only_to_roles_that_work_on_it(sign_in, cast: Cast, name):
    case = case_at(CaseStatus.NEW, cast)
    response = sign_in(getattr(cast, name)).get(QUEUE)
    assert shown(response) == ([] if name == "admin" else [case])


def test_queue_of_the_unit_above_shows_both_schools(sign_in, cast: Cast):
    case_at(CaseStatus.NEW, cast)
    submit_report(OTHERS, cast.sibling)
    assert len(shown(sign_in(cast.overseer).get(QUEUE))) == 2


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


def test_queue_views_count_and_show_the_same_cases(sign_in, cast: Cast):
    new = case_of(submit_report(TEXTS[0], cast.school))
    own_case = lifecycle.take(case_of(submit_report(TEXTS[1], cast.school)), by=cast.checker)
    waiting = case_at(CaseStatus.WAITING, cast, text=TEXTS[2])
    Case.objects.filter(pk=new.pk).update(due_at=timezone.now() - timedelta(hours=1))
    Case.objects.filter(pk=own_case.pk).update(resurfaced_at=timezone.now())
    expected = {
        "all": {new, own_case, waiting},
        "mine": {own_case, waiting},
        "unassigned": {new},
        "waiting": {waiting},
        "overdue": {new},
        "resurfaced": {own_case},
        "review": set(),
        "publish": set(),
    }
    client = sign_in(cast.checker)
    for name, cases in expected.items():
        response = client.get(QUEUE, {"view": name})
        assert set(shown(response)) == cases, name
        assert response.context["counts"][name] == len(cases)


def test_queue_review_view_is_for_second_persons_only(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    memberships.grant(cast.checker, cast.xa, Role.REVIEWER, by=None)
    for user, count in (
        (cast.reviewer, 1),
        (cast.pooled, 1),
        (cast.checker, 0),
        (cast.outsider, 0),
    ):
        response = sign_in(user).get(QUEUE, {"view": "review"})
        assert len(shown(response)) == count, user
    assert verdict.case.status == CaseStatus.IN_REVIEW


def test_queue_publish_view_is_for_approvers(sign_in, cast: Cast):
    verdict_at(CaseStatus.APPROVED, cast)
    assert len(shown(sign_in(cast.approver).get(QUEUE, {"view": "publish"}))) == 1
    assert shown(sign_in(cast.checker).get(QUEUE, {"view": "publish"})) == []


@pytest.mark.parametrize(
    "words",
    ["đồng phục", "dong phuc", "HS-{n:04d}", "hs{n}", "{n}", "640.000"],
)
def test_queue_search_finds_by_words_without_marks_and_by_number(sign_in, cast: Cast, words):
    cases = [case_of(submit_report(text, cast.school)) for text in TEXTS]
    response = sign_in(cast.checker).get(QUEUE, {"q": words.format(n=cases[0].number)})
    assert cases[0] in shown(response)
    assert cases[1] not in shown(response)


@pytest.mark.parametrize("words", ["không có gì như vậy", "99999999999999999999", "%%", "'"])
def test_queue_search_without_result_keeps_the_words(sign_in, cast: Cast, words):
    case_at(CaseStatus.NEW, cast)
    response = sign_in(cast.checker).get(QUEUE, {"q": words})
    assert response.status_code == 200
    assert shown(response) == []


def test_queue_search_with_a_null_character_is_answered(sign_in, cast: Cast):
    assert sign_in(cast.checker).get(QUEUE, {"q": "a\x00b"}).status_code == 200


def test_queue_search_never_reaches_into_another_unit(sign_in, cast: Cast):
    hidden = case_of(submit_report(OTHERS, cast.sibling))
    client = sign_in(cast.checker)
    for words in ("thịt ôi", hidden.code):
        assert shown(client.get(QUEUE, {"q": words})) == []


def test_queue_filters_by_topic_unit_and_waiting(sign_in, cast: Cast):
    cases = [case_of(submit_report(text, cast.school)) for text in TEXTS[:2]]
    other = case_of(submit_report(OTHERS, cast.sibling))
    topic = Topic.objects.all()[0]
    lifecycle.triage(cases[0], topic=topic, by=cast.checker)
    lifecycle.take(cases[1], by=cast.checker)
    lifecycle.wait(Case.objects.get(pk=cases[1].pk), "UBND phường", by=cast.checker)
    client = sign_in(cast.overseer)
    assert shown(client.get(QUEUE, {"topic": topic.slug})) == [cases[0]]
    assert shown(client.get(QUEUE, {"unit": cast.sibling.code})) == [other]
    assert cases[1] not in shown(client.get(QUEUE, {"hide_waiting": "on"}))


def test_queue_ignores_filters_with_unknown_values(sign_in, cast: Cast):
    case = case_at(CaseStatus.NEW, cast)
    client = sign_in(cast.overseer)
    for values in ({"topic": "no-such-topic"}, {"unit": "no-such-unit"}, {"q": "  "}):
        assert shown(client.get(QUEUE, values)) == [case]


def test_queue_offers_only_units_the_user_sees(sign_in, cast: Cast):
    case_at(CaseStatus.NEW, cast)
    submit_report(OTHERS, cast.sibling)
    page = sign_in(cast.checker).get(QUEUE).content.decode()
    assert cast.school.code in page
    assert cast.sibling.code not in page


def test_queue_pages_and_keeps_the_view(sign_in, cast: Cast, monkeypatch):
    monkeypatch.setattr("desk.views.queue.PER_PAGE", 2)
    for text in TEXTS:
        submit_report(text, cast.school)
    client = sign_in(cast.checker)
    first = client.get(QUEUE, {"view": "unassigned"})
    assert len(shown(first)) == 2
    assert "view=unassigned&amp;page=2" in first.content.decode()
    assert len(shown(client.get(QUEUE, {"view": "unassigned", "page": "2"}))) == 1
    assert client.get(QUEUE, {"page": "x"}).status_code == 200


def test_queue_take_button_is_only_for_checkers(sign_in, cast: Cast):
    case = case_at(CaseStatus.NEW, cast)
    action = reverse("desk:take", args=[case.number])
    assert action in sign_in(cast.checker).get(QUEUE).content.decode()
    assert action not in sign_in(cast.own_reviewer).get(QUEUE).content.decode()


def test_queue_empty_says_so_with_a_way_on(sign_in, cast: Cast):
    page = sign_in(cast.checker).get(QUEUE, {"view": "mine"})
    assert page.context["lanes"] == []
    assert 'class="kt-empty"' in page.content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_queue_asks_the_same_number_of_queries(
    sign_in, cast: Cast, many, django_assert_num_queries
):
    for text in TEXTS[:many]:
        case = case_of(submit_report(text, cast.school))
        case.concerns.set([cast.sibling])
    client = sign_in(cast.checker)
    client.get(QUEUE)
    with django_assert_num_queries(19):
        client.get(QUEUE)
