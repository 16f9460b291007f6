"""What search engines ask for first."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from publishing.domain import pages
from web.caching import kept

SECONDS_KEPT = 3600
STANDING = ("home", "corrections", "method", "privacy")
# Nothing to find there: the desk, receipts, accounts, machines' own door.
CLOSED = ("/ban/", "/tra-cuu/", "/tai-khoan/", "/api/", "/i18n/")


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "Allow: /", ""]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('public:sitemap')}\n")
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    return kept(request, response, SECONDS_KEPT)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    standing = [settings.SITE_URL + reverse(f"public:{name}") for name in STANDING]
    text = render_to_string(
        "public/sitemap.xml", {"standing": standing, "notices": pages.sitemap()}
    )
    return kept(request, HttpResponse(text, content_type="application/xml"), SECONDS_KEPT)
