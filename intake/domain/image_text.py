"""Image text: what OCR reads from the screenshots of reports, and their perceptual hashes.

Optional and in the background: submitting a report only creates a pending row. A reading is
computed from the screenshot, can be computed again, and is deleted with it. Nothing here decides
anything.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from PIL import Image

from intake.domain import files, tesseract
from intake.domain.images import FORMATS
from intake.enums import ReadingState
from intake.models import Attachment, PictureReading, Report
from intake.models.report import TEXT_LIMIT
from intake.signals import screenshot_read
from matching.image_hash import SIDE, perceptual_hash
from matching.text.normalisation import clean
from matching.text.phone_chrome import strip_chrome

log = structlog.get_logger("intake")

PIXELS = 4_000_000  # read at most; 16 million take 19 seconds instead of 4
MAX_TRIES = 3
_MIN_TURNED = 200  # pixels; smaller pictures hold too few lines to tell which way they run
# Degrees clockwise; Pillow's turns are counter-clockwise.
_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def available() -> bool:
    """Whether OCR runs on this machine: switched on, and Tesseract with Vietnamese is there."""
    return bool(settings.READ_PICTURES and tesseract.languages())


def create_pending(screenshots: Iterable[Attachment]) -> None:
    """Create a waiting row for each screenshot, in the transaction that stores them."""
    PictureReading.objects.bulk_create(
        PictureReading(attachment=screenshot) for screenshot in screenshots
    )


def waiting(older_than: timedelta) -> QuerySet[PictureReading]:
    """Screenshots that are unread after so long, oldest first."""
    before = timezone.now() - older_than
    rows = PictureReading.objects.filter(state=ReadingState.WAITING, created_at__lte=before)
    return rows.order_by("created_at", "pk")


def read(attachment_id: int) -> bool:
    """Read one screenshot and send ``screenshot_read``; True when its text has just been stored.

    Safe to run twice and at the same moment. After three failed attempts, killed workers included,
    the reading is marked failed. Does nothing if the screenshot was deleted.
    """
    if not available():
        return False  # it waits until some machine can
    rows = PictureReading.objects.filter(pk=attachment_id, state=ReadingState.WAITING)
    reading = rows.select_related("attachment").first()
    if reading is None:
        return False
    if reading.tries >= MAX_TRIES:
        rows.update(state=ReadingState.FAILED)
        return False
    if not rows.filter(tries=reading.tries).update(tries=F("tries") + 1):
        return False  # another worker has just begun
    try:
        text, image_hash = _text_and_hash(reading.attachment)
    except (OSError, ValueError, Image.DecompressionBombError, tesseract.Unreadable) as error:
        log.warning("picture_unreadable", attachment=attachment_id, error=type(error).__name__)
        if reading.tries + 1 >= MAX_TRIES:
            rows.update(state=ReadingState.FAILED)
        return False
    now = timezone.now()
    values = {"text": text, "perceptual_hash": image_hash, "read_at": now}
    if not rows.update(state=ReadingState.READ, **values):
        return False
    transaction.on_commit(partial(_announce, reading.attachment.report_id))
    return True


def _announce(report_id: int) -> None:
    # A receiver that fails is logged by Django; a sweep of unmatched readings makes up for it.
    screenshot_read.send_robust(sender=PictureReading, report_id=report_id)


def _text_and_hash(attachment: Attachment) -> tuple[str, str]:
    """Text and perceptual hash of a stored screenshot."""
    with Image.open(files.media_path(attachment.path), formats=FORMATS) as image:
        grey = _place_on_white(image).convert("L")
    thumbnail = grey.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    text = clean(_read_upright(_reduce(grey))).strip()
    return text[:TEXT_LIMIT].rstrip(), perceptual_hash(thumbnail.tobytes())


def _read_upright(grey: Image.Image) -> str:
    """Read a screenshot, turned first if its lines run sideways or upside down.

    A photo of a letter often says nothing about how the telephone was held. The turn is kept only
    if it brings more letters than the photo as it is.
    """
    turn = tesseract.turn(grey) if min(grey.size) >= _MIN_TURNED else 0
    text = tesseract.read(grey)
    if not turn:
        return text
    turned = tesseract.read(grey.transpose(_TURNS[turn]))
    return max(turned, text, key=lambda words: sum(map(str.isalpha, words)))


def _place_on_white(image: Image.Image) -> Image.Image:
    """Make transparent parts white, as a page shows them."""
    if not image.has_transparency_data:
        return image
    background = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(background, image.convert("RGBA"))


def _reduce(grey: Image.Image) -> Image.Image:
    pixels = grey.width * grey.height
    if pixels <= PIXELS:
        return grey
    scale = (PIXELS / pixels) ** 0.5
    size = (max(1, int(grey.width * scale)), max(1, int(grey.height * scale)))
    return grey.resize(size, Image.Resampling.LANCZOS)


def readings_for(report: Report) -> QuerySet[PictureReading]:
    """The finished readings of a report's screenshots, in their order."""
    read = PictureReading.objects.filter(attachment__report=report, state=ReadingState.READ)
    return read.order_by("attachment__position")


def message_words(reading: PictureReading) -> str:
    """What was read from a screenshot, without what the telephone drew around the message."""
    return strip_chrome(reading.text)


def words_of_pictures(report: Report) -> str:
    """The message words of all of a report's screenshots that have been read."""
    return "\n".join(filter(None, map(message_words, readings_for(report))))


def perceptual_hashes(reports: Iterable[int]) -> list[str]:
    """The perceptual hashes of the screenshots of these reports, without empty ones."""
    rows = PictureReading.objects.filter(attachment__report__in=reports)
    return list(rows.exclude(perceptual_hash="").values_list("perceptual_hash", flat=True))


def mark_matched(readings: Iterable[PictureReading]) -> None:
    """Note that the pipeline is done with these readings. No decision, so not audited."""
    rows = PictureReading.objects.filter(pk__in=[reading.pk for reading in readings])
    rows.filter(matched_at__isnull=True).update(matched_at=timezone.now())


def unmatched(older_than: timedelta) -> QuerySet[Report]:
    """Reports with a reading that is unmatched after so long, oldest first."""
    overdue = PictureReading.objects.filter(
        attachment__report=OuterRef("pk"),
        state=ReadingState.READ,
        matched_at__isnull=True,
        read_at__lte=timezone.now() - older_than,
    )
    return Report.objects.filter(Exists(overdue)).order_by("created_at", "id")
