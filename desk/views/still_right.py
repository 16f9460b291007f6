"""Notices that stopped answering by themselves, until two people write they are still right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from desk.decorators import current_user, staff_action, staff_page
from factcheck.domain.editorial import still_right
from factcheck.models import Notice


def _waiting_notice(user: User, key: int) -> Notice:
    return get_object_or_404(still_right.waiting(user), pk=key)


@staff_page
def notice_list(request: HttpRequest) -> HttpResponse:
    """Each notice with the first person's statement, if there is one."""
    waiting = still_right.waiting(current_user(request))
    rows = [(notice, still_right.pending(notice)) for notice in waiting]
    return render(request, "desk/still_right.html", {"nav": "review", "rows": rows})


@staff_page
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice's place in the list, for a link after a sign-in in between."""
    return redirect("desk:still_right")


@staff_action(_waiting_notice, "desk:still_right_notice", "pk")
def write(request: HttpRequest, notice: Notice) -> None:
    """Write or confirm that it is still right."""
    by = current_user(request)
    if request.POST.get("decision") == "confirm":
        still_right.confirm(notice, by=by)
        messages.success(request, _("The notice answers by itself again."))
        return
    still_right.propose(notice, request.POST.get("reason", ""), by=by)
    messages.success(request, _("Written. Another person confirms it."))
