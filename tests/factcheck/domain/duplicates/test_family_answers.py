"""Only a wording is answered by the machine; what it says stays with its sender."""

import pytest
from django.test import Client

from accounts.enums import Role
from factcheck.act_first import SCAM_ADVICE
from factcheck.domain import notifications
from factcheck.domain.duplicates import family_answers
from factcheck.domain.editorial import scam_families
from factcheck.enums import Rating, Urgency
from intake.domain import replies
from intake.enums import Stage
from intake.models import Reply, Report
from tests.factories import (
    Cast,
    approved_family,
    case_of,
    family_draft,
    make_user,
    published,
    submit_report,
)

MESSAGE = (
    "Em là cô Hương lớp 3B. Bé nhà mình bị ngã cầu thang đang cấp cứu ở BV Nhi đồng 1, chị chuyển "
    "ngay 50 triệu vào STK 0123 456 789"
)
ALIKE = MESSAGE.replace("chuyển ngay", "nhờ ai đó chuyển")


def _answer(report: Report) -> Reply | None:
    return replies.timeline(report).answer


def test_fitting_text_is_answered_at_once_and_waits_in_the_urgent_lane(cast: Cast) -> None:
    family = approved_family(cast)
    report = submit_report(MESSAGE, cast.school)
    answer = _answer(report)
    assert answer is not None
    assert (answer.title, answer.advice, answer.act_first) == (
        family.headline, family.what_to_do, True,
    )  # fmt: skip
    assert answer.verdict == Rating.SCAM
    assert case_of(report).urgency == Urgency.VERY_URGENT


def test_of_the_values_their_sender_reads_the_amount_alone(cast: Cast) -> None:
    approved_family(cast)
    answer = _answer(submit_report(MESSAGE, cast.school))
    assert answer is not None
    assert "50.000.000 đồng" in answer.body
    for value in ("nhi đồng", "hương", "3b", "789"):
        assert value not in answer.body.lower()
    other = _answer(submit_report(MESSAGE.replace("50 triệu", "9 triệu"), cast.school))
    assert other is not None
    assert "50.000.000" not in other.body
    pages = Client().get("/").content.decode() + Client().get("/thong-bao.atom").content.decode()
    assert "nhi đồng 1" not in pages.lower()


@pytest.mark.parametrize(
    "text",
    [
        ALIKE,
        MESSAGE + " ❌",
        "con chi bi nga cau thang dang cap cuu, chuyen ngay 50 trieu vao stk la",
    ],
)
def test_what_is_only_alike_gets_general_advice(cast: Cast, text: str) -> None:
    approved_family(cast)
    report = submit_report(text, cast.school)
    timeline = replies.timeline(report)
    assert timeline.answer is None
    assert timeline.advice is not None
    assert timeline.advice.stage == Stage.RECEIVED
    assert timeline.advice.title == str(SCAM_ADVICE.headline)
    assert case_of(report).urgency == Urgency.VERY_URGENT


def test_text_with_something_else_is_not_answered_by_the_machine(cast: Cast) -> None:
    approved_family(cast)
    report = submit_report(MESSAGE, cast.school, url="https://example.vn/mot-trang")
    assert _answer(report) is None
    assert replies.timeline(report).advice is not None


def test_scam_without_a_family_gets_general_advice_too(cast: Cast) -> None:
    report = submit_report("Con chị đang cấp cứu, chuyển khoản gấp 50 triệu", cast.school)
    assert replies.timeline(report).advice is not None
    ordinary = submit_report("Mai trường có nghỉ học vì mất điện không?", cast.school)
    assert replies.timeline(ordinary).advice is None


def test_draft_retired_family_and_another_unit_answer_nobody(cast: Cast) -> None:
    family = approved_family(cast)
    assert _answer(submit_report(MESSAGE, cast.sibling)) is None
    scam_families.propose_retirement(family, reason="x", by=cast.checker)
    scam_families.retire(family, by=cast.own_reviewer)
    family_draft(cast)
    assert _answer(submit_report(MESSAGE.replace("50", "60"), cast.school)) is None


def test_family_above_answers_for_the_school(cast: Cast) -> None:
    family = family_draft(cast, unit=cast.so, by=cast.overseer)
    scam_families.submit(family, by=cast.overseer)
    scam_families.approve(family, by=make_user(Role.REVIEWER, cast.so))
    assert _answer(submit_report(MESSAGE, cast.school)) is not None


def test_published_answer_is_not_replaced(cast: Cast) -> None:
    approved_family(cast)
    published(cast, rating=Rating.SCAM, text=MESSAGE)
    again = _answer(submit_report(MESSAGE, cast.school))
    assert again is not None
    assert again.url


def test_answer_of_people_after_the_machine_is_no_correction(cast: Cast) -> None:
    approved_family(cast)
    report = submit_report(MESSAGE, cast.school)
    published(cast, rating=Rating.SCAM, text=MESSAGE)
    notifications.notify_reporters(case_of(report))
    timeline = replies.timeline(report)
    assert timeline.answer is not None
    assert timeline.answer.url
    assert not timeline.is_corrected


def test_second_run_answers_once(cast: Cast) -> None:
    approved_family(cast)
    report = submit_report(MESSAGE, cast.school)
    family_answers.respond(report, case_of(report))
    assert report.replies.filter(act_first=True).count() == 1


def test_form_says_what_to_do_before_anything_is_sent(cast: Cast) -> None:
    family = family_draft(cast, unit=cast.so, by=cast.overseer)
    scam_families.submit(family, by=cast.overseer)
    scam_families.approve(family, by=make_user(Role.REVIEWER, cast.so))
    assert family_answers.notes_for(MESSAGE)[0] == family.headline
    assert family_answers.notes_for(ALIKE)[0] == str(SCAM_ADVICE.headline)
    assert family_answers.notes_for("Mai trường có nghỉ học vì mất điện không?") == ()
    page = Client().post("/gui/goi-y/", {"text": MESSAGE}).content.decode()
    assert page.index(family.headline) < page.index("bằng số đã lưu trong máy")
    assert "0123" not in page
