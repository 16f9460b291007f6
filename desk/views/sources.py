from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import permissions as roles
from accounts.exceptions import DomainError
from accounts.models import User
from desk.decorators import current_user, staff_page, staff_view
from desk.forms.source import SourceForm
from desk.presenters.abilities import passes, refusal_reason
from factcheck import permissions
from factcheck.domain.editorial import sources
from factcheck.enums import SourceField
from factcheck.models import Source
from matching.text.normalisation import clean
from web.methods import post_only

PER_PAGE = 20


def may_read(user: User) -> bool:
    """The registry is for editorial staff and for whoever maintains it."""
    reads_cases = roles.units_for(user, roles.Permission.VIEW_CASES)
    return bool(reads_cases) or passes(permissions.check_can_manage_sources, user)


@staff_page
def source_list(request: HttpRequest) -> HttpResponse:
    """The registry, by search words and field; ended entries on request."""
    user = current_user(request)
    if not may_read(user):
        messages.error(request, _("The registry is for checkers, reviewers and approvers."))
        return redirect("desk:queue")
    q, field = (clean(request.GET.get(name, "")).strip()[:100] for name in ("q", "field"))
    retired = bool(request.GET.get("retired"))
    entries = sources.search(q, field, include_retired=retired)
    context = {
        "nav": "sources",
        "page_obj": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "fields": SourceField.choices,
        "q": q,
        "field": field,
        "retired": retired,
        "today": timezone.localdate(),
        "can_manage": passes(permissions.check_can_manage_sources, user),
    }
    return render(request, "desk/sources.html", context)


def _save(pk: int | None, fields: dict[str, Any], *, by: User) -> None:
    if pk is None:
        sources.create(by=by, **fields)
    else:  # read again: the form has changed its own instance
        sources.update(get_object_or_404(Source, pk=pk), by=by, **fields)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_view
def source_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add an entry or change one."""
    user = current_user(request)
    source = get_object_or_404(Source, pk=pk) if pk else None
    if refusal := refusal_reason(permissions.check_can_manage_sources, user):
        messages.error(request, refusal)
        return redirect("desk:sources")
    form = SourceForm(request.POST or None, instance=source)
    if request.method == "POST" and form.is_valid():
        try:
            _save(pk, form.cleaned_data, by=user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:sources")
    context = {"nav": "sources", "form": form, "source": source}
    return render(request, "desk/source.html", context, status=422 if form.errors else 200)


@staff_view
@post_only("desk:sources")
def source_retire(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        sources.retire(get_object_or_404(Source, pk=pk), by=current_user(request))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The source can no longer be cited. Old evidence keeps it."))
    return redirect("desk:sources")
