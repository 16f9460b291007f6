"""Receivers of other apps' signals."""

from typing import Any

from django.dispatch import receiver

from channels.dispatch import enqueue
from factcheck.domain.duplicates import objections
from intake.signals import join_objected, report_received, screenshot_read


@receiver(report_received, dispatch_uid="factcheck.match_report")
def match_new_report(sender: object, *, report_id: int, **kwargs: Any) -> None:
    """Only enqueue: ``tasks.sweep_reports`` finds the report if the message is lost."""
    enqueue("factcheck.match_report", report_id)


@receiver(screenshot_read, dispatch_uid="factcheck.match_picture")
def match_read_picture(sender: object, *, report_id: int, **kwargs: Any) -> None:
    """Only enqueue: ``tasks.sweep_pictures`` finds the screenshot if the message is lost."""
    enqueue("factcheck.match_picture", report_id)


@receiver(join_objected, dispatch_uid="factcheck.record_objection")
def record_objection(sender: object, *, report_id: int, **kwargs: Any) -> None:
    """In the sender's transaction, so that no objection is lost."""
    objections.record(report_id)
