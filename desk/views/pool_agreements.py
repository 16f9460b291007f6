"""Reviewer pools by agreement of two units: proposed, accepted, declined or withdrawn."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.domain import pool_agreements, units
from accounts.models import GuardedAct, Unit
from desk.decorators import current_user, show_form_errors, unit_action
from desk.forms.units import PoolProposalForm


@unit_action
def propose(request: HttpRequest, unit: Unit) -> None:
    form = PoolProposalForm(request.POST)
    if not form.is_valid():
        return show_form_errors(request, form)
    other = units.find(form.cleaned_data["other"])
    if other is None:
        messages.error(request, _("No unit has this code or name, or several have it."))
        return None
    pool_agreements.propose(unit, other, by=current_user(request))
    messages.success(request, _("Proposed. An administrator of the other unit has to accept."))
    return None


@unit_action
def answer(request: HttpRequest, unit: Unit, act: int) -> None:
    """Accept or decline a proposal made to this unit."""
    proposal = get_object_or_404(GuardedAct, pk__in=pool_agreements.proposals_to(unit), pk=act)
    if request.POST.get("decision") == "accept":
        pool_agreements.accept(proposal, by=current_user(request))
        messages.success(request, _("Both units' reviewers may now review each other's cases."))
    else:
        pool_agreements.decline(proposal, by=current_user(request))
        messages.success(request, _("Declined."))


@unit_action
def withdraw(request: HttpRequest, unit: Unit, act: int) -> None:
    proposal = get_object_or_404(GuardedAct, pk__in=pool_agreements.proposals_by(unit), pk=act)
    pool_agreements.withdraw(proposal, by=current_user(request))
    messages.success(request, _("The proposal is withdrawn."))
