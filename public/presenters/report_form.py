"""The form for a report, as everybody sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import Unit
from intake.domain import draft_uploads
from intake.domain.notice_suggestions import NoticeSuggestion
from public.forms.report import ReportForm, field_marks


@dataclass(frozen=True)
class FormPage:
    """One rendering of the form, with what is shown above its button."""

    form: ReportForm
    unit: Unit | None = None
    suggestions: Sequence[NoticeSuggestion] = ()
    was_checked: bool = False  # it came from the front page, with the text to check
    was_expired: bool = False  # its security token was too old


def render_form(request: HttpRequest, page: FormPage, *, status: int = 200) -> HttpResponse:
    """Show the form; pictures that came with it are kept for the next time it is sent."""
    form, unit = page.form, page.unit
    action = reverse("public:submit_unit", args=[unit.code]) if unit else reverse("public:submit")
    uploads = draft_uploads.save(form.key, form.pictures) if form.is_bound else []
    context = {
        "form": form,
        "form_key": form.key,
        "unit": unit,
        "action": action,
        "suggestions": page.suggestions,
        "marks": field_marks(page.suggestions) or (form["seen_suggestions"].value() or ""),
        "uploads": uploads,
        "was_checked": page.was_checked,
        "was_expired": page.was_expired,
        "show_more": any(form[name].value() for name in ("url", "contact_email")),
        "nav": "submit",
    }
    return render(request, "public/submit.html", context, status=status)
