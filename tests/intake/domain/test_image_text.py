import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from PIL import Image

from intake import tasks
from intake.domain import files, image_text, reports, tesseract
from intake.domain.reports import submit
from intake.domain.submissions import Submission
from intake.enums import ReadingState
from intake.models import Attachment, PictureReading, Report
from intake.signals import screenshot_read
from tests.intake import sample_images


@pytest.fixture
def reader(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[Image.Image]:
    """A program that reads "Nghỉ học" everywhere; the screenshots it was given."""
    settings.READ_PICTURES = True
    given: list[Image.Image] = []

    def read(screenshot: Image.Image) -> str:
        given.append(screenshot)
        return " Nghỉ\u200b học "

    monkeypatch.setattr(tesseract, "languages", lambda: "vie")
    monkeypatch.setattr(tesseract, "read", read)
    return given


def sent(*images: Image.Image) -> Report:
    uploads = [sample_images.upload(sample_images.encoded("PNG", image)) for image in images]
    return submit(Submission(images=uploads)).report


def only() -> PictureReading:
    return PictureReading.objects.get()


def test_a_report_leaves_a_waiting_row_for_each_picture(unit) -> None:
    report = sent(sample_images.noise(), sample_images.noise())
    waiting = PictureReading.objects.filter(attachment__report=report)
    assert [row.state for row in waiting] == ["waiting", "waiting"]
    submit(Submission(text="Không có ảnh"))
    assert PictureReading.objects.count() == 2


def test_a_picture_is_read_once_and_announced(unit, reader) -> None:
    report = sent(sample_images.chat())
    announced: list[int] = []

    def note(sender: object, *, report_id: int, **kwargs: Any) -> None:
        announced.append(report_id)

    screenshot_read.connect(note)
    assert image_text.read(only().pk)
    assert not image_text.read(only().pk)
    screenshot_read.disconnect(note)
    reading = only()
    assert (reading.state, reading.text, reading.tries) == (ReadingState.READ, "Nghỉ học", 1)
    assert len(reading.perceptual_hash) == 16
    assert reading.read_at is not None
    assert len(reader) == 1
    assert list(image_text.readings_for(report)) == [reading]
    assert image_text.perceptual_hashes([report.pk]) == [reading.perceptual_hash]


def test_nothing_is_announced_when_the_transaction_fails(unit, reader) -> None:
    sent(sample_images.chat())
    announced: list[int] = []

    def note(sender: object, *, report_id: int, **kwargs: Any) -> None:
        announced.append(report_id)

    screenshot_read.connect(note)
    with transaction.atomic():
        image_text.read(only().pk)
        transaction.set_rollback(True)
    screenshot_read.disconnect(note)
    assert announced == []
    assert only().state == ReadingState.WAITING


def test_words_are_capped(unit, reader, monkeypatch) -> None:
    monkeypatch.setattr(tesseract, "read", lambda screenshot: "ộ " * 9_000)
    sent(sample_images.noise())
    image_text.read(only().pk)
    assert 4_990 < len(only().text) <= image_text.TEXT_LIMIT


def test_a_large_picture_is_read_smaller_and_a_small_one_as_it_is(unit, reader) -> None:
    sent(Image.new("L", (3_000, 3_000), 200))
    sent(Image.new("L", (300, 200), 200))
    for row in PictureReading.objects.order_by("pk"):
        image_text.read(row.pk)
    assert reader[0].width * reader[0].height <= 4_000_000
    assert abs(reader[0].width - reader[0].height) <= 1
    assert reader[1].size == (300, 200)
    assert {screenshot.mode for screenshot in reader} == {"L"}


def test_a_transparent_picture_is_read_on_white(unit, reader) -> None:
    sent(Image.new("RGBA", (40, 40), (0, 0, 0, 0)))
    image_text.read(only().pk)
    assert reader[0].getpixel((5, 5)) == 255


def test_an_upright_picture_stays_upright(unit, reader) -> None:
    data = sample_images.encoded(
        "JPEG", sample_images.noise(60, 40), exif=sample_images.exif_with_gps(6)
    )
    submit(Submission(images=[sample_images.upload(data)]))
    image_text.read(only().pk)
    assert reader[0].size == (40, 60)  # intake turned it and left no EXIF to turn it again


@pytest.mark.parametrize("error", [OSError, ValueError, tesseract.Unreadable])
def test_a_picture_that_cannot_be_read_is_given_up_after_three_tries(
    unit, reader, monkeypatch, error
) -> None:
    def fail(screenshot: Image.Image) -> str:
        raise error

    monkeypatch.setattr(tesseract, "read", fail)
    sent(sample_images.noise())
    states = []
    for _ in range(4):
        assert not image_text.read(only().pk)
        states.append((only().state, only().tries))
    assert states == [("waiting", 1), ("waiting", 2), ("failed", 3), ("failed", 3)]


def test_a_picture_that_kills_its_reader_is_given_up(unit, reader) -> None:
    sent(sample_images.noise())
    PictureReading.objects.update(tries=3)  # as after three deaths
    assert not image_text.read(only().pk)
    assert only().state == ReadingState.FAILED
    assert reader == []


def test_a_file_that_is_gone_counts_as_a_try(unit, reader) -> None:
    report = sent(sample_images.noise())
    files.remove_folder(report.media_prefix)
    assert not image_text.read(only().pk)
    assert only().tries == 1


@pytest.mark.parametrize("switched", [True, False])
def test_without_a_program_pictures_wait_untried(unit, settings, monkeypatch, switched) -> None:
    settings.READ_PICTURES = switched
    monkeypatch.setattr(tesseract, "languages", lambda: "" if switched else "vie")
    sent(sample_images.noise())
    assert not image_text.available()
    assert not image_text.read(only().pk)
    assert (only().state, only().tries) == (ReadingState.WAITING, 0)


def test_a_purge_deletes_the_reading_also_while_it_is_computed(unit, reader, monkeypatch) -> None:
    report = sent(sample_images.noise())

    def purge(screenshot: Image.Image) -> str:
        reports.purge_text(report, by=None)
        return "Nghỉ học"

    monkeypatch.setattr(tesseract, "read", purge)
    assert not image_text.read(only().pk)
    assert not PictureReading.objects.exists()
    assert not Attachment.objects.exists()


def test_sweep_enqueues_old_pictures_where_they_can_be_read(
    unit, reader, monkeypatch, settings
) -> None:
    handed: list[int] = []
    monkeypatch.setattr(tasks, "enqueue", lambda task, pk: handed.append(pk))
    sent(sample_images.noise())
    tasks.sweep_pictures()
    assert handed == []
    PictureReading.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    tasks.sweep_pictures()
    assert handed == [only().pk]
    settings.READ_PICTURES = False
    tasks.sweep_pictures()
    assert handed == [only().pk]
    settings.READ_PICTURES = True
    tasks.read_picture(only().pk)
    tasks.sweep_pictures()
    assert handed == [only().pk]


def test_unmatched_readings_are_found_until_they_are_matched(unit, reader) -> None:
    report = sent(sample_images.noise())
    image_text.read(only().pk)
    assert list(image_text.unmatched(timedelta(minutes=1))) == []
    assert list(image_text.unmatched(timedelta(0))) == [report]
    image_text.mark_matched(image_text.readings_for(report))
    assert list(image_text.unmatched(timedelta(0))) == []
    assert only().matched_at is not None


def test_submitting_a_report_does_not_read_its_pictures(unit, settings, monkeypatch) -> None:
    settings.READ_PICTURES = True

    def slow(screenshot: Image.Image) -> str:
        time.sleep(30)
        return ""

    monkeypatch.setattr(tesseract, "read", slow)
    started = time.monotonic()
    sent(sample_images.noise())
    assert time.monotonic() - started < 5


def test_a_drawn_chat_is_read_by_the_real_program(unit, ocr) -> None:
    sent(sample_images.chat())
    assert image_text.read(only().pk)
    assert only().text.replace("\n", " ") == sample_images.CHAT
