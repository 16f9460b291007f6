import pytest
from django.urls import reverse

from factcheck.domain.cases import demand
from factcheck.domain.duplicates import suggested_pairs
from factcheck.enums import CaseStatus, PairKind
from factcheck.models import Case, PairDecision
from tests.factories import RUMOUR, Cast, case_at, case_of, submit_report

OTHER_DAYS = RUMOUR.replace("23/11", "19/11").replace("28/11", "20/11")
ELSE = "Trường bắt mua đồng phục mới 640.000 đồng trước Tết"


def press(client, name: str, case: Case, *args, **data):
    url = reverse(f"desk:{name}", args=[case.number, *args])
    return client.post(url, data, follow=True)


@pytest.fixture
def pair(cast: Cast) -> tuple[Case, Case]:
    old = case_of(submit_report(RUMOUR, cast.school))
    return case_of(submit_report(OTHER_DAYS, cast.school)), old


def suggestion(case: Case, cast: Cast) -> int:
    (suggested,) = suggested_pairs.suggestions_for(case, cast.checker)
    return suggested.match.pk


@pytest.mark.parametrize("seen_from", [0, 1])
def test_merge_suggestion_moves_the_report_to_the_older_case(sign_in, cast: Cast, pair, seen_from):
    new, old = pair
    case = pair[seen_from]
    response = press(
        sign_in(cast.checker), "suggestion", case, suggestion(case, cast), decision="merge"
    )
    new.refresh_from_db()
    assert (new.status, new.merged_into) == (CaseStatus.MERGED, old)
    assert response.redirect_chain[-1][0] == reverse("desk:case", args=[old.number])
    press(sign_in(cast.checker), "unmerge", new)
    new.refresh_from_db()
    assert (new.status, new.merged_into) == (CaseStatus.NEW, None)


@pytest.mark.parametrize("decision", ["different", "related"])
def test_pair_decision_is_kept_and_not_suggested_again(sign_in, cast: Cast, pair, decision):
    new, old = pair
    press(sign_in(cast.checker), "suggestion", new, suggestion(new, cast), decision=decision)
    assert PairDecision.objects.get().kind == PairKind(decision)
    assert suggested_pairs.suggestions_for(new, cast.checker) == []
    page = sign_in(cast.checker).get(reverse("desk:case", args=[new.number]))
    assert page.context["related"] == ([old] if decision == "related" else [])


def test_suggestion_decided_by_a_colleague_changes_nothing_more(sign_in, cast: Cast, pair):
    new, _old = pair
    number = suggestion(new, cast)
    client = sign_in(cast.checker)
    press(client, "suggestion", new, number, decision="different")
    response = press(client, "suggestion", new, number, decision="merge")
    assert list(response.context["messages"])
    new.refresh_from_db()
    assert new.status == CaseStatus.NEW


def test_suggestion_with_an_unknown_decision_changes_nothing(sign_in, cast: Cast, pair):
    new, _old = pair
    client = sign_in(cast.checker)
    response = press(client, "suggestion", new, suggestion(new, cast), decision="maybe")
    assert list(response.context["messages"])
    assert not PairDecision.objects.exists()
    assert suggested_pairs.suggestions_for(new, cast.checker)


def test_suggestion_of_a_hidden_case_is_not_shown_nor_decided(sign_in, cast: Cast):
    hidden = case_of(submit_report(RUMOUR, cast.sibling))
    own_case = case_of(submit_report(OTHER_DAYS, cast.school))
    (suggested,) = suggested_pairs.suggestions_for(own_case)
    response = sign_in(cast.checker).get(reverse("desk:case", args=[own_case.number]))
    assert response.context["suggestions"] == []
    assert hidden.code not in response.content.decode()
    press(sign_in(cast.checker), "suggestion", own_case, suggested.match.pk, decision="merge")
    own_case.refresh_from_db()
    assert own_case.status == CaseStatus.NEW


@pytest.mark.parametrize("written", ["HS-{:04d}", "hs{}", " {} "])
def test_merge_by_number_with_a_reason(sign_in, cast: Cast, written):
    case = case_of(submit_report(ELSE, cast.school))
    into = case_at(CaseStatus.NEW, cast)
    press(
        sign_in(cast.checker),
        "merge",
        case,
        into=written.format(into.number),
        reason="cùng một tin",
    )
    case.refresh_from_db()
    assert case.merged_into == into
    assert PairDecision.objects.get().reason == "cùng một tin"


def test_merge_into_a_hidden_case_gets_the_message_of_an_unknown_one(sign_in, cast: Cast):
    case = case_at(CaseStatus.NEW, cast)
    hidden = case_of(submit_report(ELSE, cast.sibling))
    client = sign_in(cast.checker)
    answers = {
        str(next(iter(press(client, "merge", case, into=number).context["messages"])))
        for number in (hidden.number, 9999)
    }
    assert len(answers) == 1
    case.refresh_from_db()
    assert case.status == CaseStatus.NEW


@pytest.mark.parametrize("written", ["", "abc", "HS-", "0", "-1"])
def test_merge_number_out_of_shape_says_so(sign_in, cast: Cast, written):
    case = case_at(CaseStatus.NEW, cast)
    response = press(sign_in(cast.checker), "merge", case, into=written)
    assert list(response.context["messages"])
    case.refresh_from_db()
    assert case.status == CaseStatus.NEW


def test_split_takes_one_report_out_into_a_new_case(sign_in, cast: Cast):
    case = case_at(CaseStatus.NEW, cast)
    second = submit_report(RUMOUR, cast.school)
    response = press(sign_in(cast.checker), "split", case, second.public_id)
    new_case = case_of(second)
    assert new_case != case
    assert response.redirect_chain[-1][0] == reverse("desk:case", args=[new_case.number])
    assert demand.measure(case).reports == 1


def test_split_of_a_report_one_may_not_see_is_not_found(sign_in, cast: Cast):
    case = case_at(CaseStatus.NEW, cast)
    hidden = submit_report(RUMOUR, cast.sibling)
    url = reverse("desk:split", args=[case.number, hidden.public_id])
    assert sign_in(cast.checker).post(url).status_code == 404
    assert case_of(hidden) == case
