"""robots.txt and the sitemap, for search engines."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from publishing.domain import notice_content
from web.caching import with_cache_headers

CACHE_SECONDS = 3600
STATIC_PAGES = ("home", "corrections", "method", "privacy")
# Nothing to index there: staff pages, receipts, accounts, the API.
DISALLOWED = ("/ban/", "/tra-cuu/", "/tai-khoan/", "/api/", "/i18n/")


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in DISALLOWED), "Allow: /", ""]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('public:sitemap')}\n")
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    return with_cache_headers(request, response, CACHE_SECONDS)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    static_pages = [settings.SITE_URL + reverse(f"public:{name}") for name in STATIC_PAGES]
    text = render_to_string(
        "public/sitemap.xml", {"static_pages": static_pages, "notices": notice_content.sitemap()}
    )
    return with_cache_headers(
        request, HttpResponse(text, content_type="application/xml"), CACHE_SECONDS
    )
