"""Guest reviewers of a case: invited by a colleague, vouched for by somebody else."""

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import Unit
from desk.decorators import case_action, current_user, show_form_errors, unit_action
from desk.forms.guest import GuestForm
from factcheck.domain.editorial import guest_reviews
from factcheck.models import Case, GuestReview


@case_action
def invite(request: HttpRequest, case: Case) -> None:
    form = GuestForm(request.POST)
    if not form.is_valid():
        return show_form_errors(request, form)
    guest_reviews.invite(case, by=current_user(request), **form.cleaned_data)
    messages.success(request, _("Proposed. An administrator or approver has to vouch for them."))
    return None


def _answer(request: HttpRequest, guest: GuestReview) -> None:
    if request.POST.get("decision") == "vouch":
        guest_reviews.vouch(guest, by=current_user(request))
        messages.success(request, _("The guest gets the link, valid for seven days."))
    else:
        guest_reviews.decline(guest, by=current_user(request))
        messages.success(request, _("The invitation is ended."))


@case_action
def answer(request: HttpRequest, case: Case, guest: int) -> None:
    """Vouch or decline, on the case page: for approvers."""
    _answer(request, get_object_or_404(GuestReview, pk=guest, case=case))


@unit_action
def answer_for_unit(request: HttpRequest, unit: Unit, guest: int) -> None:
    """The same on the unit's page: an administrator sees no case."""
    row = get_object_or_404(GuestReview, pk=guest, case__unit=unit)
    if row not in guest_reviews.pending_for_unit(unit):
        raise Http404
    _answer(request, row)
