from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from audit.domain import log
from audit.enums import AuditEvent
from factcheck.domain.cases import lifecycle, purging
from factcheck.domain.duplicates import merging, screenshots
from factcheck.domain.editorial import verdicts
from factcheck.enums import CaseStatus, MatchState, Outcome
from factcheck.exceptions import WrongState
from factcheck.models import Case, PendingRemoval, PostingBlock, Wording
from factcheck.tasks import pack_index, purge_closed
from intake.domain import image_text, tesseract
from intake.models import PictureReading
from matching.terms import packed_postings
from matching.terms.index_terms import extract_terms
from matching.terms.packed_postings import term_hash
from tests.factories import Cast, case_at, case_of, submit_report
from tests.intake.sample_images import upload

SECRET = "Bà hiệu trưởng ăn mặc quê mùa quá trời luôn"
WORD = "quê mùa"
QUESTION = "Ai nói ăn hạt dẻ thì học giỏi hơn hẳn đúng không"  # about no unit


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """Moves the clock of purging and retention."""

    def move(days: float) -> None:
        now = timezone.now() + timedelta(days=days)
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    return move


def everywhere(word: str) -> list[str]:
    """Every text column of every table that still holds the word, folded or not, and every column
    of the index that holds the hash of a term with it."""
    needles = (word, "que_mua", "que mua")
    kinds = (models.CharField, models.TextField, models.JSONField)
    places = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, kinds):
                values = model._default_manager.values_list(field.attname, flat=True)
                if any(needle in str(value) for value in values for needle in needles):
                    places.append(f"{model._meta.label}.{field.name}")
    return places + in_the_index(word)


def in_the_index(word: str) -> list[str]:
    hashed = {term_hash(term) for term in extract_terms(word)}
    places = []
    if PostingBlock.objects.filter(term__in=hashed).exists():
        places.append("factcheck.PostingBlock.term")
    for model in (Wording, PendingRemoval):
        stored = (packed_postings.packed_hashes(bytes(row.terms)) for row in model.objects.all())
        if any(not hashed.isdisjoint(row) for row in stored):
            places.append(f"{model._meta.label}.terms")
    return places


@pytest.mark.parametrize(
    "outcome", [Outcome.OPINION, Outcome.PERSONAL, Outcome.SPAM, Outcome.EMERGENCY]
)
def test_text_of_a_closed_case_is_gone_from_every_table(
    cast: Cast, later: Any, outcome: Outcome, settings: Any
) -> None:
    report = submit_report(SECRET, cast.school, question=f"Có {WORD} không?")
    submit_report(SECRET + " nha mọi người trong lớp 3A ơi", cast.school)
    case = lifecycle.take(case_of(report), by=cast.checker)
    verdicts.draft(case, by=cast.checker, claim=SECRET, explanation=SECRET)
    lifecycle.close(case, outcome, by=cast.checker)
    other = Case.objects.exclude(pk=case.pk).get()
    lifecycle.close(other, outcome, by=cast.checker)
    pack_index()
    submit_report(SECRET + " và nói năng thô lỗ nữa", cast.school)  # not packed yet
    third = Case.objects.exclude(pk__in=[case.pk, other.pk]).get()
    lifecycle.close(third, outcome, by=cast.checker)
    assert {
        "intake.Report.text",
        "factcheck.Wording.text",
        "factcheck.Wording.terms",
        "factcheck.PostingBlock.term",
    } <= set(everywhere(WORD))
    later(settings.OPINION_TEXT_DAYS - 0.01)
    purge_closed()
    assert "factcheck.Case.claim" in everywhere(WORD)
    later(0.02)
    purge_closed()
    assert everywhere(WORD) == []
    case.refresh_from_db()
    assert (case.claim, case.outcome) == ("", outcome)
    assert purging.purge_closed(by=None) == 0


def test_words_read_from_a_picture_are_gone_with_it(
    cast: Cast, later: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.READ_PICTURES = True
    monkeypatch.setattr(tesseract, "languages", lambda: "vie")
    monkeypatch.setattr(tesseract, "read", lambda picture: SECRET)
    submit_report(SECRET + " nha", cast.school)
    report = submit_report("", cast.school, images=[upload()])
    image_text.read(report.attachments.get().pk)
    screenshots.match_picture(report)
    pack_index()
    assert report.matches.filter(state="suggested").exists()
    for case in Case.objects.all():
        lifecycle.close(case, Outcome.OPINION, by=cast.checker)
    assert {"intake.PictureReading.text", "factcheck.Wording.text"} <= set(everywhere(WORD))
    later(settings.OPINION_TEXT_DAYS + 1)
    purge_closed()
    assert everywhere(WORD) == []
    assert not PictureReading.objects.exists()
    purged = log.history(report).with_event(AuditEvent.REPORT_PURGED).get()
    assert purged.data["pictures"] == 1


def test_reopened_in_time_keeps_the_text(cast: Cast, later: Any, settings: Any) -> None:
    report = submit_report(SECRET, cast.school)
    case = lifecycle.close(case_of(report), Outcome.OPINION, by=cast.checker)
    report.refresh_from_db()
    assert report.purge_after is not None
    lifecycle.reopen(case, by=cast.checker)
    report.refresh_from_db()
    assert report.purge_after is None
    later(settings.OPINION_TEXT_DAYS + 1)
    purge_closed()
    report.refresh_from_db()
    assert report.text == SECRET


def test_purged_case_cannot_be_reopened(cast: Cast, later: Any, settings: Any) -> None:
    case = case_at(CaseStatus.CLOSED, cast, outcome=Outcome.SPAM, text=SECRET)
    later(settings.OPINION_TEXT_DAYS + 1)
    purge_closed()
    with pytest.raises(WrongState):
        lifecycle.reopen(case, by=cast.checker)


def test_same_text_sent_later_is_linked_and_purged_after_its_own_period(
    cast: Cast, later: Any, settings: Any
) -> None:
    case = case_at(CaseStatus.CLOSED, cast, outcome=Outcome.OPINION, text=SECRET)
    later(settings.OPINION_TEXT_DAYS + 1)
    purge_closed()
    report = submit_report(SECRET, cast.school)
    assert case_of(report) == case
    purge_closed()
    report.refresh_from_db()
    assert report.text == SECRET
    later(settings.OPINION_TEXT_DAYS + 0.1)
    purge_closed()
    assert everywhere(WORD) == []


def test_merged_cases_are_emptied_with_the_closed_one(
    cast: Cast, later: Any, settings: Any
) -> None:
    first = case_of(submit_report(SECRET, cast.school))
    second = case_of(submit_report(SECRET.replace("quá trời", "lắm"), cast.school))
    merging.merge(second, first, by=cast.checker)
    lifecycle.close(first, Outcome.PERSONAL, by=cast.checker)
    later(settings.OPINION_TEXT_DAYS + 1)
    purge_closed()
    assert everywhere(WORD) == []


def test_late_report_with_the_words_of_a_merged_case_is_purged_after_its_own_period(
    cast: Cast, later: Any, settings: Any
) -> None:
    case = case_of(submit_report("Cô giáo ăn mặc xuề xòa quá đi thôi", cast.school))
    part = case_of(submit_report(SECRET, cast.school))
    merging.merge(part, case, by=cast.checker)
    case.refresh_from_db()
    lifecycle.close(case, Outcome.OPINION, by=cast.checker)
    later(settings.OPINION_TEXT_DAYS + 1)
    assert purging.purge_closed(by=None) == 1
    late = submit_report(SECRET, cast.school)
    assert late.matches.get(state=MatchState.CONFIRMED).case == part
    later(settings.OPINION_TEXT_DAYS + 0.1)
    assert purging.purge_closed(by=None) == 1
    assert everywhere(WORD) == []
    assert purging.purge_closed(by=None) == 0


def test_answered_case_keeps_its_texts(cast: Cast, later: Any, settings: Any) -> None:
    case = case_at(CaseStatus.CLOSED, cast, outcome=Outcome.ANSWERED, text=QUESTION)
    later(settings.OPINION_TEXT_DAYS + 1)
    purge_closed()
    case.refresh_from_db()
    assert case.claim == QUESTION


def test_purge_of_a_case_that_is_not_due_writes_nothing(
    cast: Cast, later: Any, settings: Any
) -> None:
    case = case_at(CaseStatus.CLOSED, cast, outcome=Outcome.OPINION, text=SECRET)
    later(settings.OPINION_TEXT_DAYS - 0.1)
    assert purging.purge(case, by=None) is False
    case.refresh_from_db()
    assert case.claim == SECRET
    later(0.2)
    assert purging.purge(case, by=None) is True
    assert purging.purge(case, by=None) is False  # another worker was faster
    assert log.history(case).filter(verb="case.purged").count() == 1
