from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.domain import role_grants, unit_tree
from accounts.domain import units as domain
from accounts.enums import LinkKind
from accounts.exceptions import DomainError
from accounts.models import Unit, User
from desk.decorators import current_user, managed_unit_ids, post_data, staff_view
from desk.forms.units import UnitForm
from factcheck import independence

PER_PAGE = 50


@staff_view
def units(request: HttpRequest) -> HttpResponse:
    """What the user administers: one level of the tree at a time, or the result of a search."""
    user = current_user(request)
    ids = managed_unit_ids(user)
    text = request.GET.get("q", "").strip()
    managed = Unit.objects.filter(pk__in=ids)
    parent = managed.filter(pk=_primary_key(request.GET.get("duoi"))).first()
    undecidable = independence.undecidable_units(ids)
    only = "can-duyet" in request.GET
    listed: QuerySet[Unit]
    if only:
        listed = managed.filter(pk__in=undecidable)
    elif text:
        listed = domain.search(text, managed)
    elif parent is not None:
        listed = unit_tree.children(parent)
    else:
        listed = unit_tree.top_units(ids)
    paginator = Paginator(unit_tree.with_child_count(listed), PER_PAGE)
    context = {
        "page_obj": paginator.get_page(request.GET.get("page")),
        "q": text,
        "parent": parent,
        "total": len(ids),
        "undecidable": undecidable,
        "waiting_units": role_grants.waiting_units(user),
        "only_undecidable": only,
        "nav": "units",
    }
    return render(request, "desk/accounts/units.html", context)


def _primary_key(text: str | None) -> int:
    """A primary key from the address, or 0, which no row has."""
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0


@staff_view
def create(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    managed_unit_ids(user)
    form = UnitForm(post_data(request))
    if request.method == "POST" and form.is_valid() and _create(request, form, user):
        return redirect("accounts:units")
    context = {"form": form, "nav": "units"}
    return render(request, "desk/accounts/unit_new.html", context)


def _create(request: HttpRequest, form: UnitForm, by: User) -> bool:
    """Create the unit; False when a parent is unknown or the domain refuses."""
    parents = _parents(form)
    if parents is None:
        return False
    names = ("code", "name", "short_name", "kind", "valid_from")
    values: dict[str, Any] = {name: form.cleaned_data[name] for name in names}
    try:
        domain.create(**values, parents=parents, by=by)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("The unit is there."))
    return True


def _parents(form: UnitForm) -> dict[LinkKind, Unit] | None:
    """The parents that were typed; None when one is unknown, with the error in the form."""
    parents: dict[LinkKind, Unit] = {}
    for kind in LinkKind:
        text = form.cleaned_data[kind.value]
        if not text:
            continue
        unit = domain.find(text)
        if unit is None:
            form.add_error(kind.value, _("No unit has this code or name, or several have it."))
            return None
        parents[kind] = unit
    return parents
