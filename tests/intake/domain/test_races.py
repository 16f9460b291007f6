"""The same form sent many times at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from audit.enums import AuditEvent
from audit.models import AuditEntry
from intake.domain import files, replies
from intake.domain.reports import SubmissionResult, submit
from intake.domain.submissions import Submission, new_form_key
from intake.enums import Stage
from intake.models import Attachment, DailyKey, Reply, Report
from tests.intake import sample_images

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 25


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Run ``work`` in threads that start together; exceptions come back as results."""
    barrier = threading.Barrier(count)
    results: list[Any] = [None] * count

    def run(number: int) -> None:
        try:
            barrier.wait(timeout=20)
            results[number] = work(number)
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_same_form_sent_at_once_makes_one_report_and_one_receipt(unit) -> None:
    for _ in range(ROUNDS):
        key = new_form_key()
        results = at_once(
            4,
            lambda n, key=key: submit(
                Submission(text=f"Tin {n}", form_key=key, sender="203.0.113.0/24")
            ),
        )
        assert all(isinstance(result, SubmissionResult) for result in results), results
        assert len({result.receipt for result in results}) == 1
        assert sum(result.created for result in results) == 1
    assert Report.objects.count() == ROUNDS
    assert AuditEntry.objects.with_event(AuditEvent.REPORT_RECEIVED).count() == ROUNDS
    assert DailyKey.objects.count() == 1


def test_same_form_with_a_picture_sent_at_once_leaves_one_file(unit) -> None:
    for _ in range(5):
        key = new_form_key()
        results = at_once(
            3, lambda n, key=key: submit(Submission(form_key=key, images=[sample_images.upload()]))
        )
        assert all(isinstance(result, SubmissionResult) for result in results), results
    paths = {
        str(files.media_path(path)) for path in Attachment.objects.values_list("path", flat=True)
    }
    on_disk = {str(path) for path in files.media_path("reports").rglob("*.png")}
    assert len(paths) == 5
    assert on_disk == paths


def test_different_forms_sent_at_once_are_all_stored(unit) -> None:
    results = at_once(8, lambda n: submit(Submission(text=f"Tin {n}")))
    assert all(isinstance(result, SubmissionResult) for result in results), results
    assert len({result.receipt for result in results}) == Report.objects.count() == 8


def test_same_reply_created_at_once_is_created_once(unit) -> None:
    for _ in range(10):
        report = submit(Submission(text="Mai nghỉ học")).report
        results = at_once(
            3,
            lambda n, report=report: replies.create_reply(
                report, Stage.CHECKING, key="stage:checking"
            ),
        )
        assert [created for _reply, created in results].count(True) == 1
    assert Reply.objects.count() == 10
