import pytest
from django.urls import reverse
from django.utils.html import escape

from factcheck.domain.cases import handovers, lifecycle
from factcheck.enums import CaseStatus
from tests.factories import Cast, case_at, case_of, submit_report

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


def test_queue_shows_the_cases_of_a_view_with_its_count(sign_in, cast: Cast):
    case_of(submit_report(TEXTS[0], cast.school))
    own_case = lifecycle.take(case_of(submit_report(TEXTS[1], cast.school)), by=cast.checker)
    response = sign_in(cast.checker).get(QUEUE, {"view": "mine"})
    assert shown(response) == [own_case]
    assert response.context["counts"]["mine"] == 1
    assert response.context["counts"]["all"] == 2


def test_queue_search_lists_only_what_it_finds(sign_in, cast: Cast):
    cases = [case_of(submit_report(text, cast.school)) for text in TEXTS]
    response = sign_in(cast.checker).get(QUEUE, {"q": "dong phuc"})
    assert shown(response) == cases[:1]


@pytest.mark.parametrize("words", ["không có gì như vậy", "99999999999999999999", "%%", "'"])
def test_queue_search_without_result_keeps_the_words(sign_in, cast: Cast, words):
    case_at(CaseStatus.NEW, cast)
    response = sign_in(cast.checker).get(QUEUE, {"q": words})
    assert response.status_code == 200
    assert shown(response) == []


def test_queue_search_with_a_null_character_is_answered(sign_in, cast: Cast):
    assert sign_in(cast.checker).get(QUEUE, {"q": "a\x00b"}).status_code == 200


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


@pytest.mark.parametrize("many", [1, 3])
def test_queue_asks_the_same_number_of_queries(
    sign_in, cast: Cast, many, django_assert_num_queries
):
    for text in TEXTS[:many]:
        case = case_of(submit_report(text, cast.school))
        lifecycle.triage(case, concerns=[cast.sibling], by=cast.checker)
    client = sign_in(cast.checker)
    client.get(QUEUE)
    with django_assert_num_queries(31):
        client.get(QUEUE)


def test_the_spokesperson_reads_that_a_case_about_the_unit_has_moved(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    assert handovers.hand_over(case, cast.so)
    line = f"{case.code} nói về {cast.school} và đã chuyển sang {escape(cast.so)}"
    assert line in sign_in(cast.approver).get(QUEUE).content.decode()
    assert line not in sign_in(cast.checker).get(QUEUE).content.decode()
    page = sign_in(cast.overseer).get(case.get_absolute_url()).content.decode()
    assert f"Nay do {escape(cast.so)} xem" in page
