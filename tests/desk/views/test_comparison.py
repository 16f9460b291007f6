from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from factcheck.domain.duplicates import matches, merging, suggested_pairs
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


def test_page_marks_the_words_and_the_details_that_differ(sign_in, cast: Cast, pair):
    response = page(sign_in(cast.checker), *pair)
    left, right = response.context["sides"]
    assert [side.case for side in (left, right)] == list(pair)
    assert "19/11/2031" in "".join(piece.text for piece in left.pieces if piece.differs)
    assert "23/11/2031" in "".join(piece.text for piece in right.pieces if piece.differs)
    differing = [row for row in response.context["rows"] if row.differs]
    assert len(differing) == 1
    assert any(not row.differs for row in response.context["rows"])
    assert all(0 <= row.percent < 100 for row in response.context["measures"])  # no two alike
    assert response.context["compared"].why
    assert "style=" not in response.content.decode().split("<main")[1]


def test_page_tells_what_the_machine_and_people_decided(sign_in, cast: Cast, pair):
    (suggested,) = suggested_pairs.suggested_for(pair[0])
    matches.reject(suggested.match, reason="Khác ngày", by=cast.checker)
    response = page(sign_in(cast.colleague), *pair)
    events = [entry.event for entry in response.context["history"]]
    assert events[0].by is None
    assert events[0].score == suggested.match.score
    assert {event.by for event in events[1:]} == {cast.checker}
    assert "Khác ngày" in response.content.decode()
    assert response.context["blockers"]


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
def test_the_same_merges_the_younger_case_into_the_older(sign_in, cast: Cast, pair, seen_from):
    new, old = pair
    press(sign_in(cast.checker), pair[seen_from], pair[1 - seen_from], "merge", "Cùng văn bản")
    new.refresh_from_db()
    assert (new.status, new.merged_into) == (CaseStatus.MERGED, old)
    assert PairDecision.objects.get().reason == "Cùng văn bản"
    response = page(sign_in(cast.checker), *pair)
    assert response.context["is_one"]
    assert not response.context["may_pair"]


def test_the_same_goes_the_only_way_it_can(sign_in, cast: Cast):
    version = published(cast)
    new = case_of(submit_report(OTHER_DAYS, cast.school))
    press(sign_in(cast.checker), version.notice.case, new, "merge")
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


def test_page_of_a_public_case_elsewhere_shows_what_its_notice_quotes(sign_in, cast: Cast):
    version = published(cast)
    submit_report(RUMOUR, cast.school, question="")
    own_case = case_of(submit_report(OTHER_DAYS, cast.sibling))
    response = page(sign_in(cast.outsider), own_case, version.notice.case)
    other_side = response.context["sides"][1]
    assert other_side.text.text == version.claim
    assert not other_side.is_visible


def test_page_shows_no_wording_of_a_report_of_another_unit(sign_in, cast: Cast):
    secret = RUMOUR + " cô Lan lớp 5A nói vậy"
    shared = case_of(submit_report(RUMOUR, cast.school))
    merging.merge(case_of(submit_report(secret, cast.sibling)), shared, by=cast.overseer)
    other = case_of(submit_report(OTHER_DAYS + " cô Lan nói vậy", cast.school))
    body = page(sign_in(cast.checker), other, shared).content.decode()
    assert "lớp 5A" not in body
    assert "lớp 5A" in page(sign_in(cast.overseer), other, shared).content.decode()


def test_page_without_words_says_so(sign_in, cast: Cast, pair):
    Case.objects.filter(pk=pair[1].pk).update(claim="")
    pair[1].wordings.update(text="", canonical_url="")
    response = page(sign_in(cast.checker), *pair)
    assert response.status_code == 200
    assert "sides" not in response.context


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


def test_case_is_left_out_of_matching_and_let_in_again_by_buttons(sign_in, cast: Cast, pair):
    client, case = sign_in(cast.checker), pair[0]
    url = reverse("desk:exclude", args=[case.number])
    client.post(url, {"reason": ""})
    assert not MatchingExclusion.objects.exists()
    response = client.post(url, {"reason": "Câu quá chung"}, follow=True)
    assert response.context["exclusion"].reason == "Câu quá chung"
    assert response.context["suggestions"] == []
    queue = client.get(reverse("desk:queue"), {"view": "excluded"})
    assert [row.case for lane in queue.context["lanes"] for row in lane.rows] == [case]
    client.post(reverse("desk:readmit", args=[case.number]))
    assert exclusions.current(case) is None


def test_answer_to_the_askers_is_kept_by_a_button(sign_in, cast: Cast):
    case = case_at(CaseStatus.CLOSED, cast, outcome=Outcome.ANSWERED)
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        submit_report(RUMOUR, cast.school)
        client = sign_in(cast.checker)
        queue = client.get(reverse("desk:queue"), {"view": "resurfaced"})
        assert [row.case for lane in queue.context["lanes"] for row in lane.rows] == [case]
        client.post(reverse("desk:keep", args=[case.number]))
    case.refresh_from_db()
    assert (case.resurfaced_at, case.reaffirmed_by) == (None, cast.checker)
