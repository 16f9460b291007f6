"""The workflow of a case through the staff pages, as a browser without JavaScript does it."""

from django.urls import reverse

from factcheck.enums import CaseStatus, VerdictKind
from factcheck.models import Case, NoticeVersion, Verdict
from tests.desk.views.test_evidence import form
from tests.factories import RUMOUR, Cast, case_of, make_source, pdf, submit_report, words


def stated(evidence: int) -> dict[str, str]:
    """What the reviewer states about a copy that was handed in, as the form sends it."""
    answers = {"seen": "paper", "where": "Văn thư của Sở", "by_eye": "on"}
    return {f"citation{evidence}-{name}": value for name, value in answers.items()}


def test_workflow_from_the_queue_to_a_correction(sign_in, cast: Cast):
    case = case_of(submit_report(RUMOUR, cast.school))
    submit_report(RUMOUR, cast.sibling)
    checker, reviewer, approver = (
        sign_in(user) for user in (cast.checker, cast.reviewer, cast.approver)
    )

    def press(client, name: str, **data):
        response = client.post(reverse(f"desk:{name}", args=[case.number]), data, follow=True)
        assert response.status_code == 200
        case.refresh_from_db()
        return response

    def review() -> None:
        verdict = Verdict.objects.get(state="in_review")
        assert reverse("desk:review", args=[verdict.pk]) in (
            reviewer.get(reverse("desk:reviews")).content.decode()
        )
        read = list(verdict.case.evidence.values_list("pk", flat=True))
        decision = {"conflict": "no", "read": read, "decision": "approve", **stated(read[0])}
        reviewer.post(reverse("desk:review_decide", args=[verdict.pk]), decision)

    assert case.code in checker.get(reverse("desk:queue")).content.decode()
    press(checker, "take")
    press(checker, "claim", claim="Toàn tỉnh nghỉ học từ 23/11.", version=case.version)
    press(checker, "evidence_add", **form(make_source(), upload=pdf()))
    press(checker, "verdict", **words(explanation="Đã sửa ngày. [1]"), then="submit")
    assert case.status == CaseStatus.IN_REVIEW
    review()
    press(approver, "publish", decision="publish")
    assert case.status == CaseStatus.PUBLISHED
    press(checker, "revise", kind=VerdictKind.CORRECTION.value, reason="Đếm lại: bảy xã.")
    press(checker, "verdict", **words(change_reason="Đếm lại: bảy xã."), then="submit")
    review()
    press(approver, "publish", decision="publish")
    versions = list(NoticeVersion.objects.values_list("number", "kind", "is_current"))
    assert versions == [(1, "first", False), (2, "correction", True)]
    assert Case.objects.get(pk=case.pk).status == CaseStatus.PUBLISHED
