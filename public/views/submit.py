"""The public form: checked against what is published, sent, answered with a receipt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from accounts.models import Unit
from intake.domain import draft_uploads, readers, reports
from intake.domain.notice_suggestions import suggest as suggestions_for
from intake.domain.reports import SubmissionResult
from intake.exceptions import ValidationError
from public import resubmission
from public.form_signature import signed_form
from public.forms.report import ReportForm
from public.presenters.receipt import receipt_context
from public.presenters.report_form import FormPage, form_context
from web.caching import no_store
from web.network import sender_of

UNPROCESSABLE = 422


def _active_unit(code: str) -> Unit | None:
    return Unit.objects.active().filter(code=code).first() if code else None


def _show_form(request: HttpRequest, page: FormPage, *, status: int = 200) -> HttpResponse:
    """The form; pictures that came with it are kept for the next time it is sent."""
    form = page.form
    uploads = draft_uploads.save(form.key, form.screenshots) if form.is_bound else []
    return render(request, "public/submit.html", form_context(page, uploads), status=status)


def _show_receipt(
    request: HttpRequest, result: SubmissionResult, *, is_same: bool = True
) -> HttpResponse:
    return render(request, "public/receipt.html", receipt_context(result, is_same=is_same))


@no_store
def show_again(request: HttpRequest, unit: str = "") -> HttpResponse:
    """The filled form once more, for a POST whose key we did not sign: nothing typed is lost, and
    sending it again works."""
    form = ReportForm(request.POST, request.FILES)
    form.full_clean()
    form.errors.clear()
    page = FormPage(form, _active_unit(unit), was_unsigned=True)
    return _show_form(request, page, status=403)


@signed_form(show_again)
@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, unit: str = "") -> HttpResponse:
    """The form for everybody, or for one unit. ``step=check`` comes from the front page."""
    addressed = _active_unit(unit)
    if unit and addressed is None:
        return render(request, "public/unit_unknown.html", {"nav": "submit"}, status=404)
    if request.method != "POST":
        return _show_form(request, FormPage(ReportForm.blank(), addressed))
    if request.POST.get("step") == "check":
        return _check(request, addressed)
    return _receive(request, addressed)


def _check(request: HttpRequest, unit: Unit | None) -> HttpResponse:
    form = ReportForm.prefilled(request.POST.get("text", ""))
    suggestions = suggestions_for(form.initial.get("text", ""), form.initial.get("url", ""))
    return _show_form(request, FormPage(form, unit, suggestions, was_checked=True))


def _receive(request: HttpRequest, unit: Unit | None) -> HttpResponse:
    form = ReportForm(request.POST, request.FILES)
    valid = form.is_valid()
    submission = form.submission(
        unit=unit, sender=sender_of(request), language=(get_language() or "vi")[:2]
    )
    if earlier := reports.replay(form.key):
        same = valid and reports.is_same(earlier.report, submission)
        return _show_receipt(request, earlier, is_same=same)
    if not valid:
        return _show_form(request, FormPage(form, unit), status=UNPROCESSABLE)
    if earlier := resubmission.find_repeat(request, submission):
        draft_uploads.clear(form.key)
        return _show_receipt(request, earlier)
    suggestions = suggestions_for(form.cleaned_data["text"], form.cleaned_data["url"])
    if form.has_unseen(suggestions) or readers.needs_choice(submission):
        return _show_form(request, FormPage(form, unit, suggestions))
    try:
        result = reports.submit(submission)
    except ValidationError as refusal:
        for sentences in refusal.errors.values():
            form.add_error(None, sentences)
        return _show_form(request, FormPage(form, unit), status=UNPROCESSABLE)
    return resubmission.remember(_show_receipt(request, result), form.key)
