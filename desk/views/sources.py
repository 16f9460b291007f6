from collections.abc import Callable
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
from accounts.models import GuardedAct, User
from desk.decorators import current_user, staff_page, staff_view
from desk.forms.source import SourceForm
from desk.presenters.abilities import passes, refusal_reason
from factcheck import authority, permissions
from factcheck.domain.editorial import registry, sources
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
        "managed_units": _managed_units(user),
        "proposals": registry.pending_for(user),
    }
    return render(request, "desk/sources.html", context)


def _managed_units(user: User) -> set[int | None]:
    """Ids of the units whose entries the user may propose to change; None for the shared ones."""
    shared = {None} if authority.is_installation_administrator(user) else set()
    return shared | set(roles.units_for(user, roles.Permission.MANAGE_SOURCES))


def _save(source: Source | None, fields: dict[str, Any], *, by: User) -> Source:
    if source is None:
        return registry.propose(by=by, unit=fields.pop("unit", None), **fields)
    # Read again: the form has changed its own instance.
    return registry.change(get_object_or_404(Source, pk=source.pk), by=by, **fields)


def _form(request: HttpRequest, source: Source | None) -> SourceForm:
    user = current_user(request)
    return SourceForm(
        request.POST or None,
        instance=source,
        units=authority.source_units(user),
        may_share=authority.is_installation_administrator(user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_view
def source_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Propose an entry or a change; notes are changed at once."""
    user = current_user(request)
    source = get_object_or_404(Source, pk=pk, is_confirmed=True) if pk else None
    if refusal := _edit_refusal(user, source):
        messages.error(request, refusal)
        return redirect("desk:sources")
    form = _form(request, source)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(source, form.cleaned_data, by=user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _saved_message(saved))
            return redirect("desk:sources")
    context = {"nav": "sources", "form": form, "source": source}
    return render(request, "desk/source.html", context, status=422 if form.errors else 200)


def _edit_refusal(user: User, source: Source | None) -> str:
    if source is None:
        return refusal_reason(permissions.check_can_manage_sources, user)
    return refusal_reason(authority.check_can_propose_source, source.unit, user)


def _saved_message(source: Source) -> str:
    if source.is_confirmed:
        return _("Saved.")
    return _("Proposed. It can be cited once a second person has confirmed it.")


@staff_view
@post_only("desk:sources")
def source_retire(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        source = get_object_or_404(Source, pk=pk)
        registry.propose_retirement(source, by=current_user(request))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Proposed. The source holds until a second person confirms its end.")
        )
    return redirect("desk:sources")


def _decide(request: HttpRequest, act: int, decision: Callable[..., object], done: str) -> None:
    row = get_object_or_404(GuardedAct, pk=act, kind__in=registry.KINDS)
    try:
        decision(row, by=current_user(request))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


@staff_view
@post_only("desk:sources")
def source_confirm(request: HttpRequest, act: int) -> HttpResponse:
    _decide(request, act, registry.confirm, _("Confirmed. The registry has the change now."))
    return redirect("desk:sources")


@staff_view
@post_only("desk:sources")
def source_decline(request: HttpRequest, act: int) -> HttpResponse:
    _decide(request, act, registry.decline, _("The proposal is ended; the registry stays."))
    return redirect("desk:sources")
