"""Buttons that move a case: taking, assigning, triage, waiting, closing and their undoing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desk.decorators import DomainError, case_action, current_user, form_problems
from desk.forms.triage import AssignForm, ClaimForm, CloseForm, TriageForm, WaitForm
from desk.views.case_page import StaleDraft, colleagues, show_case
from factcheck.domain.cases import lifecycle, resurfacing
from factcheck.enums import Outcome
from factcheck.models import Case


@case_action
def take(request: HttpRequest, case: Case) -> None:
    lifecycle.take(case, by=current_user(request))
    messages.success(request, _("The case is yours. The senders see that it is being checked."))


@case_action
def release(request: HttpRequest, case: Case) -> HttpResponse:
    lifecycle.release(case, by=current_user(request))
    messages.success(request, _("%(code)s is back in the queue.") % {"code": case.code})
    return redirect("desk:queue")


@case_action
def assign(request: HttpRequest, case: Case) -> None:
    form = AssignForm(request.POST, colleagues=colleagues(case))
    if not form.is_valid():
        return form_problems(request, form)
    lifecycle.assign(case, form.cleaned_data["assignee"], by=current_user(request))
    messages.success(request, _("Assigned."))
    return None


@case_action
def triage(request: HttpRequest, case: Case) -> None:
    form = TriageForm(request.POST)
    if not form.is_valid():
        return form_problems(request, form)
    lifecycle.triage(case, by=current_user(request), **form.cleaned_data)
    messages.success(request, _("Triage saved."))
    return None


@case_action
def wait(request: HttpRequest, case: Case) -> None:
    form = WaitForm(request.POST)
    if not form.is_valid():
        return form_problems(request, form)
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
        return form_problems(request, form)
    lifecycle.close(case, Outcome(form.cleaned_data["outcome"]), by=current_user(request))
    messages.success(request, _("Closed, and the senders have been answered. “Reopen” undoes it."))
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
def claim(request: HttpRequest, case: Case) -> HttpResponse | None:
    """Save the neutral sentence; when a colleague was faster, show both and save neither."""
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return show_case(request, case, claim_form=form, status=422)
    mine, version = form.cleaned_data["claim"], form.cleaned_data["version"]
    try:
        lifecycle.set_claim(case, mine, version=version, by=current_user(request))
    except DomainError as refusal:
        case.refresh_from_db()
        fresh = ClaimForm(initial={"claim": mine, "version": case.version})
        return show_case(
            request, case, claim_form=fresh, stale=StaleDraft(str(refusal), mine), status=409
        )
    messages.success(request, _("The sentence is saved."))
    return None
