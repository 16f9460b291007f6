from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.domain import log
from channels.domain import encryption
from channels.models import Message
from intake.domain import contacts, replies
from intake.domain.replies import create_reply, timeline
from intake.domain.reports import submit
from intake.domain.submissions import Submission
from intake.enums import Stage
from intake.models import Contact, Report

ANSWER = {
    "title": "Học sinh đi học bình thường",
    "body": "Chỉ sáu xã vùng trũng nghỉ.",
    "advice": "Cho con đi học.",
    "verdict": "false",
    "verdict_label": "Sai",
    "url": "/thong-bao/di-hoc/",
}


@pytest.fixture
def report(unit) -> Report:
    return submit(
        Submission(text="Toàn tỉnh nghỉ học", contact=contacts.from_email("me@example.com"))
    ).report


def stages(report: Report) -> list[tuple[str, bool, bool]]:
    return [(s.stage.value, s.at is not None, s.is_current) for s in timeline(report).steps]


def test_timeline_of_a_new_report_shows_what_lies_ahead(report) -> None:
    assert timeline(report).stage == Stage.RECEIVED
    assert stages(report) == [
        ("received", True, True),
        ("checking", False, False),
        ("in_review", False, False),
        ("answered", False, False),
    ]
    assert timeline(report).steps[0].at == report.created_at


def test_timeline_follows_the_replies(report) -> None:
    create_reply(report, Stage.CHECKING, key="stage:checking", body="Đối chiếu văn bản gốc")
    assert timeline(report).stage == Stage.CHECKING
    assert timeline(report).steps[1].note == "Đối chiếu văn bản gốc"
    create_reply(report, Stage.IN_REVIEW, key="stage:in_review")
    create_reply(report, Stage.ANSWERED, key="notice:1:v1", **ANSWER)
    assert stages(report)[-1] == ("answered", True, True)
    assert [reached for _stage, reached, _current in stages(report)] == [True] * 4
    assert timeline(report).answer.title == ANSWER["title"]
    assert not timeline(report).is_corrected


def test_timeline_claims_no_stage_that_was_skipped(report) -> None:
    create_reply(report, Stage.ANSWERED, key="outcome:opinion", body="Đây là ý kiến.")
    assert stages(report) == [("received", True, False), ("answered", True, True)]


def test_timeline_shows_the_latest_answer_and_that_it_was_corrected(report) -> None:
    create_reply(report, Stage.ANSWERED, key="notice:1:v1", **ANSWER)
    create_reply(report, Stage.CHECKING, key="stage:checking:2")
    create_reply(report, Stage.ANSWERED, key="notice:1:v2", **{**ANSWER, "title": "Bản đính chính"})
    line = timeline(report)
    assert line.answer.title == "Bản đính chính"
    assert line.is_corrected
    assert line.stage == Stage.ANSWERED


def test_timeline_costs_one_query(report, django_assert_num_queries) -> None:
    for number in range(3):
        create_reply(report, Stage.ANSWERED, key=f"notice:1:v{number}", **ANSWER)
    with django_assert_num_queries(1):
        timeline(report)


def test_same_key_twice_changes_nothing(report) -> None:
    first, created = create_reply(report, Stage.ANSWERED, key="notice:1:v1", **ANSWER)
    second, again = create_reply(
        report, Stage.ANSWERED, key="notice:1:v1", **{**ANSWER, "title": "Khác"}
    )
    assert (created, again) == (True, False)
    assert first == second
    assert second.title == ANSWER["title"]
    assert Message.objects.count() == 1


def test_reply_is_audited_without_its_text(report) -> None:
    reply, _ = create_reply(report, Stage.ANSWERED, key="notice:1:v1", **ANSWER)
    entry = log.history(report).last()
    assert entry.verb == "reporter.notified"
    assert entry.data == {"stage": "answered", "key": "notice:1:v1", "reply": reply.pk}


@pytest.mark.parametrize("values", [{"key": ""}, {"key": "k", "url": "https://example.com/"},
                                    {"key": "k", "url": "//example.com/"},
                                    {"key": "k", "url": "javascript:alert(1)"}])  # fmt: skip
def test_reply_needs_a_key_and_a_link_of_this_site(report, values: dict) -> None:
    with pytest.raises(ValueError, match="key"):
        create_reply(report, Stage.ANSWERED, **values)
    assert not report.replies.exists()


def test_answer_is_queued_for_the_address_given(report) -> None:
    reply, _ = create_reply(report, Stage.ANSWERED, key="notice:1:v1", **ANSWER)
    message = Message.objects.get()
    assert encryption.decrypt(message.recipient_encrypted) == "me@example.com"
    assert message.dedupe_key == f"reply:{reply.pk}"
    assert ANSWER["body"] in message.body


def test_stages_before_the_answer_send_nothing(report) -> None:
    create_reply(report, Stage.CHECKING, key="stage:checking")
    assert not Message.objects.exists()


def test_correction_is_a_second_message(report) -> None:
    create_reply(report, Stage.ANSWERED, key="notice:1:v1", **ANSWER)
    create_reply(report, Stage.ANSWERED, key="notice:1:v2", **ANSWER)
    first, second = Message.objects.order_by("id")
    assert first.subject != second.subject


def test_answer_without_contact_or_after_its_time_sends_nothing(unit, report) -> None:
    create_reply(submit(Submission(text="Mai nghỉ học")).report, Stage.ANSWERED, key="k", **ANSWER)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        create_reply(report, Stage.ANSWERED, key="k", **ANSWER)
    assert not Message.objects.exists()


def test_answer_for_a_channel_that_is_gone_is_still_stored(report, caplog) -> None:
    Contact.objects.update(channel="fax")
    _reply, created = create_reply(report, Stage.ANSWERED, key="k", **ANSWER)
    assert created
    assert not Message.objects.exists()
    assert "contact_without_channel" in caplog.text


def test_answer_for_an_unreadable_contact_is_still_stored(report, settings, caplog) -> None:
    settings.SEALING_KEY = "another-sealing-key-of-no-value"
    _reply, created = create_reply(report, Stage.ANSWERED, key="k", **ANSWER)
    assert created
    assert not Message.objects.exists()
    assert "contact_cannot_be_opened" in caplog.text
    assert replies.answers(report).count() == 1
