import os
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from intake.domain import contacts, draft_uploads, files, images, reports, retention
from intake.domain.reports import submit
from intake.domain.submissions import Submission
from intake.models import Contact, DailyKey, Report
from intake.tasks import purge_expired
from tests.intake import sample_images


@pytest.mark.parametrize(("seconds", "purged"), [(-1, 0), (0, 1), (1, 1)])
def test_due_text_is_emptied_at_its_date_and_not_before(unit, seconds: int, purged: int) -> None:
    report = submit(Submission(text="Ý kiến")).report
    due = timezone.now() + timedelta(days=14)
    reports.schedule_purge(report, due, by=None)
    with time_machine.travel(due + timedelta(seconds=seconds), tick=False):
        assert retention.purge_due_texts(by=None) == purged
    assert Report.objects.filter(text="").count() == purged


def test_purge_expired_deletes_all_kinds_and_leaves_what_is_young(unit) -> None:
    sender = {"contact": contacts.from_email("me@example.com"), "sender": "203.0.113.0/24"}
    due = submit(Submission(text="Công văn cũ", **sender)).report
    reports.schedule_purge(due, timezone.now(), by=None)
    draft_uploads.save("a" * 32, [images.prepare(sample_images.upload())])
    folder = files.media_path("reports/00000000-0000-4000-8000-000000000001")
    files.write(folder, "a.png", b"x")
    for path in (folder, draft_uploads._folder("a" * 32)):
        os.utime(path, (time.time(), time.time()))
    later = timezone.now() + timedelta(days=91)
    with time_machine.travel(later):
        images_sent = [sample_images.upload()]
        young = submit(Submission(text="Công văn mới", images=images_sent, **sender)).report
        done = retention.purge_expired()
    assert done == {"contacts": 1, "texts": 1, "keys": 1, "draft_uploads": 1, "orphans": 1}
    assert Report.objects.get(pk=due.pk).text == ""
    assert Report.objects.get(pk=young.pk).text == "Công văn mới"
    assert Contact.objects.get().report == young
    assert files.media_path(young.attachments.get().path).exists()
    assert DailyKey.objects.get().day == timezone.localdate(later)


def test_task_may_run_twice(unit) -> None:
    report = submit(Submission(text="Công văn cũ")).report
    reports.schedule_purge(report, timezone.now(), by=None)
    purge_expired()
    purge_expired()
    assert Report.objects.get().purged_at


def test_one_failing_step_does_not_stop_the_others(unit, monkeypatch, caplog) -> None:
    report = submit(Submission(text="Công văn cũ")).report
    reports.schedule_purge(report, timezone.now(), by=None)

    def fail(**kwargs: Any) -> int:
        raise RuntimeError("me@example.com")

    monkeypatch.setattr(contacts, "delete_expired", fail)
    with pytest.raises(ExceptionGroup):
        retention.purge_expired()
    assert Report.objects.get().purged_at
    assert "retention_failed" in caplog.text
    assert "me@example.com" not in caplog.text


def test_retention_ends_at_the_time_limit_of_its_task(unit, monkeypatch) -> None:
    def end(**kwargs: Any) -> int:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(contacts, "delete_expired", end)
    with pytest.raises(SoftTimeLimitExceeded):
        retention.purge_expired()
