"""Suggestions of published notices that resemble what somebody is about to send.

Intake knows no notices: a setting names a function that does. If it fails, the report can still
be sent; only the hint is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

log = structlog.get_logger("intake")
MIN_LENGTH = 8  # characters; fewer match too much
MAX_SHOWN = 3


@dataclass(frozen=True)
class NoticeSuggestion:
    """A notice, with what is the same and what differs: "document number", "dates"."""

    title: str
    url: str
    verdict: str
    verdict_label: str
    same: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)


def suggest(text: str, url: str = "") -> list[NoticeSuggestion]:
    """Return up to three notices, most similar first; none if the search fails (logged)."""
    if len(text) < MIN_LENGTH and not url:
        return []
    try:
        find: Callable[[str, str], list[NoticeSuggestion]] = import_string(
            settings.INTAKE_SUGGESTIONS
        )
        return find(text, url)[:MAX_SHOWN]
    except Exception as error:  # a hint must never cost a report
        log.error("suggestions_failed", error=type(error).__name__)
        return []
