from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.exceptions import DomainError
from desk.decorators import case_action, current_user, show_form_errors, staff_view, visible_case
from desk.forms.evidence import CopyForm, EvidenceEditForm, EvidenceForm
from desk.presenters.case_page import render_case
from factcheck.domain.editorial import archives, evidence, evidence_copies, sources
from factcheck.models import Case


@case_action
def add(request: HttpRequest, case: Case) -> HttpResponse | None:
    """Cite a source. What was typed stays on the page when something is refused."""
    usable = sources.usable_in(case.unit)
    form = EvidenceForm(request.POST, request.FILES, sources=usable)
    if form.is_valid():
        try:
            evidence.add(case, by=current_user(request), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Evidence added."))
            return None
    return render_case(request, case, evidence_form=form, status=422)


@case_action
def withdraw(request: HttpRequest, case: Case, pk: int) -> None:
    evidence.withdraw(get_object_or_404(case.evidence, pk=pk), by=current_user(request))
    messages.success(request, _("Evidence withdrawn. It stays in the log."))


@case_action
def retry(request: HttpRequest, case: Case, pk: int) -> None:
    evidence_copies.fetch_again(get_object_or_404(case.evidence, pk=pk), by=current_user(request))
    messages.success(request, _("The copy is being fetched; reload this page in a moment."))


@case_action
def upload(request: HttpRequest, case: Case, pk: int) -> None:
    """Upload the archived copy, where none could be fetched."""
    item = get_object_or_404(case.evidence, pk=pk)
    form = CopyForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_form_errors(request, form)
    copy = archives.read_upload(form.cleaned_data["copy"])
    evidence_copies.store_archive(
        item, copy.data, copy.name, copy.media_type, by=current_user(request)
    )
    messages.success(request, _("The copy is archived; its SHA-256 is noted."))
    return None


@staff_view
def edit(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Correct a citation in the draft; its quotation is searched again."""
    case = visible_case(current_user(request), number)
    item = get_object_or_404(case.evidence, pk=pk, withdrawn_at=None)
    citable = sources.usable_in(case.unit)
    form = EvidenceEditForm(request.POST or None, evidence=item, sources=citable)
    if request.method == "POST" and form.is_valid():
        try:
            evidence.edit(item, by=current_user(request), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The evidence is changed; its quotation was searched again.")
            )
            return redirect(f"{case.get_absolute_url()}#can-cu")
    context = {"nav": "queue", "case": case, "form": form, "item": item}
    return render(request, "desk/evidence_edit.html", context, status=422 if form.errors else 200)
