"""Receivers of other apps' signals."""

from typing import Any

from django.dispatch import receiver

from channels.dispatch import enqueue
from intake.signals import report_received, screenshot_read


@receiver(report_received, dispatch_uid="factcheck.match_report")
def match_new_report(sender: object, *, report_id: int, **kwargs: Any) -> None:
    """Only enqueue: ``tasks.sweep_reports`` finds the report if the message is lost."""
    enqueue("factcheck.match_report", report_id)


@receiver(screenshot_read, dispatch_uid="factcheck.match_picture")
def match_read_picture(sender: object, *, report_id: int, **kwargs: Any) -> None:
    """Only enqueue: ``tasks.sweep_pictures`` finds the screenshot if the message is lost."""
    enqueue("factcheck.match_picture", report_id)
