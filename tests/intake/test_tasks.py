from django.conf import settings

from channels.dispatch import enqueue
from config.celery import app
from intake.tasks import purge_expired, read_picture, sweep_pictures


def test_pictures_have_a_queue_of_their_own() -> None:
    assert {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()} == {"ocr"}
    copies = {"factcheck.read_picture_copy", "factcheck.sweep_picture_copies"}
    assert set(settings.CELERY_TASK_ROUTES) == {read_picture.name, sweep_pictures.name} | copies


def test_a_picture_is_sent_to_that_queue_and_other_work_is_not(
    db, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(read_picture.name, 1)
        enqueue(purge_expired.name)
    with app.connection_for_read() as connection:
        waiting = {
            name: connection.SimpleQueue(name).get_nowait().headers["task"]
            for name in ("ocr", "celery")
        }
    assert waiting == {"ocr": read_picture.name, "celery": purge_expired.name}


def test_a_picture_may_take_half_a_minute() -> None:
    assert (read_picture.soft_time_limit, read_picture.time_limit) == (25, 30)
