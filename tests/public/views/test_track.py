import pytest

from intake.domain import contacts, image_text, receipts, replies
from intake.domain.notice_suggestions import FormAnswer
from intake.domain.reply_keys import ReplyKey
from intake.domain.reports import SubmissionResult, submit
from intake.domain.submissions import Submission
from intake.enums import Stage
from public.presenters import picture_words
from tests.intake.conftest import NOTICE
from tests.intake.domain.test_replies import ANSWER

pytestmark = pytest.mark.django_db
URL = "/tra-cuu/"


@pytest.fixture
def result(unit) -> SubmissionResult:
    return submit(
        Submission(text="Nội dung rất riêng", url="https://example.com/rieng", question="Hỏi riêng",
                   contact=contacts.from_email("me@example.com"))
    )  # fmt: skip


def look_up(client, code: str):
    return client.post(URL, {"code": code})


def test_page_has_a_form_that_posts_and_scripts_that_read_the_fragment(client) -> None:
    page = client.get(URL)
    html = page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert f'action="{URL}" method="post"' in html
    assert "data-from-fragment" in html


@pytest.mark.parametrize("form", [receipts.pretty, str.lower, lambda code: "-".join(code)])
def test_new_report_shows_its_stage(client, result, form) -> None:
    page = look_up(client, form(result.receipt))
    html = page.content.decode()
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert html.count('class="is-next"') == 3
    assert html.count('aria-current="step"') == 1
    assert "kt-answer" not in html


def test_answer_shows_verdict_truth_advice_and_link(client, result) -> None:
    replies.create_reply(result.report, Stage.ANSWERED, key="notice:1:v1", **ANSWER)
    html = look_up(client, result.receipt).content.decode()
    for words in (ANSWER["title"], ANSWER["body"], ANSWER["advice"], "kt-v-false", "Sai"):
        assert words in html
    assert f'href="{ANSWER["url"]}"' in html
    assert "kt-corr" not in html


def test_corrected_answer_says_so_and_shows_the_latest(client, result) -> None:
    replies.create_reply(result.report, Stage.ANSWERED, key="notice:1:v1", **ANSWER)
    corrected = {**ANSWER, "title": "Bản đã đính chính", "body": "Chỉ năm xã."}
    replies.create_reply(result.report, Stage.ANSWERED, key="notice:1:v2", **corrected)
    html = look_up(client, result.receipt).content.decode()
    assert "kt-corr" in html
    assert "Chỉ năm xã." in html
    assert ANSWER["body"] not in html


def test_answer_without_verdict_or_notice_is_shown_plainly(client, result) -> None:
    replies.create_reply(
        result.report, Stage.ANSWERED, key="outcome:opinion", body="Đây là ý kiến."
    )
    html = look_up(client, result.receipt).content.decode()
    assert "Đây là ý kiến." in html
    assert "kt-verdict" not in html
    assert "kt-details" not in html  # nothing published that could be reconsidered


def test_page_never_shows_what_was_sent(client, result) -> None:
    replies.create_reply(result.report, Stage.ANSWERED, key="notice:1:v1", **ANSWER)
    html = look_up(client, result.receipt).content.decode()
    for secret in ("rất riêng", "example.com/rieng", "Hỏi riêng", "me@example.com"):
        assert secret not in html


def test_reply_is_shown_as_plain_text(client, result) -> None:
    replies.create_reply(result.report, Stage.ANSWERED, key="k", title="<b>x</b>", body="<script>")
    html = look_up(client, result.receipt).content.decode()
    assert "<script>" not in html
    assert "<b>x</b>" not in html


@pytest.mark.parametrize(
    "code", ["7K3M 29QD XV5T 8HNC 4RWE 6PJA", "", "xin chào", "\0", "1" * 9999]
)
def test_unknown_code_says_what_to_check_on_the_same_page(client, result, code: str) -> None:
    page = look_up(client, code)
    html = page.content.decode()
    assert page.status_code == 404
    assert "kt-error" in html
    assert 'aria-invalid="true"' in html
    assert "kt-steps" not in html
    assert page["Cache-Control"] == "private, no-store"


def test_code_in_the_address_is_not_looked_up(client, result) -> None:
    html = client.get(URL, {"code": result.receipt}).content.decode()
    assert "kt-steps" not in html


def test_code_of_one_report_shows_nothing_of_another(client, result) -> None:
    other = submit(Submission(text="Tin khác"))
    replies.create_reply(other.report, Stage.ANSWERED, key="k", title="Câu trả lời của người khác")
    assert "của người khác" not in look_up(client, result.receipt).content.decode()


@pytest.mark.parametrize("answers", [1, 3])
def test_lookup_costs_two_queries(client, result, answers, django_assert_num_queries) -> None:
    for number in range(1, answers + 1):
        replies.create_reply(
            result.report, Stage.ANSWERED, key=ReplyKey.for_notice(1, number), **ANSWER
        )
    with django_assert_num_queries(2):
        look_up(client, result.receipt)


def test_words_in_a_picture_are_offered_as_a_question_until_there_is_an_answer(
    client, result, monkeypatch
) -> None:
    words = "Trường thu 300k tiền quạt của mỗi em"
    monkeypatch.setattr(image_text, "words_of_pictures", lambda report: words)
    monkeypatch.setattr(
        picture_words,
        "suggest",
        lambda text: FormAnswer([NOTICE]) if text == words else FormAnswer(),
    )
    html = look_up(client, result.receipt).content.decode()
    assert 'id="trong-anh"' in html
    assert NOTICE.claim in html
    assert words not in html  # whoever finds a receipt must not read what was sent
    replies.create_reply(result.report, Stage.ANSWERED, key="notice:1:v1", **ANSWER)
    assert 'id="trong-anh"' not in look_up(client, result.receipt).content.decode()


def test_picture_of_somebody_in_danger_shows_whom_to_call(client, result, monkeypatch) -> None:
    words = "Cứu em với, em đang bị nhốt trong kho"
    monkeypatch.setattr(image_text, "words_of_pictures", lambda report: words)
    assert "tel:111" in look_up(client, result.receipt).content.decode()


def test_objection_is_noted_and_changes_no_answer(client, result) -> None:
    replies.create_reply(
        result.report, Stage.ANSWERED, key="notice:1:v1", claim="Tin đã kiểm", **ANSWER
    )
    html = look_up(client, result.receipt).content.decode()
    assert "Tin đã kiểm" in html
    assert "Không phải tin tôi hỏi" in html
    page = client.post("/tra-cuu/", {"code": result.receipt, "step": "objection"})
    html = page.content.decode()
    assert "Không phải tin tôi hỏi" not in html
    assert ANSWER["title"] in html
    assert result.report.replies.filter(key__startswith="objected:").count() == 1
