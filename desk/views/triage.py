"""Buttons that change a case's status: take, assign, triage, wait, close, and their opposites."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.exceptions import DomainError
from desk.decorators import case_action, current_user, show_form_errors
from desk.forms.triage import AssignForm, ClaimForm, CloseForm, TriageForm, WaitForm
from desk.presenters.case_page import StaleDraft, render_case
from factcheck import decision_texts, independence
from factcheck.domain.cases import claim_release, closings, lifecycle, resurfacing
from factcheck.models import Case


@case_action
def take(request: HttpRequest, case: Case) -> None:
    lifecycle.take(case, by=current_user(request))
    messages.success(request, _("The case is yours. The senders see that it is being checked."))
    if not (answer := independence.deciders(case)):
        messages.warning(request, decision_texts.nobody(answer))


@case_action
def release(request: HttpRequest, case: Case) -> HttpResponse:
    lifecycle.release(case, by=current_user(request))
    messages.success(request, _("%(code)s is back in the queue.") % {"code": case.code})
    return redirect("desk:queue")


@case_action
def assign(request: HttpRequest, case: Case) -> None:
    form = AssignForm(request.POST, colleagues=lifecycle.assignable_users(case))
    if not form.is_valid():
        return show_form_errors(request, form)
    lifecycle.assign(case, form.cleaned_data["assignee"], by=current_user(request))
    messages.success(request, _("Assigned."))
    return None


@case_action
def triage(request: HttpRequest, case: Case) -> None:
    form = TriageForm(request.POST)
    if not form.is_valid():
        return show_form_errors(request, form)
    lifecycle.triage(case, by=current_user(request), **form.cleaned_data)
    messages.success(request, _("Triage saved."))
    return None


@case_action
def wait(request: HttpRequest, case: Case) -> None:
    form = WaitForm(request.POST)
    if not form.is_valid():
        return show_form_errors(request, form)
    lifecycle.wait(case, form.cleaned_data["waiting_for"], by=current_user(request))
    messages.success(request, _("The case waits for the answer."))
    return None


@case_action
def resume(request: HttpRequest, case: Case) -> None:
    lifecycle.resume(case, by=current_user(request))
    messages.success(request, _("Checking goes on."))


@case_action
def close(request: HttpRequest, case: Case) -> None:
    form = CloseForm(request.POST)
    if not form.is_valid():
        return show_form_errors(request, form)
    is_closed = closings.close(case, form.cleaned_data["outcome"], by=current_user(request))
    closed = _("Closed, and the senders have been answered. “Reopen” undoes it.")
    proposed = _(
        "Proposed. The claim is about your unit: somebody outside confirms it within 7 days."
    )
    messages.success(request, closed if is_closed else proposed)
    return None


@case_action
def reopen(request: HttpRequest, case: Case) -> None:
    lifecycle.reopen(case, by=current_user(request))
    messages.success(request, _("The case is open again."))


@case_action
def reaffirm(request: HttpRequest, case: Case) -> None:
    resurfacing.reaffirm(case, by=current_user(request))
    messages.success(request, _("Noted: the answer still holds. The case stays closed."))


@case_action
def release_claim(request: HttpRequest, case: Case) -> None:
    claim_release.release(case, by=current_user(request))
    messages.success(request, _("Whoever asks now reads that this is being checked."))


@case_action
def claim(request: HttpRequest, case: Case) -> HttpResponse | None:
    """Save the neutral sentence; when a colleague saved first, show both and save neither."""
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return render_case(request, case, claim_form=form, status=422)
    sentence, version = form.cleaned_data["claim"], form.cleaned_data["version"]
    try:
        lifecycle.set_claim(case, sentence, version=version, by=current_user(request))
    except DomainError as refusal:
        case.refresh_from_db()
        form = ClaimForm(initial={"claim": sentence, "version": case.version})
        stale = StaleDraft(str(refusal), sentence)
        return render_case(request, case, claim_form=form, stale=stale, status=409)
    messages.success(request, _("The sentence is saved."))
    return None
