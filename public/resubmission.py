"""The form this browser sent last, for an hour: the back button creates no second report.

Going back fetches a new form with a new key. If it is then sent with the same content as before,
the first receipt is shown again; anything else is a report of its own. The cookie contains the
earlier form's key, encrypted: it leads to the receipt only together with the very same content.
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
    """Set the cookie, which is sent back to the form's addresses only."""
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
    """What this browser sent last if its content is the same, else None."""
    try:
        form_key = encryption.decrypt(request.COOKIES.get(COOKIE, ""))
    except InvalidToken:
        return None
    earlier = reports.replay(form_key)
    if earlier is None or not reports.is_same(earlier.report, submission):
        return None
    return earlier
