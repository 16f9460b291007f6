"""Joining and splitting at an answered case: what waits for a second person, and their decision."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.exceptions import DomainError
from desk.decorators import current_user, staff_page, staff_view
from desk.presenters.waiting_decisions import rows
from factcheck.domain.cases import closings
from factcheck.domain.duplicates import second_person


@staff_page
def waiting(request: HttpRequest) -> HttpResponse:
    """Both texts side by side, for whoever may confirm."""
    user = current_user(request)
    context = {
        "nav": "review",
        "rows": rows(second_person.waiting_for(user)),
        "closings": closings.waiting_for(user),
    }
    return render(request, "desk/second_person.html", context)


@require_POST
@staff_view
def decide_closings(request: HttpRequest) -> HttpResponse:
    """Confirm or decline closings of units about themselves, several at once."""
    by = current_user(request)
    ids = [int(pk) for pk in request.POST.getlist("act") if pk.isdecimal()]
    try:
        if request.POST.get("decision") == "confirm":
            closings.confirm(ids, by=by)
            messages.success(request, _("Confirmed by two people and carried out."))
        else:
            closings.decline(ids, by=by)
            messages.success(request, _("Declined; nothing changed."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:waiting_decisions")


@require_POST
@staff_view
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, decline or withdraw one proposal."""
    by, decision = current_user(request), second_person.get(pk)
    if decision is None:
        raise Http404
    answer = request.POST.get("decision")
    back = redirect("desk:waiting_decisions")
    try:
        if answer == "confirm":
            second_person.confirm(decision, by=by)
            messages.success(request, _("Confirmed by two people and carried out."))
        elif answer == "withdraw":
            second_person.withdraw(decision, by=by)
            messages.success(request, _("Taken back; nothing changed."))
            back = redirect("desk:case", number=decision.case.number)
        else:
            second_person.decline(decision, reason=request.POST.get("reason", ""), by=by)
            messages.success(request, _("Declined; nothing changed."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return back
