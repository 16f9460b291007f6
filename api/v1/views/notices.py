"""Published notices: what anyone may read, and any system may show."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView, RetrieveAPIView

from api.base import PublicView
from api.v1.serializers.notices import (
    NoticeDetailSerializer,
    NoticeQuerySerializer,
    NoticeSerializer,
)
from factcheck.domain.editorial import notices
from factcheck.models import Notice, NoticeVersion
from publishing.domain import notice_search


def _with_versions(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """With everything the serializers need, in two queries."""
    return rows.select_related("unit__kind", "topic").prefetch_related("versions")


@extend_schema_view(
    get=extend_schema(
        tags=["notices"],
        summary=_("Search published notices"),
        description=_("Newest first, with the current version. Retracted ones say so in kind."),
        parameters=[NoticeQuerySerializer],
    )
)
class NoticeList(PublicView, ListAPIView[Notice]):
    serializer_class = NoticeSerializer
    ordering = ("-first_published_at", "-id")

    def get_queryset(self) -> QuerySet[Notice]:
        serializer = NoticeQuerySerializer(data=self.request.query_params)
        serializer.is_valid(raise_exception=True)
        query = serializer.validated_data
        current: dict[str, Any] = {}
        if "verdict" in query:
            current["rating"] = query["verdict"]
        if "updated_since" in query:
            current["published_at__gte"] = query["updated_since"]
        rows = notice_search.search(query.get("q", ""), query.get("topic", ""))
        if "unit" in query:
            rows = rows.filter(unit__code=query["unit"])
        if current:
            versions = NoticeVersion.objects.filter(is_current=True, **current)
            rows = rows.filter(pk__in=versions.values("notice"))
        return _with_versions(rows)


@extend_schema_view(
    get=extend_schema(
        tags=["notices"],
        summary=_("One notice with all its versions"),
        description=_("Corrections and retractions are versions of their own; none is changed."),
    )
)
class NoticeDetail(PublicView, RetrieveAPIView[Notice]):
    serializer_class = NoticeDetailSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Notice]:
        return _with_versions(notices.listed())
