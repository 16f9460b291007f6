"""One unit: its members, invitations, names, links and reviewer pools. Every action is a POST of
its own and leads back to the page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.domain import (
    guarded_acts,
    invitations,
    links,
    memberships,
    pools,
    role_grants,
    units,
)
from accounts.enums import GUARDED_ROLES, GuardedKind
from accounts.models import GuardedAct, Invitation, Membership, ReviewerPool, Unit, UnitLink
from desk.decorators import (
    current_user,
    managed_unit,
    show_form_errors,
    staff_view,
    unit_action,
)
from desk.forms.units import EndLinkForm, InviteForm, LinkForm, RoleForm
from desk.presenters.unit_page import unit_context


@staff_view
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    user = current_user(request)
    context = unit_context(managed_unit(user, pk), user)
    return render(request, "desk/accounts/unit.html", context)


@unit_action
def invite(request: HttpRequest, unit: Unit) -> HttpResponse | None:
    form = InviteForm(request.POST)
    if not form.is_valid():
        context = unit_context(unit, current_user(request), form)
        return render(request, "desk/accounts/unit.html", context)
    email, role = form.cleaned_data["email"], form.cleaned_data["role"]
    invitations.invite(email, unit, role, by=current_user(request))
    messages.success(request, _("The invitation is on its way."))
    if role in GUARDED_ROLES:
        messages.info(request, _("The role begins once a second administrator confirms it."))
    return None


@unit_action
def resend_invitation(request: HttpRequest, unit: Unit, invitation: int) -> None:
    pending = get_object_or_404(Invitation, pk=invitation, unit=unit)
    invitations.resend(pending, by=current_user(request))
    messages.success(request, _("A new link is on its way; the old one no longer works."))


@unit_action
def cancel_invitation(request: HttpRequest, unit: Unit, invitation: int) -> None:
    pending = get_object_or_404(Invitation, pk=invitation, unit=unit)
    invitations.cancel(pending, by=current_user(request))
    messages.success(request, _("The invitation is withdrawn."))


@unit_action
def grant(request: HttpRequest, unit: Unit) -> None:
    form = RoleForm(request.POST, unit=unit)
    if not form.is_valid():
        return show_form_errors(request, form)
    user, role = form.cleaned_data["user"], form.cleaned_data["role"]
    if role_grants.grant(user, unit, role, by=current_user(request)) is None:
        messages.success(request, _("Proposed: it begins once a second administrator confirms it."))
    else:
        messages.success(request, _("The role is given."))
    return None


@unit_action
def confirm_role(request: HttpRequest, unit: Unit, act: int) -> None:
    if role_grants.confirm(_proposal(unit, act), by=current_user(request)) is None:
        messages.success(request, _("Confirmed. The role begins when the invitation is accepted."))
    else:
        messages.success(request, _("Confirmed. The role counts from now on."))


@unit_action
def decline_role(request: HttpRequest, unit: Unit, act: int) -> None:
    reason = request.POST.get("reason", "")[:500]
    role_grants.decline(_proposal(unit, act), reason=reason, by=current_user(request))
    messages.success(request, _("The proposal is ended; nobody gets the role."))


def _proposal(unit: Unit, act: int) -> GuardedAct:
    subject = guarded_acts.subject_of(unit)
    acts = GuardedAct.objects.filter(kind=GuardedKind.ROLE, subject=subject)
    return get_object_or_404(acts, pk=act)


@unit_action
def revoke(request: HttpRequest, unit: Unit, membership: int) -> None:
    revoked = get_object_or_404(Membership, pk=membership, unit=unit)
    memberships.revoke(revoked, by=current_user(request))
    messages.success(request, _("The role is taken back, from now on."))


@unit_action
def rename(request: HttpRequest, unit: Unit) -> None:
    units.rename(unit, request.POST.get("name", "")[:200], by=current_user(request))
    messages.success(request, _("Saved. The old name is still understood."))


@unit_action
def add_alias(request: HttpRequest, unit: Unit) -> None:
    units.add_alias(unit, request.POST.get("name", "")[:200], by=current_user(request))
    messages.success(request, _("Saved."))


@unit_action
def add_link(request: HttpRequest, unit: Unit) -> None:
    form = LinkForm(request.POST)
    if not form.is_valid():
        show_form_errors(request, form)
        return
    parent = units.find(form.cleaned_data["parent"])
    if parent is None:
        messages.error(request, _("No unit has this code or name, or several have it."))
        return
    kind, start = form.cleaned_data["kind"], form.cleaned_data["valid_from"]
    links.link(parent, unit, kind, valid_from=start, by=current_user(request))
    messages.success(
        request, _("The line holds from that day; what was before stays true for its time.")
    )


@unit_action
def end_link(request: HttpRequest, unit: Unit, link: int) -> None:
    ended = get_object_or_404(UnitLink, pk=link, child=unit)
    form = EndLinkForm(request.POST)
    if not form.is_valid():
        return show_form_errors(request, form)
    links.end_link(ended, form.cleaned_data["valid_to"], by=current_user(request))
    messages.success(request, _("Saved."))
    return None


@unit_action
def join_pool(request: HttpRequest, unit: Unit) -> None:
    pools.add(request.POST.get("name", "")[:120], unit, by=current_user(request))
    messages.success(request, _("Saved."))


@unit_action
def leave_pool(request: HttpRequest, unit: Unit, pool: int) -> None:
    left = get_object_or_404(ReviewerPool, pk=pool, units=unit)
    pools.remove(left, unit, by=current_user(request))
    messages.success(request, _("Saved."))
