"""The form this browser sent last, for an hour: so that the back button makes no second report.

Going back fetches a new form with a new key. If what it then sends is what was sent before, the
first receipt is shown again; anything else is a report of its own. The cookie holds the earlier
form's key, sealed: with it, and without knowing the very words, nobody gets to the receipt.
"""

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from channels.domain import encryption
from intake.domain import reports
from intake.domain.reports import SubmissionResult
from intake.domain.submissions import Submission

COOKIE = "kt_sent"
SECONDS = 3600


def remember(response: HttpResponse, form_key: str) -> HttpResponse:
    """Let the answer carry the cookie; sent back to the form's addresses only."""
    response.set_cookie(
        COOKIE,
        encryption.encrypt(form_key),
        max_age=SECONDS,
        path=reverse("public:submit"),
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def find_repeat(request: HttpRequest, submission: Submission) -> SubmissionResult | None:
    """Return what this browser sent last if it is the same as this, else None."""
    try:
        form_key = encryption.decrypt(request.COOKIES.get(COOKIE, ""))
    except InvalidToken:
        return None
    earlier = reports.replay(form_key)
    if earlier is None or not reports.is_same(earlier.report, submission):
        return None
    return earlier
