import pytest
from django.urls import reverse

from accounts.domain import memberships
from accounts.enums import Role
from factcheck.domain import concerns
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import verdicts
from factcheck.enums import CaseStatus, ConcernKind, VerdictState
from factcheck.models import Case, Verdict
from tests.factories import Cast, add_evidence, case_at, draft_for, make_source, verdict_at

LIST = reverse("desk:reviews")
OTHERS = ("Tin thứ hai về đồng phục 640.000 đồng", "Tin thứ ba: đề kiểm tra Ngữ văn bị lộ")


def page_of(verdict: Verdict) -> str:
    return reverse("desk:review", args=[verdict.pk])


def decide(client, verdict: Verdict, decision: str = "approve", **given):
    read = [item.pk for item in verdict.case.evidence.all()]
    data = {"conflict": "no", "read": read, "note": "", "decision": decision, **given}
    return client.post(reverse("desk:review_decide", args=[verdict.pk]), data, follow=True)


def test_list_shows_verdicts_to_review_and_own_ones(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    for user in (cast.reviewer, cast.own_reviewer, cast.pooled):
        rows = sign_in(user).get(LIST).context["waiting"]
        assert [row.verdict for row in rows] == [verdict]
    context = sign_in(cast.checker).get(LIST).context
    assert (context["waiting"], [row.verdict for row in context["own"]]) == ([], [verdict])
    other = sign_in(cast.outsider).get(LIST)
    assert verdict.headline not in other.content.decode()


def test_list_gives_approvers_what_to_publish(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    context = sign_in(cast.approver).get(LIST).context
    assert [row.verdict for row in context["approved"]] == [verdict]
    assert not sign_in(cast.checker).get(LIST).context["may_publish"]


@pytest.mark.parametrize("many", [1, 3])
def test_list_asks_the_same_number_of_queries(sign_in, cast: Cast, many, django_assert_num_queries):
    for text in ("", *OTHERS)[:many]:
        verdict_at(CaseStatus.IN_REVIEW, cast, **({"text": text} if text else {}))
    client = sign_in(cast.reviewer)
    client.get(LIST)
    with django_assert_num_queries(30):
        client.get(LIST)


def test_approve_by_a_second_person(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    response = decide(sign_in(cast.reviewer), verdict, note="Đã đối chiếu")
    verdict.refresh_from_db()
    assert (verdict.state, verdict.reviewed_by) == (VerdictState.APPROVED, cast.reviewer)
    assert verdict.review_note == "Đã đối chiếu"
    assert response.redirect_chain[-1][0] == LIST


def test_approve_leads_an_approver_to_the_publication_page(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    memberships.grant(cast.reviewer, cast.xa, Role.APPROVER, by=None)
    response = decide(sign_in(cast.reviewer), verdict)
    assert response.redirect_chain[-1][0] == reverse("desk:publish", args=[verdict.case.number])


def test_author_who_is_also_reviewer_sees_the_refusal_reason(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    memberships.grant(cast.checker, cast.school, Role.REVIEWER, by=None)
    client = sign_in(cast.checker)
    response = client.get(page_of(verdict))
    assert response.context["refusal"]
    assert "form" not in response.context
    decide(client, verdict)
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.IN_REVIEW


def test_reviewer_of_the_concerned_unit_sees_the_refusal_reason(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.school], by=cast.checker)
    verdict = draft_for(Case.objects.get(pk=case.pk), cast.checker)
    verdict = verdicts.submit_for_review(verdict, by=cast.checker)
    assert verdict.about_own_unit
    client = sign_in(cast.own_reviewer)
    assert client.get(page_of(verdict)).context["refusal"]
    decide(client, verdict)
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.IN_REVIEW
    decide(sign_in(cast.reviewer), verdict)
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.APPROVED


def test_second_decision_is_refused_and_changes_nothing(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    decide(sign_in(cast.pooled), verdict)
    response = decide(sign_in(cast.reviewer), verdict, "send_back", note="muộn")
    assert list(response.context["messages"])
    verdict.refresh_from_db()
    assert (verdict.state, verdict.reviewed_by) == (VerdictState.APPROVED, cast.pooled)


def test_review_page_of_another_unit_or_of_a_draft_does_not_exist(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    for client_of in (cast.outsider, cast.admin):
        client = sign_in(client_of)
        assert client.get(page_of(verdict)).status_code == 404
        assert decide(client, verdict).status_code == 404
    draft = verdict_at(CaseStatus.CHECKING, cast, text=OTHERS[0])
    assert sign_in(cast.checker).get(page_of(draft)).status_code == 404


def test_a_reviewer_of_the_issuing_unit_states_its_own_letter(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    concerns.accept(case, [cast.school], concern=ConcernKind.ISSUER, by=cast.checker)
    source = make_source(speaks_for=cast.school)
    item = add_evidence(case, cast.checker, source=source, document_number="12/TB")
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    client, label = sign_in(cast.own_reviewer), f"citation{item.pk}-own_letter"
    assert label in client.get(page_of(verdict)).content.decode()
    by_eye = {f"citation{item.pk}-by_eye": "on"}
    decide(client, verdict, **by_eye)
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.IN_REVIEW
    decide(client, verdict, **by_eye, **{label: "on"})
    verdict.refresh_from_db()
    assert (verdict.state, verdict.reviewer_unit) == (VerdictState.APPROVED, cast.school)


def test_a_reviewer_from_outside_is_not_asked_about_an_own_letter(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    assert "own_letter" not in sign_in(cast.reviewer).get(page_of(verdict)).content.decode()
