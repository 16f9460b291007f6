from datetime import timedelta

from celery import shared_task

from channels.dispatch import enqueue
from intake.domain import image_text, retention

SWEEP_BATCH = 40  # screenshots: about what one worker reads until the next sweep


@shared_task(name="intake.purge_expired")
def purge_expired() -> None:
    """Retention, hourly: may run twice, or late, without harm."""
    retention.purge_expired()


# Its own queue and limits (seconds): a screenshot made to be slow delays only other screenshots.
@shared_task(name="intake.read_picture", soft_time_limit=25, time_limit=30)
def read_picture(attachment_id: int) -> None:
    image_text.read(attachment_id)


@shared_task(name="intake.sweep_pictures")
def sweep_pictures() -> None:
    """Enqueue screenshots whose message was lost or whose OCR failed. In the same queue, so that it
    runs where Tesseract is."""
    if image_text.available():
        for reading in image_text.waiting(timedelta(minutes=1))[:SWEEP_BATCH]:
            enqueue("intake.read_picture", reading.pk)
