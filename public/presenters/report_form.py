"""The form for a report, as everybody sees it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from accounts.models import Unit
from intake.domain import submissions
from intake.domain.images import PreparedImage
from intake.domain.notice_suggestions import FormAnswer
from matching.details.danger_signs import find_danger
from public import form_signature
from public.forms.report import ReportForm, field_marks
from public.presenters.reader_choice import reader_choice

ASKED_LENGTH = 120  # characters; a search for a whole message finds nothing


@dataclass(frozen=True)
class FormPage:
    """One rendering of the form, with what is shown above its button."""

    form: ReportForm
    unit: Unit | None = None
    suggestions: FormAnswer = field(default_factory=FormAnswer)
    was_checked: bool = False  # it came from the front page, with the text to check
    was_unsigned: bool = False  # it came with a key that we did not issue


def form_context(page: FormPage, uploads: Sequence[PreparedImage]) -> dict[str, Any]:
    """``uploads`` are the screenshots kept for the next time the form is sent."""
    form, unit = page.form, page.unit
    action = reverse("public:submit_unit", args=[unit.code]) if unit else reverse("public:submit")
    return {
        "form": form,
        "emergency": find_danger(form["text"].value() or "").personal,
        "form_key": form.key,
        "form_signature": form_signature.sign(form.key),
        "unit": unit,
        "readers": reader_choice(form, unit),
        "action": action,
        "suggestions": page.suggestions,
        "marks": field_marks(page.suggestions) or (form["seen_suggestions"].value() or ""),
        "uploads": uploads,
        "was_checked": page.was_checked,
        "asked_back": _asked_back(form) if page.was_checked else "",
        "was_unsigned": page.was_unsigned,
        "asked": asked_words(form["text"].value() or ""),
        "show_more": any(form[name].value() for name in ("url", "contact_email")),
        "nav": "submit",
    }


def _asked_back(form: ReportForm) -> str:
    """What is asked of a text from the front page that would be refused when it is sent."""
    text = form["text"].value() or ""
    return submissions.too_short() if text and not submissions.can_be_checked(text) else ""


def asked_words(text: str) -> str:
    """The beginning of a text, in whole words, for the address of the notice search."""
    return textwrap.shorten(text, ASKED_LENGTH, placeholder="")
