import pytest
from django.urls import reverse

from factcheck.enums import CaseStatus, Outcome, Reach, VerdictKind, VerdictState
from factcheck.models import Case, NoticeVersion, Verdict
from tests.factories import Cast, published, verdict_at


def press(client, name: str, case: Case, **data):
    return client.post(reverse(f"desk:{name}", args=[case.number]), data, follow=True)


def page(client, case: Case):
    return client.get(reverse("desk:publish", args=[case.number]))


@pytest.mark.parametrize("status", [CaseStatus.IN_REVIEW, CaseStatus.PUBLISHED])
def test_publication_page_at_another_stage_leads_to_the_case(sign_in, cast: Cast, status):
    verdict = verdict_at(status, cast)
    assert page(sign_in(cast.approver), verdict.case).status_code == 302


def test_publish_creates_the_notice_once(sign_in, cast: Cast):
    case = verdict_at(CaseStatus.APPROVED, cast).case
    client = sign_in(cast.approver)
    press(client, "publish", case, decision="publish")
    again = press(client, "publish", case, decision="publish")
    assert list(again.context["messages"])
    assert NoticeVersion.objects.get().is_current
    case.refresh_from_db()
    assert case.status == CaseStatus.PUBLISHED


@pytest.mark.parametrize("name", ["checker", "reviewer", "own_reviewer"])
def test_publish_is_for_approvers_only(sign_in, cast: Cast, name):
    case = verdict_at(CaseStatus.APPROVED, cast).case
    response = press(sign_in(getattr(cast, name)), "publish", case, decision="publish")
    assert list(response.context["messages"])
    assert not NoticeVersion.objects.exists()


def test_answer_closes_without_anything_public(sign_in, cast: Cast):
    case = verdict_at(CaseStatus.APPROVED, cast, reach=Reach.REPORTERS_ONLY).case
    client = sign_in(cast.approver)
    assert 'value="publish"' not in page(client, case).content.decode()
    press(client, "publish", case, decision="answer")
    case.refresh_from_db()
    assert (case.status, case.outcome) == (CaseStatus.CLOSED, Outcome.ANSWERED)
    assert not NoticeVersion.objects.exists()


def test_revoke_returns_the_case_to_the_checker(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    press(sign_in(cast.approver), "publish", verdict.case, decision="revoke")
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.WITHDRAWN
    assert Case.objects.get(pk=verdict.case_id).status == CaseStatus.CHECKING


def test_unknown_decision_changes_nothing(sign_in, cast: Cast):
    case = verdict_at(CaseStatus.APPROVED, cast).case
    press(sign_in(cast.approver), "publish", case, decision="delete")
    case.refresh_from_db()
    assert case.status == CaseStatus.APPROVED


@pytest.mark.parametrize("kind", [VerdictKind.CORRECTION, VerdictKind.RETRACTION])
def test_revise_opens_a_draft_with_the_reason_and_abandon_ends_it(sign_in, cast: Cast, kind):
    case = published(cast).notice.case
    client = sign_in(cast.checker)
    response = press(client, "revise", case, kind=kind.value, reason="Sai số xã")
    draft = Verdict.objects.get(state=VerdictState.DRAFT)
    assert (draft.kind, draft.change_reason) == (kind, "Sai số xã")
    assert "change_reason" in response.context["verdict_form"].fields
    press(client, "abandon_revision", case)
    case.refresh_from_db()
    assert case.status == CaseStatus.PUBLISHED
    assert NoticeVersion.objects.get().is_current


@pytest.mark.parametrize("data", [{}, {"kind": "first", "reason": "x"}, {"kind": "correction"}])
def test_revise_without_kind_or_reason_is_refused(sign_in, cast: Cast, data):
    case = published(cast).notice.case
    assert list(press(sign_in(cast.checker), "revise", case, **data).context["messages"])
    case.refresh_from_db()
    assert case.status == CaseStatus.PUBLISHED
