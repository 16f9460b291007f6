"""The Atom feed: every notice with its newest version, all or of one topic."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from factcheck.domain.editorial import notices
from factcheck.models import Notice, NoticeVersion, Topic
from publishing.domain import notice_content, render, share
from web.caching import with_cache_headers

ENTRIES = 50
CACHE_SECONDS = 60


class NoticeFeed(Feed):
    """Built with the site's own address, so that a feed fetched inside the network is the same."""

    feed_type = Atom1Feed
    language = settings.LANGUAGE_CODE

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Topic | None:
        slug = request.GET.get("topic", "")
        if not slug:
            return None
        topic = Topic.objects.filter(slug=slug.replace("\0", "")).first()
        if topic is None:
            raise Http404
        return topic

    def title(self, obj: Topic | None) -> str:
        name = settings.SITE_NAME + ": " + _("Clarification notices")
        return f"{name} · {obj}" if obj else name

    def subtitle(self, obj: Topic | None) -> str:
        return _("What is true, what is not, and the official source for it.")

    def author_name(self, obj: Topic | None) -> str:
        return settings.OPERATOR_NAME or settings.SITE_NAME

    def link(self, obj: Topic | None) -> str:
        return f"{settings.SITE_URL}{reverse('public:home')}{_topic_query(obj)}"

    def feed_url(self, obj: Topic | None) -> str:
        return f"{settings.SITE_URL}{reverse('public:feed')}{_topic_query(obj)}"

    def items(self, obj: Topic | None) -> Iterable[Notice]:
        listed = notices.search("", obj) if obj else notices.listed()
        return notice_content.with_current(listed)[:ENTRIES]

    def item_title(self, item: Notice) -> str:
        version = _current(item)
        with translation.override(version.language):
            return render.one_line(notice_content.headline(version))

    def item_description(self, item: Notice) -> str:
        return share.summary(_current(item))

    def item_link(self, item: Notice) -> str:
        return notice_content.address(item)

    def item_guid(self, item: Notice) -> str:
        return notice_content.address(item)

    def item_pubdate(self, item: Notice) -> datetime:
        return item.first_published_at

    def item_updateddate(self, item: Notice) -> datetime:
        return _current(item).published_at

    def item_categories(self, item: Notice) -> list[str]:
        return [render.one_line(str(item.topic))] if item.topic else []


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    with translation.override(settings.LANGUAGE_CODE):  # one feed, whoever fetches it
        response = NoticeFeed()(request)
    return with_cache_headers(request, response, CACHE_SECONDS)


def _current(notice: Notice) -> NoticeVersion:
    versions: list[NoticeVersion] = notice.current_versions  # type: ignore[attr-defined]
    return versions[0]


def _topic_query(topic: Topic | None) -> str:
    return f"?topic={topic.slug}" if topic else ""
