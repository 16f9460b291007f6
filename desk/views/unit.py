"""One unit: who works in it, who is invited, its names, lines and reviewer pools. Every action is
a POST of its own and comes back to the page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.domain import invitations, links, memberships, pools
from accounts.domain import units as domain
from accounts.models import Invitation, Membership, ReviewerPool, Unit, UnitLink
from desk.forms.units import (
    EndLinkForm,
    InviteForm,
    LinkForm,
    NameForm,
    PoolForm,
    RoleForm,
)
from desk.unit_access import attempt, first_error, managed_unit, staff


@login_required
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, managed_unit(request, pk), InviteForm())


def _page(request: HttpRequest, found: Unit, invite: InviteForm) -> HttpResponse:
    members = found.memberships.select_related("user").order_by("user__handle", "role")
    lines = found.parent_links.select_related("parent").order_by("kind", "-valid_from")
    context = {
        "unit": found,
        "members": members,
        "invitations": invitations.pending(found),
        "lines": lines,
        "aliases": found.aliases.order_by("name"),
        "pools": found.reviewer_pools.prefetch_related("units").order_by("name"),
        "today": timezone.localdate(),
        "now": timezone.now(),
        "invite_form": invite,
        "role_form": RoleForm(unit=found, auto_id="role_%s"),
        "name_form": NameForm(initial={"name": found.name}, auto_id="name_%s"),
        "alias_form": NameForm(auto_id="alias_%s"),
        "link_form": LinkForm(auto_id="link_%s"),
        "pool_form": PoolForm(auto_id="pool_%s"),
        "nav": "units",
    }
    return render(request, "desk/accounts/unit.html", context)


@login_required
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    found = managed_unit(request, pk)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    data = form.cleaned_data
    attempt(
        request,
        lambda: invitations.invite(data["email"], found, data["role"], by=staff(request)),
        _("The invitation is on its way."),
    )
    return redirect("accounts:unit", pk)


@login_required
@require_POST
def resend_invitation(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    offer = get_object_or_404(Invitation, pk=invitation, unit=managed_unit(request, pk))
    attempt(
        request,
        lambda: invitations.resend(offer, by=staff(request)),
        _("A new link is on its way; the old one no longer works."),
    )
    return redirect("accounts:unit", pk)


@login_required
@require_POST
def cancel_invitation(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    offer = get_object_or_404(Invitation, pk=invitation, unit=managed_unit(request, pk))
    attempt(
        request,
        lambda: invitations.cancel(offer, by=staff(request)),
        _("The invitation is withdrawn."),
    )
    return redirect("accounts:unit", pk)


@login_required
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    found = managed_unit(request, pk)
    form = RoleForm(request.POST, unit=found)
    if not form.is_valid():
        first_error(request, form.errors)
        return redirect("accounts:unit", pk)
    data = form.cleaned_data
    attempt(
        request,
        lambda: memberships.grant(data["user"], found, data["role"], by=staff(request)),
        _("The role is given."),
    )
    return redirect("accounts:unit", pk)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    held = get_object_or_404(Membership, pk=membership, unit=managed_unit(request, pk))
    attempt(
        request,
        lambda: memberships.revoke(held, by=staff(request)),
        _("The role is taken back, from now on."),
    )
    return redirect("accounts:unit", pk)


@login_required
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    found = managed_unit(request, pk)
    name = request.POST.get("name", "")[:200]
    attempt(
        request,
        lambda: domain.rename(found, name, by=staff(request)),
        _("Saved. The old name is still understood."),
    )
    return redirect("accounts:unit", pk)


@login_required
@require_POST
def add_alias(request: HttpRequest, pk: int) -> HttpResponse:
    found = managed_unit(request, pk)
    name = request.POST.get("name", "")[:200]
    attempt(request, lambda: domain.add_alias(found, name, by=staff(request)), _("Saved."))
    return redirect("accounts:unit", pk)


@login_required
@require_POST
def add_link(request: HttpRequest, pk: int) -> HttpResponse:
    found = managed_unit(request, pk)
    form = LinkForm(request.POST)
    if not form.is_valid():
        first_error(request, form.errors)
        return redirect("accounts:unit", pk)
    data = form.cleaned_data
    parent = domain.find(data["parent"])
    if parent is None:
        messages.error(request, _("No unit has this code or name, or several have it."))
        return redirect("accounts:unit", pk)
    by, kind, start = staff(request), data["kind"], data["valid_from"]
    attempt(
        request,
        lambda: links.link(parent, found, kind, valid_from=start, by=by),
        _("The line holds from that day; what was before stays true for its time."),
    )
    return redirect("accounts:unit", pk)


@login_required
@require_POST
def end_link(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    line = get_object_or_404(UnitLink, pk=link, child=managed_unit(request, pk))
    form = EndLinkForm(request.POST)
    if not form.is_valid():
        first_error(request, form.errors)
        return redirect("accounts:unit", pk)
    end = form.cleaned_data["valid_to"]
    attempt(request, lambda: links.end_link(line, end, by=staff(request)), _("Saved."))
    return redirect("accounts:unit", pk)


@login_required
@require_POST
def join_pool(request: HttpRequest, pk: int) -> HttpResponse:
    found = managed_unit(request, pk)
    name = request.POST.get("name", "")[:120]
    attempt(request, lambda: pools.add(name, found, by=staff(request)), _("Saved."))
    return redirect("accounts:unit", pk)


@login_required
@require_POST
def leave_pool(request: HttpRequest, pk: int, pool: int) -> HttpResponse:
    found = managed_unit(request, pk)
    joined = get_object_or_404(ReviewerPool, pk=pool, units=found)
    attempt(request, lambda: pools.remove(joined, found, by=staff(request)), _("Saved."))
    return redirect("accounts:unit", pk)
