"""Archived copies that anyone may open: words and page pictures, or a file that no browser runs."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from factcheck.exceptions import ValidationError
from publishing.domain import copies, notice_content
from publishing.domain.copies import PublicCopy
from web.caching import with_cache_headers, with_revalidation

CACHE_SECONDS = 86400  # what was archived never changes
SANDBOX = "default-src 'none'; sandbox"


def _opened(slug: str, number: int, position: int) -> PublicCopy:
    version = get_object_or_404(notice_content.versions(), notice__slug=slug, number=number)
    copy = copies.find(version, position)
    if copy is None:
        raise Http404
    return copy


@require_safe
def copy(request: HttpRequest, slug: str, number: int, position: int) -> HttpResponseBase:
    """The copy of one citation, with the quotation marked, its origin and its SHA-256."""
    opened = _opened(slug, number, position)
    context = {"nav": "notices", "copy": opened, "slug": slug, "number": number}
    return with_revalidation(request, render(request, "public/copy.html", context))


@require_safe
def copy_page(
    request: HttpRequest, slug: str, number: int, position: int, page: int
) -> HttpResponseBase:
    """A page of it as a picture, from 1."""
    try:
        png = _opened(slug, number, position).picture(page)
    except ValidationError as error:
        raise Http404(str(error)) from None
    response = HttpResponse(png, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return with_cache_headers(request, response, CACHE_SECONDS)


@require_safe
def copy_file(request: HttpRequest, slug: str, number: int, position: int) -> HttpResponseBase:
    """The file as it was fetched from the source, always as a download."""
    opened = _opened(slug, number, position)
    if not opened.is_file:
        raise Http404
    try:
        response = HttpResponse(opened.data(), content_type=opened.item.archive_type)
    except ValidationError as error:
        raise Http404(str(error)) from None
    disposition = content_disposition_header(True, opened.item.archive_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return with_cache_headers(request, response, CACHE_SECONDS)
