"""The receipt: shown once as the answer to the submission, never in an address."""

from typing import Any

from django.utils import timezone

from intake.domain import receipts, replies, working_time
from intake.domain.notice_suggestions import suggest
from intake.domain.reports import SubmissionResult
from matching.details.danger_signs import find_danger
from web import qr


def receipt_context(result: SubmissionResult, *, is_same: bool = True) -> dict[str, Any]:
    """The code in groups, as a QR code and for download.

    The QR code's address has the code behind ``#``, which a browser never sends to a server.
    ``emergency``: the sender may be in danger now. ``opens_at``: when a person looks, outside of
    working time. ``advice``: what to do at once about a text that reads as a scam, headline first,
    above the code. ``is_same`` is False when the form's key was used before for another text.
    """
    report, now = result.report, timezone.now()
    opens = working_time.next_open(now)
    return {
        "emergency": find_danger(f"{report.text}\n{report.question}").personal,
        "advice": suggest(report.text).advice or suggest(report.question).advice,
        "opens_at": None if opens == now else opens,
        "receipt": receipts.pretty(result.receipt),
        "groups": receipts.groups(result.receipt),
        "qr": qr.path_of(f"{receipts.tracking_url()}#{result.receipt}"),
        "timeline": replies.timeline(result.report),
        "reader": report.unit,
        "is_same": is_same,
        "nav": "submit",
    }
