"""Method and privacy pages, generated from the rules and settings the code itself follows."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.checklist import CHECKLIST, SCOPES
from factcheck.enums import Urgency
from factcheck.labels import ANSWER_WITHIN
from factcheck.ratings import RATINGS, RatingDefinition
from publishing.domain import claimreview
from web.caching import with_revalidation


@require_safe
def method(request: HttpRequest) -> HttpResponseBase:
    scale = list(RATINGS.values())
    official = [row for row in scale if row.evidence and row.evidence.official]
    other = [row for row in scale if row.evidence and not row.evidence.official]
    context = {
        "scale": scale,
        "best": claimreview.BEST,
        "official": _labels(official),
        "evidence": _labels(other),
        "warnings": _labels(row for row in scale if row.act_first),
        "checklist": [*CHECKLIST.values(), *SCOPES.values()],
        "times": [(Urgency(key).label, words) for key, words in ANSWER_WITHIN.items()],
    }
    return with_revalidation(request, render(request, "public/method.html", context))


@require_safe
def privacy(request: HttpRequest) -> HttpResponseBase:
    context = {
        "contact_days": settings.CONTACT_DAYS,
        "opinion_days": settings.OPINION_TEXT_DAYS,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "language_cookie": settings.LANGUAGE_COOKIE_NAME,
    }
    return with_revalidation(request, render(request, "public/privacy.html", context))


def _labels(definitions: Iterable[RatingDefinition]) -> str:
    """Labels of ratings in quotation marks."""
    return ", ".join(f"“{definition.label}”" for definition in definitions)
