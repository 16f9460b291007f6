"""What needs a second person in the review: units the claim is about, and addresses that answer by
themselves."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from desk.decorators import case_action, current_user, show_form_errors
from desk.forms.triage import ConcernForm, StrikeForm
from factcheck.domain import concerns
from factcheck.domain.index import claim_keys
from factcheck.enums import ConcernKind
from factcheck.models import Case


@case_action
def accept(request: HttpRequest, case: Case, pk: int) -> None:
    row = get_object_or_404(case.concerned_units.select_related("unit"), pk=pk)
    form = ConcernForm(request.POST)
    if not form.is_valid():
        return show_form_errors(request, form)
    kind = ConcernKind(form.cleaned_data["concern"])
    concerns.accept(case, [row.unit], concern=kind, by=current_user(request))
    messages.success(request, _("Noted: the claim is about %(unit)s.") % {"unit": row.unit})
    row.refresh_from_db()
    if row.concern != kind:
        messages.info(request, _("This kind holds once the second person agrees in the review."))
    return None


@case_action
def strike(request: HttpRequest, case: Case, pk: int) -> None:
    row = get_object_or_404(case.concerned_units.select_related("unit"), pk=pk)
    form = StrikeForm(request.POST)
    if not form.is_valid():
        return show_form_errors(request, form)
    concerns.propose_strike(row, reason=form.cleaned_data["reason"], by=current_user(request))
    messages.success(
        request, _("Proposed. Until the second person agrees in the review, the unit counts.")
    )
    return None


@case_action
def keep(request: HttpRequest, case: Case, pk: int) -> None:
    row = get_object_or_404(case.concerned_units.select_related("unit"), pk=pk)
    concerns.withdraw_strike(row, by=current_user(request))
    messages.success(request, _("The unit stays on the case."))


@case_action
def propose_key(request: HttpRequest, case: Case) -> None:
    claim_keys.propose(case, request.POST.get("url", ""), by=current_user(request))
    messages.success(request, _("Proposed. It answers nobody until the second person agrees."))


@case_action
def end_key(request: HttpRequest, case: Case, pk: int) -> None:
    claim_keys.end(get_object_or_404(case.claim_keys, pk=pk), by=current_user(request))
    messages.success(request, _("This address answers nobody any more."))
