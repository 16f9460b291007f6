from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from factcheck.domain.duplicates import second_person
from factcheck.domain.index import exclusions
from factcheck.enums import CaseStatus, Outcome, PairKind
from factcheck.models import Case, MatchingExclusion, PairDecision
from tests.factories import RUMOUR, Cast, case_at, case_of, published, submit_report

OTHER_DAYS = RUMOUR.replace("23/11", "19/11").replace("28/11", "20/11")
ELSE = "Trường bắt mua đồng phục mới 640.000 đồng trước Tết"


def page(client, case: Case, other: Case, **options):
    return client.get(
        reverse("desk:compare", args=[case.number, other.number]), follow=True, **options
    )


def press(client, case: Case, other: Case, decision: str, reason: str = ""):
    url = reverse("desk:compare_decide", args=[case.number, other.number])
    return client.post(url, {"decision": decision, "reason": reason}, follow=True)


@pytest.fixture
def pair(cast: Cast) -> tuple[Case, Case]:
    old = case_of(submit_report(RUMOUR, cast.school))
    return case_of(submit_report(OTHER_DAYS, cast.school)), old


@pytest.mark.parametrize("decision", ["different", "related"])
def test_decision_on_any_two_cases_is_kept_with_its_reason(sign_in, cast: Cast, pair, decision):
    other = case_of(submit_report(ELSE, cast.school))
    response = press(sign_in(cast.checker), other, pair[0], decision, "Không liên quan gì")
    assert response.redirect_chain[-1][0] == reverse(
        "desk:compare", args=[other.number, pair[0].number]
    )
    made = PairDecision.objects.get()
    assert (made.kind, made.reason, made.decided_by) == (
        *(PairKind(decision), "Không liên quan gì", cast.checker),
    )


@pytest.mark.parametrize("seen_from", [0, 1])
def test_merge_moves_the_younger_case_into_the_older(sign_in, cast: Cast, pair, seen_from):
    new, old = pair
    press(sign_in(cast.checker), pair[seen_from], pair[1 - seen_from], "merge", "Cùng văn bản")
    new.refresh_from_db()
    assert (new.status, new.merged_into) == (CaseStatus.MERGED, old)
    assert PairDecision.objects.get().reason == "Cùng văn bản"
    response = page(sign_in(cast.checker), *pair)
    assert response.context["is_one"]
    assert not response.context["may_pair"]


def test_merge_takes_the_only_possible_direction(sign_in, cast: Cast):
    version = published(cast)
    new = case_of(submit_report(OTHER_DAYS, cast.school))
    press(sign_in(cast.checker), version.notice.case, new, "merge")
    (decision,) = second_person.waiting(new)  # the answer is public: another person confirms
    client = sign_in(cast.colleague)
    assert new.code in client.get(reverse("desk:waiting_decisions")).content.decode()
    client.post(reverse("desk:waiting_decide", args=[decision.act.pk]), {"decision": "confirm"})
    new.refresh_from_db()
    assert new.merged_into == version.notice.case


def test_pick_leads_to_the_page_by_the_code(sign_in, cast: Cast, pair):
    client = sign_in(cast.checker)
    url = reverse("desk:compare_pick", args=[pair[0].number])
    response = client.get(url, {"voi": f" {pair[1].code.lower()} "})
    assert response["Location"] == reverse("desk:compare", args=[pair[0].number, pair[1].number])
    for wrong in ("", "abc", "99999", str(pair[0].number)):
        refused = client.get(url, {"voi": wrong}, follow=True)
        assert list(refused.context["messages"])
        assert refused.context["case"] == pair[0]


def test_page_with_a_case_one_may_not_see_does_not_exist(sign_in, cast: Cast, pair):
    hidden = case_of(submit_report(ELSE, cast.sibling))
    client = sign_in(cast.checker)
    assert page(client, pair[0], hidden).status_code == 404
    assert press(client, pair[0], hidden, "different").status_code == 404
    assert page(sign_in(cast.outsider), *pair).status_code == 404
    assert not PairDecision.objects.exists()


@pytest.mark.parametrize("decision", ["", "delete"])
def test_decision_out_of_shape_changes_nothing(sign_in, cast: Cast, pair, decision):
    press(sign_in(cast.checker), pair[0], pair[1], decision)
    assert not PairDecision.objects.exists()


def test_reader_of_a_shared_case_gets_no_buttons(sign_in, cast: Cast, pair):
    submit_report(RUMOUR, cast.sibling)
    submit_report(OTHER_DAYS, cast.sibling)
    response = page(sign_in(cast.outsider), *pair)
    assert response.status_code == 200
    assert "quyet-dinh" not in response.content.decode()
    press(sign_in(cast.outsider), pair[0], pair[1], "different")
    assert not PairDecision.objects.exists()


def test_case_is_excluded_from_matching_and_included_again_by_buttons(sign_in, cast: Cast, pair):
    client, case = sign_in(cast.checker), pair[0]
    url = reverse("desk:exclude", args=[case.number])
    client.post(url, {"reason": ""})
    assert not MatchingExclusion.objects.exists()
    response = client.post(url, {"reason": "Câu quá chung"}, follow=True)
    assert response.context["exclusion"].reason == "Câu quá chung"
    assert response.context["suggestions"] == []
    queue = client.get(reverse("desk:queue"), {"view": "excluded"})
    assert [row.case for lane in queue.context["lanes"] for row in lane.rows] == [case]
    client.post(reverse("desk:include_again", args=[case.number]))
    assert exclusions.current(case) is None


def test_private_answer_is_reaffirmed_by_a_button(sign_in, cast: Cast):
    case = case_at(CaseStatus.CLOSED, cast, outcome=Outcome.ANSWERED)
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        submit_report(RUMOUR, cast.school)
        client = sign_in(cast.checker)
        queue = client.get(reverse("desk:queue"), {"view": "resurfaced"})
        assert [row.case for lane in queue.context["lanes"] for row in lane.rows] == [case]
        client.post(reverse("desk:reaffirm", args=[case.number]))
    case.refresh_from_db()
    assert (case.resurfaced_at, case.reaffirmed_by) == (None, cast.checker)
