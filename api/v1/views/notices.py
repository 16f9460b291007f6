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


def _whole(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """With everything the serializers read, in two queries."""
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
        query = NoticeQuerySerializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        current: dict[str, Any] = {}
        if "verdict" in asked:
            current["rating"] = asked["verdict"]
        if "updated_since" in asked:
            current["published_at__gte"] = asked["updated_since"]
        rows = notices.search(asked.get("q", ""), asked.get("topic", ""))
        if "unit" in asked:
            rows = rows.filter(unit__code=asked["unit"])
        if current:
            versions = NoticeVersion.objects.filter(is_current=True, **current)
            rows = rows.filter(pk__in=versions.values("notice"))
        return _whole(rows)


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
        return _whole(notices.listed())
