"""Words read from screenshots are indexed and suggest cases, and never link."""

from typing import Any

import pytest
from django.test import TestCase
from PIL import Image

from audit.domain import log
from factcheck import tasks
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import matches, merging, screenshots, suggested_pairs
from factcheck.domain.index import wordings
from factcheck.enums import CaseStatus, MatchState, Outcome
from factcheck.models import Match, Wording
from intake.domain import image_text, reports, tesseract
from intake.models import PictureReading, Report
from matching.scoring.ranking import Query
from tests.factories import RUMOUR, Cast, case_of, published, submit_report
from tests.intake.sample_images import chat, encoded, noise, upload

OTHER_DATES = RUMOUR.replace("28/11/2031", "30/11/2031")


@pytest.fixture(autouse=True)
def reader(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.READ_PICTURES = True
    monkeypatch.setattr(tesseract, "languages", lambda: "vie")


def with_picture(
    words: str, cast: Cast, monkeypatch: pytest.MonkeyPatch, text: str = "", *, match: bool = True,
    picture: Image.Image | None = None,
) -> Report:  # fmt: skip
    """A report with a picture in which these words are read."""
    monkeypatch.setattr(tesseract, "read", lambda grey: words)
    data = encoded("PNG", picture or noise())
    report = submit_report(text, cast.school, match=match, images=[upload(data)])
    for reading in PictureReading.objects.filter(attachment__report=report):
        image_text.read(reading.pk)
    return report


def suggested(report: Report) -> list[Match]:
    return list(report.matches.filter(state=MatchState.SUGGESTED))


def test_a_picture_alone_finds_its_published_answer(cast: Cast, monkeypatch) -> None:
    version = published(cast)
    report = with_picture("Nhóm phụ huynh 42 thành viên\n" + RUMOUR, cast, monkeypatch)
    assert suggested(report) == []
    made = screenshots.match_picture(report)
    assert [match.case_id for match in made] == [version.notice.case_id]
    assert made[0].explanation["from_picture"] is True
    case = case_of(report)
    assert [pair.case.pk for pair in suggested_pairs.suggestions_for(case)] == [
        version.notice.case_id
    ]
    assert case.status == CaseStatus.NEW


def test_the_very_same_words_are_suggested_not_linked(cast: Cast, monkeypatch) -> None:
    first = case_of(submit_report(RUMOUR, cast.school))
    report = with_picture(RUMOUR, cast, monkeypatch)
    screenshots.match_picture(report)
    assert case_of(report) != first
    assert [match.case for match in suggested(report)] == [first]


def test_typed_words_find_a_picture_and_are_not_linked_either(cast: Cast, monkeypatch) -> None:
    pictured = with_picture(RUMOUR, cast, monkeypatch)
    screenshots.match_picture(pictured)
    typed = submit_report(RUMOUR, cast.school)
    assert case_of(typed) != case_of(pictured)
    assert [match.case for match in suggested(typed)] == [case_of(pictured)]
    assert suggested(typed)[0].explanation["from_picture"] is True
    again = submit_report(RUMOUR, cast.school)  # a typed wording is there by now
    assert case_of(again) == case_of(typed)


def test_a_bare_link_is_not_linked_to_a_picture_that_shows_it(cast: Cast, monkeypatch) -> None:
    link = "https://qua-tang.example/dang-ky"
    pictured = with_picture(f"Nhận quà cho học sinh tại {link} nhé", cast, monkeypatch)
    screenshots.match_picture(pictured)
    bare = submit_report("", cast.school, url=link)
    assert case_of(bare) != case_of(pictured)


def test_words_are_indexed_once(cast: Cast, monkeypatch) -> None:
    report = with_picture(RUMOUR, cast, monkeypatch)
    for _ in range(2):
        screenshots.match_picture(report)
    wording = Wording.objects.get(from_picture=True)
    assert (wording.report, wording.case, wording.text) == (report, case_of(report), RUMOUR)
    assert case_of(report).pk in {candidate.key for candidate in wordings.candidates(Query(RUMOUR))}
    assert PictureReading.objects.get().matched_at is not None


def test_twice_makes_no_second_suggestion(cast: Cast, monkeypatch) -> None:
    submit_report(RUMOUR, cast.school)
    report = with_picture(RUMOUR, cast, monkeypatch)
    screenshots.match_picture(report)
    screenshots.match_picture(report)
    assert len(suggested(report)) == 1


def test_a_picture_read_before_its_report_is_matched_waits_for_that(
    cast: Cast, monkeypatch
) -> None:
    submit_report(RUMOUR, cast.school)
    report = with_picture(RUMOUR, cast, monkeypatch, match=False)
    screenshots.match_picture(report)
    report.refresh_from_db()
    assert report.matched_at is not None
    assert len(suggested(report)) == 1


def test_rejected_pair_is_not_suggested_again_by_a_picture(cast: Cast, monkeypatch) -> None:
    submit_report(RUMOUR, cast.school)
    report = with_picture(RUMOUR, cast, monkeypatch)
    screenshots.match_picture(report)
    matches.reject(suggested(report)[0], by=cast.checker)
    screenshots.match_picture(report)
    again = with_picture(RUMOUR + " nhé", cast, monkeypatch, text="Ảnh này có thật không cả nhà?")
    case = merging.merge(case_of(again), case_of(report), by=cast.checker)
    screenshots.match_picture(again)
    assert suggested(report) == []
    assert suggested(again) == []
    assert case.status == CaseStatus.MERGED


def test_a_decided_case_gets_the_wording_and_no_suggestion(cast: Cast, monkeypatch) -> None:
    submit_report(RUMOUR, cast.school)
    report = with_picture(RUMOUR, cast, monkeypatch)
    lifecycle.close(case_of(report), Outcome.SPAM, by=cast.checker)
    screenshots.match_picture(report)
    assert Wording.objects.filter(from_picture=True).exists()
    assert suggested(report) == []


def test_a_picture_without_words_changes_nothing(cast: Cast, monkeypatch) -> None:
    submit_report(RUMOUR, cast.school)
    report = with_picture("", cast, monkeypatch)
    assert screenshots.match_picture(report) == []
    assert not Wording.objects.filter(from_picture=True).exists()


def test_similar_pictures_are_marked_on_suggestions_and_suggest_nothing_themselves(
    cast: Cast, monkeypatch
) -> None:
    template = chat("Thông báo khẩn của nhà trường")
    first = with_picture("Quán nước đầu ngõ bán kẹo lạ", cast, monkeypatch, picture=template)
    screenshots.match_picture(first)
    other = with_picture("Học phí kỳ hai tăng gấp ba lần", cast, monkeypatch, picture=template)
    assert screenshots.match_picture(other) == []
    same = with_picture(RUMOUR, cast, monkeypatch, OTHER_DATES, picture=template)
    later = with_picture(RUMOUR, cast, monkeypatch, picture=template)
    screenshots.match_picture(same)
    made = screenshots.match_picture(later)
    assert [match.case for match in made] == [case_of(same)]
    assert made[0].explanation["alike_look"] is True
    noisy = with_picture(RUMOUR, cast, monkeypatch, picture=noise(300, 200))
    assert all("alike_look" not in match.explanation for match in screenshots.match_picture(noisy))


def test_words_go_with_the_report_that_is_split_off(cast: Cast, monkeypatch) -> None:
    first = submit_report(OTHER_DATES, cast.school)
    report = with_picture(RUMOUR, cast, monkeypatch, OTHER_DATES)
    screenshots.match_picture(report)
    assert case_of(report) == case_of(first)
    new = merging.split(report, by=cast.checker)
    assert Wording.objects.get(from_picture=True).case == new


def test_a_purged_report_is_left_alone(cast: Cast, monkeypatch) -> None:
    report = with_picture(RUMOUR, cast, monkeypatch)
    reports.purge_text(report, by=None)
    report.refresh_from_db()
    assert screenshots.match_picture(report) == []
    tasks.match_picture(987654)
    assert not Wording.objects.filter(from_picture=True).exists()


def test_a_read_picture_is_enqueued_and_swept_when_the_message_is_lost(
    cast: Cast, monkeypatch, settings
) -> None:
    handed: list[tuple[str, int]] = []
    monkeypatch.setattr("factcheck.receivers.enqueue", lambda name, pk: handed.append((name, pk)))
    submit_report(RUMOUR, cast.school)
    with TestCase.captureOnCommitCallbacks(execute=True):
        report = with_picture(RUMOUR, cast, monkeypatch)
    assert (tasks.match_picture.name, report.pk) in handed
    tasks.sweep_pictures()
    assert suggested(report) == []  # younger than a minute
    PictureReading.objects.update(read_at="2026-01-01T00:00Z")
    tasks.sweep_pictures()
    assert len(suggested(report)) == 1
    tasks.match_picture(report.pk)
    assert len(suggested(report)) == 1


def test_a_failing_picture_does_not_stop_the_next(cast: Cast, monkeypatch) -> None:
    broken = with_picture(RUMOUR, cast, monkeypatch)
    fine = with_picture(OTHER_DATES, cast, monkeypatch)
    PictureReading.objects.update(read_at="2026-01-01T00:00Z")
    real = screenshots.match_picture

    def fail(report: Report) -> list[Match]:
        if report.pk == broken.pk:
            raise RuntimeError
        return real(report)

    monkeypatch.setattr(screenshots, "match_picture", fail)
    tasks.sweep_pictures()
    done = PictureReading.objects.filter(matched_at__isnull=False)
    assert [reading.attachment.report_id for reading in done] == [fine.pk]


def test_words_of_a_picture_make_its_case_urgent(cast: Cast, monkeypatch) -> None:
    words = "Thử thách nín thở trên TikTok\nlớp con có bạn ngất phải đi cấp cứu"
    report = with_picture(words, cast, monkeypatch, "tin này đúng không ạ")
    case = case_of(report)
    assert case.urgency == 3
    screenshots.match_picture(report)
    case.refresh_from_db()
    assert (case.urgency, case.urgency_reason) == (2, "safety")


def test_a_picture_alone_gives_its_case_a_title_without_the_chrome(cast: Cast, monkeypatch) -> None:
    words = "20:41 Viettel 4G 87%\nNhóm phụ huynh 42 thành viên\nTrường thu 300k tiền quạt"
    report = with_picture(words, cast, monkeypatch, "đúng không ạ")
    screenshots.match_picture(report)
    case = case_of(report)
    assert case.claim == "Trường thu 300k tiền quạt"
    assert not case.claim_written
    assert log.history(case).last().verb == "case.titled"


def test_words_of_a_picture_never_replace_what_was_typed(cast: Cast, monkeypatch) -> None:
    report = with_picture("Trường thu 300k tiền quạt", cast, monkeypatch, "Lớp 2A phải nộp gì?")
    screenshots.match_picture(report)
    assert case_of(report).claim == "Lớp 2A phải nộp gì?"


def test_chrome_alone_gives_no_suggestions(cast: Cast, monkeypatch) -> None:
    chrome = "20:41 Viettel 4G 87%\nNhóm phụ huynh 42 thành viên\nĐã xem"
    for _ in range(2):
        report = with_picture(chrome, cast, monkeypatch)
        assert screenshots.match_picture(report) == []
        assert not Wording.objects.filter(report=report, from_picture=True).exists()
