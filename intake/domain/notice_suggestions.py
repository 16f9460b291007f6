"""What has been checked of a text that somebody is about to send.

Intake knows no notices: a setting names a function that does. If it fails, the report can still
be sent; only the answer is missing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

log = structlog.get_logger("intake")
MIN_LENGTH = 8  # characters; fewer match too many claims
MAX_SHOWN = 3


class CheckedClaim(Protocol):
    """A checked claim as the form shows it; ``publishing.domain.answer`` says what each means."""

    @property
    def claim(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def checked_on(self) -> date: ...
    @property
    def is_same(self) -> bool: ...
    @property
    def headline(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def verdict_label(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def conflicts(self) -> Sequence[str]: ...


class PublicAnswer(Protocol):
    """The checked claims next to a text, the most likely first, and sentences without a notice.

    ``advice``: those of the notes that say what to do at once, headline first.
    """

    @property
    def claims(self) -> Sequence[CheckedClaim]: ...
    @property
    def notes(self) -> Sequence[str]: ...
    @property
    def advice(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class FormAnswer:
    """The part of an answer that the form shows. False where there is nothing to show."""

    claims: Sequence[CheckedClaim] = ()
    notes: Sequence[str] = ()
    advice: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.claims or self.notes)


def suggest(text: str, url: str = "") -> FormAnswer:
    """Return up to three checked claims with the notes; nothing if the search fails (logged).

    A text of any length may call for advice; a very short one names no claim.
    """
    if not (text or url):
        return FormAnswer()
    names_no_claim = len(text) < MIN_LENGTH and not url
    try:
        ask: Callable[[str, str], PublicAnswer] = import_string(settings.INTAKE_SUGGESTIONS)
        answer = ask(text, url)
        claims = () if names_no_claim else answer.claims[:MAX_SHOWN]
        return FormAnswer(claims, answer.notes, answer.advice)
    except Exception as error:  # a hint must never cost a report
        log.error("suggestions_failed", error=type(error).__name__)
        return FormAnswer()
