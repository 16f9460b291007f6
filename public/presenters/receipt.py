"""The receipt: shown once as the answer to the submission, never in an address."""

from typing import Any

from intake.domain import receipts, replies
from intake.domain.reports import SubmissionResult
from web import qr


def receipt_context(result: SubmissionResult, *, is_same: bool = True) -> dict[str, Any]:
    """The code in groups, as a QR code and for download.

    The QR code's address has the code behind ``#``, which a browser never sends to a server.
    ``is_same`` is False when the form's key was used before for another text.
    """
    return {
        "receipt": receipts.pretty(result.receipt),
        "groups": receipts.groups(result.receipt),
        "qr": qr.path_of(f"{receipts.tracking_url()}#{result.receipt}"),
        "timeline": replies.timeline(result.report),
        "is_same": is_same,
        "nav": "submit",
    }
