"""The pages anyone reads: the list, a notice with all its versions, the corrections."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from factcheck.domain.editorial import notices
from factcheck.models import NoticeVersion, Topic
from factcheck.ratings import RATINGS
from publishing.domain import changes, claimreview, pages, poster, share
from web import qr
from web.caching import kept, revalidated

PER_PAGE = 10
QUERY_LIMIT = 200  # characters of a search; more is no search
SECONDS_KEPT = 60


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The question, and the newest notices; with ?q= and ?topic= the search in them."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:QUERY_LIMIT]
    topics = list(Topic.objects.filter(notices__isnull=False).distinct())
    topic = next((one for one in topics if one.slug == request.GET.get("topic")), None)
    found = notices.search(query, topic) if query or topic else notices.listed()
    page = Paginator(pages.with_current(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "notices",
        "query": query,
        "topics": topics,
        "topic": topic,
        "page_obj": page,
        "ratings": RATINGS.values(),
    }
    return revalidated(request, render(request, "public/home.html", context))


@require_safe
def notice(request: HttpRequest, slug: str) -> HttpResponseBase:
    version = get_object_or_404(pages.versions(), notice__slug=slug, is_current=True)
    return _page(request, version)


@require_safe
def notice_version(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """One version as it was published, for ever; an older one says so on top."""
    version = get_object_or_404(pages.versions(), notice__slug=slug, number=number)
    return _page(request, version, permanent=True)


@require_safe
def notice_print(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The A4 poster for a noticeboard, in the notice's language."""
    version = get_object_or_404(pages.versions(), notice__slug=slug, is_current=True)
    with translation.override(version.language):
        context = _context(version) | {
            "qr": qr.path_of(pages.address(slug)),
            "poster": poster.poster_for(version),
        }
        response = render(request, "public/poster.html", context)
    return kept(request, response, SECONDS_KEPT)


@require_safe
def notice_text(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The text for a chat as plain text, for browsers that copy nothing else."""
    version = get_object_or_404(pages.versions(), notice__slug=slug, is_current=True)
    response = HttpResponse(
        share.kit(version).text + "\n", content_type="text/plain; charset=utf-8"
    )
    return kept(request, response, SECONDS_KEPT)


@require_safe
def corrections(request: HttpRequest) -> HttpResponseBase:
    """Every correction and retraction, newest first."""
    rows = notices.corrections().select_related("notice")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    entries = [(version, _changes(version)) for version in page]
    context = {"page_obj": page, "entries": entries}
    return revalidated(request, render(request, "public/corrections.html", context))


def _page(
    request: HttpRequest, version: NoticeVersion, *, permanent: bool = False
) -> HttpResponseBase:
    review = None if permanent else claimreview.build(version)
    context = _context(version) | {
        "nav": "notices",
        "permanent": permanent,
        "history": version.notice.versions.order_by("-number"),
        "decisions": pages.decisions(version.notice),
        "changes": _changes(version),
        "kit": share.kit(version),
        "claim_review": claimreview.script(review) if review else "",
    }
    return revalidated(request, render(request, "public/notice.html", context))


def _context(version: NoticeVersion) -> dict[str, Any]:
    slug = version.notice.slug
    return {
        "version": version,
        "notice": version.notice,
        "tags": pages.tags(version),
        "headline": pages.headline(version),
        "body": pages.body(version),
        "retracted": pages.is_retracted(version),
        "overdue": version.is_current and pages.is_due_for_review(version),
        "said_in": version.language if version.language != get_language() else "",
        "summary": share.summary(version),
        "address": pages.address(slug),
        "short_address": pages.short_address(slug),
    }


def _changes(version: NoticeVersion) -> list[changes.Change]:
    """What a correction changed; nothing for a first version, and nothing for a retraction, whose
    words replace the notice as a whole."""
    if version.number == 1 or pages.is_retracted(version):
        return []
    before = pages.previous(version)
    return changes.between(before, version) if before else []
