from django.urls import reverse

from factcheck.enums import CaseStatus, VerdictState
from factcheck.models import Verdict
from tests.factories import Cast, verdict_at


def decide(client, verdict: Verdict, decision: str = "approve", **given):
    read = [item.pk for item in verdict.case.evidence.all()]
    data = {"conflict": "no", "read": read, "note": "", "decision": decision, **given}
    return client.post(reverse("desk:review_decide", args=[verdict.pk]), data, follow=True)


def test_approve_needs_conflict_declared_and_every_citation_read(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    client = sign_in(cast.reviewer)
    wrong: list[dict[str, object]] = [{"conflict": ""}, {"conflict": "yes"}, {"read": []}]
    for given in wrong:
        response = decide(client, verdict, note="Ý kiến tôi gõ", **given)
        assert response.status_code == 422
        assert "Ý kiến tôi gõ" in response.content.decode()
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.IN_REVIEW


def test_send_back_needs_a_reason_and_nothing_else(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    client = sign_in(cast.reviewer)
    assert decide(client, verdict, "send_back", conflict="", read=[]).status_code == 422
    decide(client, verdict, "send_back", conflict="", read=[], note="Đếm lại số xã")
    verdict.refresh_from_db()
    assert (verdict.state, verdict.review_note) == (VerdictState.RETURNED, "Đếm lại số xã")
