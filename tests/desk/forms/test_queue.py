from django.urls import reverse

from factcheck.domain.cases import lifecycle
from factcheck.enums import CaseStatus
from factcheck.models import Case, Topic
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
