from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import permissions as roles
from accounts.models import User
from desk.decorators import DomainError, current_user, desk, desk_page, refusal_reason
from desk.forms.review import DecisionForm
from factcheck import permissions
from factcheck.domain.editorial import reconsiderations
from factcheck.domain.notifications import current_version
from factcheck.models import Reconsideration

PER_PAGE = 20


def visible_requests(user: User) -> QuerySet[Reconsideration]:
    """Requests about notices of units the user works or reviews for."""
    scope = roles.units_for(user, roles.Permission.VIEW_CASES)
    units = scope | permissions.reviewable_units(user)
    return Reconsideration.objects.filter(
        Q(notice__unit__in=units) | Q(notice__case__unit__in=units)
    ).select_related("notice__case", "notice__unit", "decided_by")


@desk_page
def request_list(request: HttpRequest) -> HttpResponse:
    """Open requests first, oldest first; decided ones after them."""
    found = visible_requests(current_user(request)).order_by(
        F("decided_at").asc(nulls_first=True), "created_at", "pk"
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/reconsiderations.html", {"nav": "review", "page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request; whoever took no part in the notice decides on it here."""
    user = current_user(request)
    found = get_object_or_404(visible_requests(user), pk=pk)
    refusal = refusal_reason(permissions.check_can_decide, found, user)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reconsiderations.decide(found, by=user, **form.cleaned_data)
        except DomainError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Decided. The answer stands with the notice."))
        return redirect("desk:reconsideration", pk=pk)
    context = {
        "nav": "review",
        "request_row": found,
        "version": current_version(found.notice.case),
        "form": None if refusal else form,
        "refusal": refusal,
    }
    return render(request, "desk/reconsideration.html", context, status=422 if form.errors else 200)
