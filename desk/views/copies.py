"""The archived copy of a citation as staff see it: words with the quotation marked, pages as
pictures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from desk.decorators import current_user, staff_page, visible_case
from desk.presenters import cited_evidence
from factcheck.domain.editorial import copy_pages
from factcheck.enums import ArchiveState
from factcheck.exceptions import ValidationError
from factcheck.models import Evidence


def _archived(request: HttpRequest, number: int, pk: int) -> Evidence:
    case = visible_case(current_user(request), number)
    rows = case.evidence.select_related("source", "copy_text", "case")
    return get_object_or_404(rows, pk=pk, archive_state=ArchiveState.STORED)


@staff_page
def copy(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    item = _archived(request, number, pk)
    context = {"nav": "queue", "case": item.case, "item": item, **cited_evidence.copy_parts(item)}
    return render(request, "desk/copy.html", context)


@staff_page
def page(request: HttpRequest, number: int, pk: int, page: int) -> HttpResponse:
    """One page as a picture; ``page`` counts from 1."""
    try:
        png = copy_pages.picture(_archived(request, number, pk), page - 1)
    except ValidationError as error:
        raise Http404(str(error)) from None
    return HttpResponse(png, content_type="image/png")
