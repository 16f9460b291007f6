"""How it works and what is kept, made from the rules and settings the code itself follows."""

from collections.abc import Container

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck import definitions
from factcheck.enums import Rating, Urgency
from publishing.domain import claimreview
from web.caching import revalidated


@require_safe
def method(request: HttpRequest) -> HttpResponseBase:
    scale = [
        (key, definition, claimreview.RATINGS.get(key))
        for key, definition in definitions.VERDICTS.items()
    ]
    context = {
        "scale": scale,
        "best": claimreview.BEST,
        "official": _labels(definitions.NEEDS_OFFICIAL),
        "evidence": _labels(definitions.NEEDS_EVIDENCE),
        "checklist": definitions.CHECKLIST.values(),
        "times": [(Urgency(key).label, words) for key, words in definitions.ANSWER_WITHIN.items()],
    }
    return revalidated(request, render(request, "public/method.html", context))


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
    return revalidated(request, render(request, "public/privacy.html", context))


def _labels(keys: Container[Rating]) -> str:
    """Names of verdicts in quotation marks, in the order of the scale."""
    return ", ".join(f"“{key.label}”" for key in definitions.VERDICTS if key in keys)
