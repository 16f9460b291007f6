"""Families of scam wordings: list, write, preview, approve or return, retire by two people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import permissions as roles
from accounts.exceptions import DomainError
from accounts.models import Unit, User
from desk.decorators import current_user, show_form_errors, staff_action, staff_page, staff_view
from desk.forms.family import FamilyForm, ReasonForm
from desk.presenters import families
from factcheck.domain.editorial import scam_families
from factcheck.models import ScamFamily


def _visible(user: User, pk: int) -> ScamFamily:
    return get_object_or_404(scam_families.visible_families(user), pk=pk)


@staff_page
def family_list(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    context = {
        "nav": "families",
        "families": scam_families.visible_families(user),
        "may_write": families.may_write(user),
    }
    return render(request, "desk/families.html", context)


@staff_page
def family(request: HttpRequest, pk: int) -> HttpResponse:
    user = current_user(request)
    return render(request, "desk/family.html", families.family_context(_visible(user, pk), user))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_view
def family_edit(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """Write a draft or change one's own."""
    user = current_user(request)
    row = _visible(user, pk) if pk else None
    form = FamilyForm(
        request.POST or None,
        initial=FamilyForm.initial_of(row) if row else None,
        units=Unit.objects.filter(pk__in=roles.units_for(user, roles.Permission.CHECK)),
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = scam_families.draft(row, by=user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Draft saved."))
            return redirect("desk:family", pk=saved.pk)
    context = {"nav": "families", "form": form, "family": row, "slots": families.slot_names()}
    return render(request, "desk/family_edit.html", context, status=422 if form.errors else 200)


@staff_action(_visible, "desk:family", "pk")
def decide(request: HttpRequest, row: ScamFamily) -> None:
    """Carry out the pressed button; a reason is needed to return or to propose retirement."""
    by, decision = current_user(request), request.POST.get("decision")
    if decision == "submit":
        scam_families.submit(row, by=by)
        messages.success(request, _("Submitted. Someone else decides now; you will see it here."))
    elif decision == "approve":
        scam_families.approve(row, by=by)
        messages.success(request, _("Approved. Variants are answered from now on."))
    elif decision == "retire":
        scam_families.retire(row, by=by)
        messages.success(request, _("Retired. It answers nobody any more."))
    elif decision in ("send_back", "propose_retirement"):
        _with_reason(request, row, decision, by)


def _with_reason(request: HttpRequest, row: ScamFamily, decision: str, by: User) -> None:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        show_form_errors(request, form)
    elif decision == "send_back":
        scam_families.send_back(row, reason=form.cleaned_data["reason"], by=by)
        messages.success(request, _("Returned to its author with your reason."))
    else:
        scam_families.propose_retirement(row, reason=form.cleaned_data["reason"], by=by)
        messages.success(request, _("Proposed. It goes on until another person confirms."))
