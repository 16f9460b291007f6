"""Objections of senders to the case their report was joined to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from desk.decorators import current_user, staff_action, staff_page
from factcheck.domain.duplicates import objections
from factcheck.models import JoinObjection


def _open_objection(user: User, key: int) -> JoinObjection:
    return get_object_or_404(objections.open_for(user), pk=key)


@staff_page
def objection_list(request: HttpRequest) -> HttpResponse:
    """Open objections, the oldest first, each with the message and the claim side by side."""
    rows = objections.open_for(current_user(request))
    return render(request, "desk/objections.html", {"nav": "queue", "objections": rows})


@staff_action(_open_objection, "desk:objection", "pk")
def decide(request: HttpRequest, objection: JoinObjection) -> HttpResponse | None:
    """Split the report off, or keep it where it is."""
    by = current_user(request)
    if request.POST.get("decision") == "split":
        case = objections.split(objection, by=by)
        messages.success(request, _("The report has a case of its own now."))
        return redirect("desk:case", number=case.number)
    objections.keep(objection, by=by)
    messages.success(request, _("The report stays in its case; the objection is kept on record."))
    return redirect("desk:objections")


@staff_page
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection's place in the list, for a link after a sign-in in between."""
    return redirect("desk:objections")
