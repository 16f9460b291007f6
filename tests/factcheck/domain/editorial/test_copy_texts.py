"""Words of copies: read in the background where that takes time, and never a crash."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from factcheck import tasks
from factcheck.domain.editorial import archives, copy_pages, copy_texts
from factcheck.enums import CaseStatus, QuoteMatch
from factcheck.exceptions import ValidationError
from factcheck.models import CopyText, Evidence
from intake.domain import files, image_text, tesseract
from intake.enums import ReadingState
from tests.factories import QUOTE, Cast, add_evidence, case_at


def _picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "PNG")
    return SimpleUploadedFile("a.png", out.getvalue(), content_type="image/png")


@pytest.fixture
def scanned(cast: Cast) -> Evidence:
    return add_evidence(case_at(CaseStatus.CHECKING, cast), cast.checker, upload=_picture())


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_text, "available", lambda: True)
    monkeypatch.setattr(tesseract, "read", lambda image: f"Kính gửi.\n{QUOTE}")


def test_picture_waits_and_is_read_once(scanned: Evidence, reads: None) -> None:
    assert CopyText.objects.get().state == ReadingState.WAITING
    assert copy_texts.read(scanned.pk)
    row = CopyText.objects.get()
    assert (row.state, row.quote_match) == (ReadingState.READ, QuoteMatch.WHOLE)
    assert row.text[row.quote_start : row.quote_end] == QUOTE
    assert not copy_texts.read(scanned.pk)


def test_picture_waits_for_a_machine_that_can_read(scanned: Evidence) -> None:
    assert not copy_texts.read(scanned.pk)
    assert CopyText.objects.get().tries == 0


def test_sweeps_enqueue_what_waits_where_it_can_be_read(
    scanned: Evidence, reads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(tasks, "enqueue", lambda name, *args: sent.append((name, *args)))
    CopyText.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    tasks.sweep_copies()
    assert sent == []
    tasks.sweep_picture_copies()
    assert sent == [("factcheck.read_picture_copy", scanned.pk)]
    CopyText.objects.update(needs_ocr=False)  # as migrated, before anyone looked
    tasks.sweep_copies()
    assert sent[1:] == [("factcheck.read_copy", scanned.pk)]


def test_picture_that_ends_every_reading_is_marked(
    scanned: Evidence, reads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(image: object) -> str:
        raise tesseract.Unreadable("exit code 1")

    monkeypatch.setattr(tesseract, "read", fail)
    for _try in range(copy_texts.MAX_TRIES + 1):
        assert not copy_texts.read(scanned.pk)
    row = CopyText.objects.get()
    assert (row.state, bool(row.error)) == (ReadingState.FAILED, True)


def test_file_that_was_replaced_is_noticed(cast: Cast) -> None:
    """Also when the words were read and the quotation found before."""
    item = add_evidence(case_at(CaseStatus.CHECKING, cast), cast.checker)
    assert copy_pages.picture(item, 0).startswith(b"\x89PNG")
    path = files.media_path(item.archive_path)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ValidationError, match="SHA-256"):
        archives.read_stored(item)
    with pytest.raises(ValidationError, match="SHA-256"):
        copy_pages.picture(item, 0)
    path.unlink()
    with pytest.raises(ValidationError):
        archives.read_stored(item)


def test_existing_copy_is_read_in_the_background(cast: Cast) -> None:
    """As migration 0023 leaves it."""
    item = add_evidence(case_at(CaseStatus.CHECKING, cast), cast.checker)
    row = CopyText(evidence=item, state=ReadingState.WAITING)
    fields = copy_texts._fields_of_stored(row)
    assert fields["quote_match"] == QuoteMatch.WHOLE
    place = fields["quote_start"], fields["quote_end"]
    assert [number for number, _words in copy_texts.pages_of(fields["text"], *place)] == [0]
