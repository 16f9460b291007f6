import pytest

from intake.domain import replies
from intake.domain.answer_email import compose
from intake.domain.reports import SubmissionResult, submit
from intake.domain.submissions import Submission
from intake.enums import Stage
from intake.models import Reply
from tests.intake.domain.test_replies import ANSWER


def reply_to(language: str) -> tuple[SubmissionResult, Reply]:
    sent = Submission(text="Tin đồn rất riêng", question="Hỏi riêng", language=language)
    receipted = submit(sent)
    return receipted, replies.create_reply(receipted.report, Stage.ANSWERED, key="k", **ANSWER)[0]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_letter_holds_verdict_truth_advice_and_link(unit, settings, language: str) -> None:
    settings.SITE_URL = "https://kiemtin.example"
    letter = compose(reply_to(language)[1], is_correction=False)
    for words in (ANSWER["verdict_label"], ANSWER["title"], ANSWER["body"], ANSWER["advice"]):
        assert words in letter.body
    assert "https://kiemtin.example/thong-bao/di-hoc/" in letter.body
    assert "90" in letter.body


def test_letter_never_holds_receipt_or_what_was_asked(unit) -> None:
    receipted, reply = reply_to("vi")
    letter = compose(reply, is_correction=True)
    for secret in (receipted.receipt, receipted.receipt[:4], "rất riêng", "Hỏi riêng"):
        assert secret not in letter.subject + letter.body


def test_subject_is_one_line_whatever_the_title(unit) -> None:
    report = submit(Submission(text="x")).report
    reply, _ = replies.create_reply(report, Stage.ANSWERED, key="k", title="a\r\nBcc: x@y.vn")
    letter = compose(reply, is_correction=False)
    assert "\n" not in letter.subject
    assert "Bcc" not in letter.subject


def test_letter_without_link_or_verdict_leaves_those_lines_out(unit) -> None:
    report = submit(Submission(text="x")).report
    reply, _ = replies.create_reply(report, Stage.ANSWERED, key="k", body="Đây là ý kiến.")
    body = compose(reply, is_correction=False).body
    assert "http" not in body
    assert "Đây là ý kiến." in body
