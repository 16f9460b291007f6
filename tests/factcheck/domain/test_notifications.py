from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factcheck import tasks
from factcheck.domain import notifications, pending_notifications
from factcheck.domain.cases import lifecycle, opening
from factcheck.domain.duplicates import merging
from factcheck.domain.editorial import notices
from factcheck.enums import CaseStatus, MatchState, Outcome
from factcheck.models import Case, Match
from intake.domain import replies
from intake.domain.reply_keys import ReplyKey
from intake.enums import Stage
from intake.models import Reply, Report
from tests.factories import (
    RUMOUR,
    Cast,
    case_at,
    case_of,
    draft_for,
    merge_by_two,
    published,
    submit_report,
    verdict_at,
)

OTHER = RUMOUR.replace("28/11/2031", "30/11/2031")


@pytest.mark.parametrize(
    ("status", "outcome", "tells"),
    [
        (CaseStatus.NEW, None, False),
        (CaseStatus.CHECKING, None, True),
        (CaseStatus.WAITING, None, True),
        (CaseStatus.IN_REVIEW, None, True),
        (CaseStatus.APPROVED, None, True),
        (CaseStatus.PUBLISHED, None, True),
        (CaseStatus.CLOSED, Outcome.OPINION, True),
        (CaseStatus.CLOSED, Outcome.ANSWERED, True),
    ],
)
def test_sweep_finds_exactly_the_cases_with_pending_notifications(
    cast: Cast, status: CaseStatus, outcome: Outcome | None, tells: bool
) -> None:
    """The key in SQL and the key in words are the same at every stage."""
    case = case_at(status, cast, **({"outcome": outcome} if outcome else {}))
    assert pending_notifications.case_ids(10) == ([case.pk] if tells else [])
    assert notifications.notify_reporters(case) == int(tells)
    assert pending_notifications.case_ids(10) == []
    assert notifications.notify_reporters(case) == 0
    submit_report(RUMOUR, cast.school)  # linked, and told in the same breath
    assert pending_notifications.case_ids(10) == []


def test_sweep_follows_merges(cast: Cast) -> None:
    into = case_at(CaseStatus.CHECKING, cast, text="Tin về thực đơn bán trú của trường")
    notifications.notify_reporters(into)
    case = case_of(submit_report(RUMOUR, cast.school))
    merging.merge(case, into, by=cast.checker)
    assert pending_notifications.case_ids(10) == [into.pk]
    assert notifications.notify_reporters(case) == 1


def test_sweep_finds_readers_who_were_split_off_since(cast: Cast) -> None:
    report = submit_report(RUMOUR, cast.school)
    version = verdict_at(CaseStatus.PUBLISHED, cast).published
    notifications.notify_reporters(version.notice.case)
    case = version.notice.case
    new = merging.split(report, by=cast.checker)
    assert pending_notifications.case_ids(10) == []
    notices.revise(case, "correction", reason="Sửa", by=cast.checker)
    draft_for(case, cast.checker, change_reason="Sửa")
    second = verdict_at(CaseStatus.PUBLISHED, cast, case=case, change_reason="Sửa").published
    assert pending_notifications.case_ids(10) == [case.pk]
    assert notifications.notify_reporters(second.notice.case) == 2
    assert report.replies.filter(key=ReplyKey.for_notice(version.notice_id, 2)).exists()
    assert pending_notifications.case_ids(10) == []
    assert notifications.notify_reporters(new) == 0


def test_sweep_finds_readers_whose_case_was_taken_out_of_the_merged_one(cast: Cast) -> None:
    version = published(cast)
    report = submit_report(OTHER, cast.school, match=False)
    case = opening.open_for(report)
    case = merge_by_two(case, version.notice.case, cast)
    notifications.notify_reporters(version.notice.case)
    merging.unmerge(case, by=cast.checker)
    assert list(report.matches.values_list("case", "state")) == [(case.pk, MatchState.CONFIRMED)]
    assert pending_notifications.case_ids(10) == []
    notices.revise(version.notice.case, "correction", reason="Sửa", by=cast.checker)
    verdict_at(CaseStatus.PUBLISHED, cast, case=version.notice.case, change_reason="Sửa")
    assert pending_notifications.case_ids(10) == [version.notice.case_id]
    assert notifications.notify_reporters(version.notice.case) == 2
    assert pending_notifications.case_ids(10) == []


def test_rejected_pair_from_before_version_0_1_0_notifies_a_reader_once(cast: Cast) -> None:
    """Before version 0.1.0, who had read an answer was kept as a rejected match."""
    version = published(cast)
    report = submit_report(OTHER, cast.school, match=False)
    opening.open_for(report)
    replies.create_reply(report, Stage.ANSWERED, key=ReplyKey.for_notice(version.notice_id, 1))
    Match.objects.create(
        report=report,
        case=version.notice.case,
        state=MatchState.REJECTED,
        decided_at=timezone.now(),
        decided_by=cast.checker,
    )
    notices.revise(version.notice.case, "correction", reason="Sửa", by=cast.checker)
    verdict_at(CaseStatus.PUBLISHED, cast, case=version.notice.case, change_reason="Sửa")
    assert notifications.notify_reporters(version.notice.case) == 2
    assert notifications.notify_reporters(version.notice.case) == 0


def test_report_that_fails_does_not_stop_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (submit_report(RUMOUR, cast.school) for _ in range(2))
    version = verdict_at(CaseStatus.PUBLISHED, cast, case=case_of(first)).published
    create_reply = replies.create_reply

    def fail(report: Report, *args: Any, **kwargs: Any) -> Any:
        if report == first:
            raise RuntimeError
        return create_reply(report, *args, **kwargs)

    monkeypatch.setattr(replies, "create_reply", fail)
    notifications.notify_reporters(version.notice.case)
    key = ReplyKey.for_notice(version.notice_id, version.number)
    assert second.replies.filter(key=key).exists()
    assert not first.replies.filter(key=key).exists()
    assert pending_notifications.case_ids(10) == [version.notice.case_id]


def test_sweep_is_one_query(cast: Cast) -> None:
    case_at(CaseStatus.CHECKING, cast)
    with CaptureQueriesContext(connection) as queries:
        pending_notifications.case_ids(10)
    assert len(queries) == 1


def test_reply_of_a_case_that_goes_on_is_not_repeated(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    notifications.notify_reporters(case)
    lifecycle.release(case, by=cast.checker)
    lifecycle.take(case, by=cast.colleague)
    assert notifications.notify_reporters(case) == 0
    assert Reply.objects.count() == 1


def test_notify_reporters_of_a_case_that_is_gone_notifies_nobody(db: None) -> None:
    tasks.notify_reporters(4321)
    assert not Case.objects.exists()
