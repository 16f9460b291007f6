"""Plain SQL tries to change what an asker is told without a second person; each must fail."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.enums import GuardedKind
from accounts.exceptions import NotAllowed
from accounts.models import GuardedAct, User
from factcheck.domain.editorial import notices, reconsiderations, reviews, verdicts
from factcheck.enums import CaseStatus, VerdictKind
from factcheck.exceptions import SecondPersonRequired
from factcheck.models import NoticeVersion, Verdict
from tests.factories import Cast, draft_for, published, verdict_at


def run(sql: str, *params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def refused(sql: str, *params: Any) -> None:
    with pytest.raises(IntegrityError, match="refused"):
        run(sql, *params)


def copy_of(verdict: Verdict, **changed: str) -> str:
    """INSERT … SELECT of the verdict's row with other values in some columns."""
    columns = [field.column for field in Verdict._meta.concrete_fields if field.column != "id"]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    return (
        f"INSERT INTO factcheck_verdict ({names}) "
        f"SELECT {values} FROM factcheck_verdict WHERE id = {verdict.pk}"
    )


def test_verdict_born_approved_is_refused(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    refused(copy_of(verdict))
    refused(copy_of(verdict, state="'in_review'"))
    unreviewed = dict.fromkeys(("reviewed_by_id", "reviewed_at", "reviewer_unit_id"), "NULL")
    run(copy_of(verdict, state="'draft'", **unreviewed))  # the control


APPROVE = (
    "UPDATE factcheck_verdict SET state = 'approved', reviewed_by_id = %s, "
    "reviewed_at = submitted_at, reviewer_unit_id = %s WHERE id = %s"
)


def test_verdict_approved_without_its_confirmed_act_is_refused(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    refused(APPROVE, cast.reviewer.pk, cast.xa.pk, verdict.pk)
    confirm = (
        "UPDATE accounts_guardedact SET confirmed_by_id = %s, confirmed_at = proposed_at "
        "WHERE kind = 'verdict' AND subject = %s"
    )
    subject = f"factcheck.verdict:{verdict.pk}"
    run(confirm, cast.pooled.pk, subject)  # an act, but of another person than the reviewer
    refused(APPROVE, cast.reviewer.pk, cast.xa.pk, verdict.pk)
    run(APPROVE, cast.pooled.pk, cast.far.pk, verdict.pk)


def test_approval_writes_the_act_of_both_people(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    act = GuardedAct.objects.get(
        kind=GuardedKind.VERDICT, subject=f"factcheck.verdict:{verdict.pk}"
    )
    assert (act.proposed_by, act.proposed_unit) == (cast.checker, cast.school)
    assert (act.confirmed_by, act.confirmed_unit) == (cast.reviewer, cast.xa)
    verdicts.withdraw(verdict, by=cast.checker)
    act.refresh_from_db()
    assert not act.is_confirmed


def test_verdict_submitted_before_acts_were_recorded_can_be_decided(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    GuardedAct.objects.update(ended_at=verdict.submitted_at)  # none is pending
    reviews.approve(verdict, by=cast.reviewer)
    assert GuardedAct.objects.filter(confirmed_by=cast.reviewer, ended_at=None).exists()


def test_returned_verdict_ends_its_act(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    reviews.send_back(verdict, reason="Thiếu căn cứ", by=cast.reviewer)
    assert GuardedAct.objects.get(kind=GuardedKind.VERDICT).ended_by == cast.reviewer


def test_author_with_a_second_mailbox_cannot_approve(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    tagged = cast.checker.email.replace("@", "+duyet@")
    User.objects.filter(pk=cast.reviewer.pk).update(email=tagged)
    cast.reviewer.refresh_from_db()
    with pytest.raises((SecondPersonRequired, NotAllowed), match=r"mailbox|hộp thư"):
        reviews.approve(verdict, by=cast.reviewer)


def corrected(cast: Cast) -> NoticeVersion:
    first = published(cast)
    case = notices.revise(first.notice.case, VerdictKind.CORRECTION, reason="x", by=cast.checker)
    verdict = draft_for(case, cast.checker, change_reason="Ngày đúng là 24/11.")
    verdicts.submit_for_review(verdict, by=cast.checker)
    reviews.approve(verdict, by=cast.reviewer)
    return notices.publish(verdict, by=cast.approver)


CURRENT = "UPDATE factcheck_noticeversion SET is_current = %s WHERE id = %s"


def test_version_without_a_newer_one_is_not_hidden(cast: Cast) -> None:
    refused(CURRENT, False, published(cast).pk)


def test_former_version_does_not_become_current_again(cast: Cast) -> None:
    second = corrected(cast)
    first = second.notice.versions.get(number=1)
    assert (first.is_current, second.is_current) == (False, True)
    refused(CURRENT, False, second.pk)
    with pytest.raises(IntegrityError):
        run(CURRENT, True, first.pk)


def test_reconsideration_is_not_edited_or_deleted(cast: Cast) -> None:
    notice = published(cast).notice
    request = reconsiderations.ask(notice, "Xin xem lại ngày nghỉ.", "k" * 32)
    refused("DELETE FROM factcheck_reconsideration")
    refused("UPDATE factcheck_reconsideration SET text = 'khác'")
    decide = (
        "UPDATE factcheck_reconsideration SET state = 'upheld', decision = 'giữ nguyên', "
        "decided_at = created_at, decided_by_id = %s"
    )
    for user in (cast.checker, cast.reviewer, cast.approver):
        refused(decide, user.pk)
    reconsiderations.decide(request, accept=False, decision="Giữ nguyên.", by=cast.pooled)
    refused("UPDATE factcheck_reconsideration SET decision = 'khác'")
    refused(decide, cast.outsider.pk)


def test_reconsideration_born_decided_is_refused(cast: Cast) -> None:
    notice = published(cast).notice
    refused(
        "INSERT INTO factcheck_reconsideration (notice_id, text, form_key, created_at, state, "
        "decision, decided_at, decided_by_id) VALUES (%s, 'x', 'k', '2026-01-01', 'upheld', 'y', "
        "'2026-01-01', %s)",
        notice.pk,
        cast.pooled.pk,
    )


def test_unanswered_report_is_not_deleted(cast: Cast) -> None:
    verdict_at(CaseStatus.CHECKING, cast)
    refused("DELETE FROM intake_report")
