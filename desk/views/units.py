from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain import units as domain
from accounts.enums import LinkKind
from accounts.models import Unit, UnitLink
from accounts.models.unit import valid_on
from desk.forms.units import UnitForm
from desk.unit_access import attempt, managed_ids, posted, staff

PAGE = 50


@login_required
def units(request: HttpRequest) -> HttpResponse:
    """What the user administers, as a tree to walk down, or as the result of a search."""
    ids = managed_ids(request)
    text = request.GET.get("q", "").strip()
    above = Unit.objects.filter(pk__in=ids, pk=_number(request.GET.get("duoi"))).first()
    mine = Unit.objects.filter(pk__in=ids)
    if text:
        shown = domain.search(text, mine)
    elif above is not None:
        shown = _below(above)
    else:
        shown = _tops(mine, ids)
    page_obj = Paginator(_counted(shown), PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page_obj, "q": text, "above": above, "total": len(ids), "nav": "units"}
    return render(request, "desk/accounts/units.html", context)


def _number(text: str | None) -> int:
    """A primary key from the address, or 0, which is none's."""
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0


def _links_today() -> QuerySet[UnitLink]:
    return UnitLink.objects.filter(valid_on(timezone.localdate()))


def _below(above: Unit) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=_links_today().filter(parent=above).values("child"))


def _tops(mine: QuerySet[Unit], ids: set[int]) -> QuerySet[Unit]:
    """Those of mine without a parent among mine."""
    lower = _links_today().filter(parent__in=ids).values("child")
    return mine.exclude(pk__in=lower)


def _counted(units: QuerySet[Unit]) -> QuerySet[Unit]:
    today = valid_on(timezone.localdate(), "child_links__")
    below = Count("child_links__child", filter=Q(today), distinct=True)
    return units.select_related("kind").annotate(below=below).order_by("kind__order", "name", "pk")


@login_required
def create(request: HttpRequest) -> HttpResponse:
    managed_ids(request)
    form = UnitForm(posted(request))
    if request.method == "POST" and form.is_valid():
        parents = _parents(form)
        if parents is not None and attempt(
            request, lambda: _create(request, form, parents), _("The unit is there.")
        ):
            return redirect("accounts:units")
    context = {"form": form, "nav": "units"}
    return render(request, "desk/accounts/unit_new.html", context)


def _parents(form: UnitForm) -> dict[LinkKind, Unit] | None:
    """The parents that were typed; None when one is unknown, with the error in the form."""
    found: dict[LinkKind, Unit] = {}
    for kind in LinkKind:
        text = form.cleaned_data[kind.value]
        if not text:
            continue
        unit = domain.find(text)
        if unit is None:
            form.add_error(kind.value, _("No unit has this code or name, or several have it."))
            return None
        found[kind] = unit
    return found


def _create(request: HttpRequest, form: UnitForm, parents: dict[LinkKind, Unit]) -> Unit:
    data = form.cleaned_data
    return domain.create(
        code=data["code"],
        name=data["name"],
        short_name=data["short_name"],
        kind=data["kind"],
        valid_from=data["valid_from"],
        parents=parents,
        by=staff(request),
    )
