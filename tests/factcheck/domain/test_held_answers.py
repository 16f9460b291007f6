from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.domain import notifications, pending_notifications
from factcheck.domain.duplicates import matches
from factcheck.domain.editorial import notices
from factcheck.enums import CaseStatus
from factcheck.models import Match
from intake.domain import replies
from intake.enums import Stage
from tests.factories import RUMOUR, Cast, published, submit_report, verdict_at


def test_notice_past_its_day_answers_no_report_by_itself(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = published(cast, claim=RUMOUR, review_by=timezone.localdate() + timedelta(days=1))
    day_of, late = timezone.localdate, timezone.localdate() + timedelta(days=3)
    monkeypatch.setattr(timezone, "localdate", lambda *moment: day_of(*moment) if moment else late)
    report = submit_report(RUMOUR, cast.school)
    matches.match_report(report)
    assert not replies.answers(report).exists()
    match = Match.objects.get(report=report)
    assert match.answer_held_at is not None
    (step,) = [s for s in replies.timeline(report).steps if s.stage == Stage.CHECKING]
    assert step.note
    notifications.notify_reporters(version.notice.case)  # the first report
    assert version.notice.case_id not in pending_notifications.case_ids(100)


def test_new_version_releases_what_was_held(cast: Cast) -> None:
    version = published(cast, claim=RUMOUR)
    case = version.notice.case
    report = submit_report(RUMOUR, cast.school)
    matches.match_report(report)
    Match.objects.filter(report=report).update(answer_held_at=timezone.now())
    notices.revise(case, "correction", reason="Ngày mới", by=cast.checker)
    verdict_at(CaseStatus.PUBLISHED, cast, case=case, change_reason="Ngày mới")
    assert Match.objects.get(report=report).answer_held_at is None
