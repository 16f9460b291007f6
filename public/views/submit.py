"""The public form: asked, checked against what is published, sent, answered with a receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from accounts.domain import units
from accounts.models import Unit
from intake.domain import draft_uploads, reports
from intake.domain.suggestions import Suggestion
from intake.domain.suggestions import suggest as suggestions_for
from intake.exceptions import ValidationError
from public.forms.report import ReportForm, field_marks
from public.views import receipt, resubmission
from web.caching import not_stored
from web.network import sender_of

UNPROCESSABLE = 422


@not_stored
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, unit: str = "") -> HttpResponse:
    """The form of everybody, or of one unit. ``step=check`` comes from the front page."""
    chosen = units.active().filter(code=unit).first() if unit else None
    if unit and chosen is None:
        return render(request, "public/unit_unknown.html", {"nav": "submit"}, status=404)
    if request.method != "POST":
        return _page(request, ReportForm.blank(), chosen)
    if request.POST.get("step") == "check":
        return _prefilled(request, chosen)
    return _receive(request, chosen)


def expired(request: HttpRequest) -> HttpResponse:
    """The filled form once more, for a POST whose security token was too old: nothing typed is
    lost, and sending it again works. Called by the project's CSRF failure view."""
    form = ReportForm(request.POST, request.FILES)
    form.full_clean()
    form.errors.clear()
    match = request.resolver_match
    code = match.kwargs.get("unit", "") if match else ""
    chosen = units.active().filter(code=code).first() if code else None
    return not_stored(_page)(request, form, chosen, was_expired=True, status=403)


def _prefilled(request: HttpRequest, unit: Unit | None) -> HttpResponse:
    form = ReportForm.asking(request.POST.get("text", ""))
    found = suggestions_for(form.initial.get("text", ""), form.initial.get("url", ""))
    return _page(request, form, unit, found, was_checked=True)


def _receive(request: HttpRequest, unit: Unit | None) -> HttpResponse:
    form = ReportForm(request.POST, request.FILES)
    valid = form.is_valid()
    submission = form.submission(
        unit=unit, sender=sender_of(request), language=(get_language() or "vi")[:2]
    )
    if earlier := reports.replay(form.key):
        same = valid and reports.is_same(earlier.report, submission)
        return receipt.page(request, earlier, is_same=same)
    if not valid:
        return _page(request, form, unit, status=UNPROCESSABLE)
    if earlier := resubmission.find_repeat(request, submission):
        draft_uploads.clear(form.key)
        return receipt.page(request, earlier)
    found = suggestions_for(form.cleaned_data["text"], form.cleaned_data["url"])
    if form.has_unseen(found):
        return _page(request, form, unit, found)
    try:
        received = reports.submit(submission)
    except ValidationError as refused:
        for sentences in refused.errors.values():
            form.add_error(None, sentences)
        return _page(request, form, unit, status=UNPROCESSABLE)
    return resubmission.remember(receipt.page(request, received), form.key)


def _page(
    request: HttpRequest,
    form: ReportForm,
    unit: Unit | None,
    found: list[Suggestion] | None = None,
    *,
    was_checked: bool = False,
    was_expired: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Show the form; whatever pictures came with it are kept for the next time it is sent."""
    action = reverse("public:submit_unit", args=[unit.code]) if unit else reverse("public:submit")
    kept = draft_uploads.save(form.key, form.pictures) if form.is_bound else []
    context: dict[str, Any] = {
        "form": form,
        "form_key": form.key,
        "unit": unit,
        "action": action,
        "suggestions": found or [],
        "marks": field_marks(found or []) or (form["seen_suggestions"].value() or ""),
        "kept": kept,
        "was_checked": was_checked,
        "was_expired": was_expired,
        "show_more": any(form[name].value() for name in ("url", "contact_email")),
        "nav": "submit",
    }
    return render(request, "public/submit.html", context, status=status)
