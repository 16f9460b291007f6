"""A channel is a package plus one registry line: a message goes all the way, with no other file."""

import re
from dataclasses import replace

import pytest

from accounts.enums import Role
from channels import tasks
from channels.domain import encryption
from channels.models import Message
from channels.registry import CHANNELS
from factcheck import tasks as factcheck_tasks
from factcheck.domain.duplicates import matches
from factcheck.enums import CaseStatus
from factcheck.models import NoticeVersion
from intake.domain import origins, receipts
from intake.models import Contact, Report
from tests.channels.sample.channel import SampleChannel
from tests.channels.sample.platform import deliver, sample, text_event
from tests.factories import RUMOUR, Cast, case_of, cast, make_user, verdict_at

__all__ = ["cast", "sample"]

pytestmark = pytest.mark.django_db


def send_pending() -> None:
    for pk in Message.objects.filter(state="pending").values_list("pk", flat=True):
        tasks.deliver_message(pk)


def publish_notice(report: Report, cast: Cast) -> NoticeVersion:
    """Match the report, and publish a notice about its case through the workflow."""
    matches.match_report(report)
    staff = replace(
        cast,
        checker=cast.overseer,
        reviewer=make_user(Role.REVIEWER, cast.so),
        approver=make_user(Role.APPROVER, cast.so),
    )
    return verdict_at(CaseStatus.PUBLISHED, staff, case=case_of(report)).published


def test_message_becomes_a_report_a_case_a_notice_and_an_answer(
    sample: SampleChannel, cast: Cast
) -> None:
    assert deliver(text_event(RUMOUR)).status_code == 200

    report = Report.objects.get()
    assert (report.text, report.origin, report.unit) == (RUMOUR, "sample", cast.so)
    assert origins.labels()[report.origin] == "Sample chat"
    assert encryption.decrypt(Contact.objects.get().address_encrypted) == "u-77"
    assert "u-77" not in str(Report.objects.values().get())

    send_pending()
    receipt = sample.sent.pop()
    assert receipt.recipient == "u-77"
    code = receipts.parse(re.search(r"(?:\w{4} ){5}\w{4}", receipt.body)[0])
    assert receipts.find(code) == report

    version = publish_notice(report, cast)
    factcheck_tasks.notify_reporters(version.notice.case_id)
    send_pending()
    answer = sample.sent.pop()
    assert answer.recipient == "u-77"
    assert version.headline in answer.body
    assert f"/thong-bao/{version.notice.slug}/" in answer.body
    assert CHANNELS["sample"].answer_footer(90) in answer.body
    assert sample.sent == []
