"""The pages anyone reads: the list, a notice with all its versions, the corrections."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from factcheck.domain.editorial import notices
from factcheck.models import Topic
from factcheck.ratings import RATINGS
from public.presenters.notice_page import changes_of, notice_context, page_context
from publishing.domain import notice_content, notice_search, poster, share
from web import qr
from web.caching import with_cache_headers, with_revalidation

PER_PAGE = 10
QUERY_LIMIT = 200  # characters of a search; the rest is cut off
CACHE_SECONDS = 60


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The form to check a text, and the newest notices; ?q= and ?topic= search them."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:QUERY_LIMIT]
    topics = list(Topic.objects.filter(notices__isnull=False).distinct())
    topic = next((one for one in topics if one.slug == request.GET.get("topic")), None)
    listed = notice_search.search(query, topic) if query or topic else notices.listed()
    page = Paginator(notice_content.with_current(listed), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "nav": "notices",
        "query": query,
        "topics": topics,
        "topic": topic,
        "page_obj": page,
        "ratings": RATINGS.values(),
    }
    return with_revalidation(request, render(request, "public/home.html", context))


@require_safe
def notice(request: HttpRequest, slug: str) -> HttpResponseBase:
    version = get_object_or_404(notice_content.versions(), notice__slug=slug, is_current=True)
    page = render(request, "public/notice.html", page_context(version))
    return with_revalidation(request, page)


@require_safe
def notice_version(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """One version as it was published; an older one is marked as such on top."""
    version = get_object_or_404(notice_content.versions(), notice__slug=slug, number=number)
    page = render(request, "public/notice.html", page_context(version, permanent=True))
    return with_revalidation(request, page)


@require_safe
def notice_print(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The A4 poster for a noticeboard, in the notice's language."""
    version = get_object_or_404(notice_content.versions(), notice__slug=slug, is_current=True)
    with translation.override(version.language):
        context = notice_context(version) | {
            "qr": qr.path_of(notice_content.address(version.notice)),
            "poster": poster.poster_for(version),
        }
        response = render(request, "public/poster.html", context)
    return with_cache_headers(request, response, CACHE_SECONDS)


@require_safe
def notice_text(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The text for a chat as plain text, for browsers that copy nothing else."""
    version = get_object_or_404(notice_content.versions(), notice__slug=slug, is_current=True)
    response = HttpResponse(
        share.share_text(version).text + "\n", content_type="text/plain; charset=utf-8"
    )
    return with_cache_headers(request, response, CACHE_SECONDS)


@require_safe
def corrections(request: HttpRequest) -> HttpResponseBase:
    """Every correction and retraction, newest first."""
    rows = notices.corrections().select_related("notice")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    entries = [(version, changes_of(version)) for version in page]
    context = {"page_obj": page, "entries": entries}
    return with_revalidation(request, render(request, "public/corrections.html", context))
