import pytest

from channels.email.channel import EmailChannel
from intake.domain import replies
from intake.domain.answer_message import compose
from intake.domain.reports import SubmissionResult, submit
from intake.domain.submissions import Submission
from intake.enums import Stage
from intake.models import Reply
from tests.intake.domain.test_replies import ANSWER

EMAIL = EmailChannel()


def reply_to(language: str) -> tuple[SubmissionResult, Reply]:
    sent = Submission(text="Tin đồn rất riêng", question="Hỏi riêng", language=language)
    result = submit(sent)
    return result, replies.create_reply(result.report, Stage.ANSWERED, key="k", **ANSWER)[0]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_message_contains_verdict_truth_advice_and_link(unit, settings, language: str) -> None:
    settings.SITE_URL = "https://kiemtin.example"
    message = compose(reply_to(language)[1], EMAIL, is_correction=False)
    for words in (ANSWER["verdict_label"], ANSWER["title"], ANSWER["body"], ANSWER["advice"]):
        assert words in message.body
    assert "https://kiemtin.example/thong-bao/di-hoc/" in message.body
    assert "90" in message.body


def test_message_never_contains_receipt_or_what_was_asked(unit) -> None:
    result, reply = reply_to("vi")
    message = compose(reply, EMAIL, is_correction=True)
    for secret in (result.receipt, result.receipt[:4], "rất riêng", "Hỏi riêng"):
        assert secret not in message.subject + message.body


def test_subject_is_one_line_whatever_the_title(unit) -> None:
    report = submit(Submission(text="Mai nghỉ học")).report
    reply, _ = replies.create_reply(report, Stage.ANSWERED, key="k", title="a\r\nBcc: x@y.vn")
    message = compose(reply, EMAIL, is_correction=False)
    assert "\n" not in message.subject
    assert "Bcc" not in message.subject


def test_message_without_link_or_verdict_leaves_those_lines_out(unit) -> None:
    report = submit(Submission(text="Mai nghỉ học")).report
    reply, _ = replies.create_reply(report, Stage.ANSWERED, key="k", body="Đây là ý kiến.")
    body = compose(reply, EMAIL, is_correction=False).body
    assert "http" not in body
    assert "Đây là ý kiến." in body
