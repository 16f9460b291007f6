from datetime import timedelta
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from factcheck import tasks
from factcheck.domain.duplicates import matches, screenshots
from factcheck.enums import CaseStatus
from factcheck.models import Match
from intake.domain import image_text, replies
from intake.domain import reports as intake_reports
from intake.domain.reply_keys import ReplyKey
from intake.models import Reply, Report
from tests.factories import RUMOUR, Cast, case_at, case_of, submit_report, verdict_at


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[Any, ...]]]:
    """Names and arguments of the tasks that are enqueued, in order."""
    calls: list[tuple[str, tuple[Any, ...]]] = []

    def enqueue(name: str, *args: Any) -> None:
        calls.append((name.rpartition(".")[2], args))

    monkeypatch.setattr("factcheck.tasks.enqueue", enqueue)
    return calls


def test_match_task_may_run_twice(cast: Cast) -> None:
    report = submit_report(RUMOUR, cast.school, match=False)
    tasks.match_report(report.pk)
    tasks.match_report(report.pk)
    assert Match.objects.filter(report=report).count() == 1


def test_sweep_matches_lost_reports_and_continues_after_a_failure(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = submit_report(RUMOUR, cast.school, match=False)
    second = submit_report("Trường đổi giờ vào học", cast.school, match=False)
    tasks.sweep_reports()
    assert not Match.objects.exists()  # a minute has not passed: the message may be under way
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    real = matches.match_report

    def fail_once(report: Report) -> Any:
        if report.pk == first.pk:
            raise RuntimeError("broken")
        return real(report)

    monkeypatch.setattr(matches, "match_report", fail_once)
    tasks.sweep_reports()
    assert [match.report for match in Match.objects.all()] == [second]
    monkeypatch.setattr(matches, "match_report", real)
    tasks.sweep_reports()
    assert Match.objects.filter(report=first).exists()


@pytest.mark.parametrize(
    ("sweep", "module", "function"),
    [
        (tasks.sweep_reports, matches, "match_report"),
        (tasks.sweep_pictures, screenshots, "match_picture"),
    ],
)
def test_sweep_ends_at_its_time_limit(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, sweep: Any, module: Any, function: str
) -> None:
    tried: list[Report] = []

    def end(report: Report) -> None:
        tried.append(report)
        raise SoftTimeLimitExceeded

    reports = [submit_report(f"{RUMOUR} {number}", cast.school) for number in range(2)]
    monkeypatch.setattr(intake_reports, "unmatched", lambda older_than: reports)
    monkeypatch.setattr(image_text, "unmatched", lambda older_than: reports)
    monkeypatch.setattr(module, function, end)
    with pytest.raises(SoftTimeLimitExceeded):
        sweep()
    assert tried == reports[:1]


def test_notifications_end_at_the_time_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first = submit_report(RUMOUR, cast.school)
    case = verdict_at(CaseStatus.PUBLISHED, cast, case=case_of(first)).case

    def end(*args: Any, **kwargs: Any) -> None:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(replies, "create_reply", end)
    with pytest.raises(SoftTimeLimitExceeded):
        tasks.notify_reporters(case.pk)


def test_sweep_enqueues_cases_with_reporters_to_notify(cast: Cast, sent: list[Any]) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    sent.clear()
    tasks.sweep_notifications()
    assert sent == [("notify_reporters", (case.pk,))]
    tasks.notify_reporters(case.pk)
    tasks.notify_reporters(case.pk)
    assert Reply.objects.count() == 1
    sent.clear()
    tasks.sweep_notifications()
    assert sent == []


def test_task_of_a_former_release_notifies_everyone_once(cast: Cast) -> None:
    version = verdict_at(CaseStatus.PUBLISHED, cast).published
    tasks.notify_version_reporters(version.pk)
    tasks.notify_version_reporters(version.pk)
    assert Reply.objects.filter(key=ReplyKey.for_notice(version.notice_id, 1)).count() == 1


def test_sweep_enqueues_pages_to_be_fetched(cast: Cast, sent: list[Any], settings: Any) -> None:
    from tests.factories import add_evidence

    settings.EVIDENCE_FETCH = True
    case = case_at(CaseStatus.CHECKING, cast)
    item = add_evidence(case, cast.checker, upload=None, fetch=True)
    sent.clear()
    tasks.sweep_archives()
    assert sent == [("fetch_archive", (item.pk,))]
    settings.EVIDENCE_FETCH = False
    tasks.fetch_archive(item.pk)
    item.refresh_from_db()
    assert item.archive_attempts == 0
