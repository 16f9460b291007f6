from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.exceptions import DomainError
from desk.decorators import current_user, staff_page, staff_view
from desk.forms.review import DecisionForm
from desk.presenters.abilities import refusal_reason
from factcheck import permissions
from factcheck.domain.editorial import reconsiderations
from factcheck.domain.notifications import current_version

PER_PAGE = 20


@staff_page
def request_list(request: HttpRequest) -> HttpResponse:
    """Open requests first, oldest first; decided ones after them."""
    requests = reconsiderations.visible_requests(current_user(request)).order_by(
        F("decided_at").asc(nulls_first=True), "created_at", "pk"
    )
    page = Paginator(requests, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/reconsiderations.html", {"nav": "review", "page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_view
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request; somebody who took no part in the notice decides on it here."""
    user = current_user(request)
    reconsideration = get_object_or_404(reconsiderations.visible_requests(user), pk=pk)
    refusal = refusal_reason(permissions.check_can_decide, reconsideration, user)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reconsiderations.decide(reconsideration, by=user, **form.cleaned_data)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Decided. The answer stands with the notice."))
        return redirect("desk:reconsideration", pk=pk)
    context = {
        "nav": "review",
        "reconsideration": reconsideration,
        "version": current_version(reconsideration.notice.case),
        "form": None if refusal else form,
        "refusal": refusal,
    }
    return render(request, "desk/reconsideration.html", context, status=422 if form.errors else 200)
