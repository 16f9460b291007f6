"""The lists other systems need to fill a form: topics and units."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView

from accounts.models import Unit
from api.base import PublicView
from api.v1.serializers.common import TopicSerializer, UnitSerializer
from factcheck.models import Topic


@extend_schema(
    tags=["catalogue"],
    summary=_("Topics"),
    description=_("What notices and cases are sorted by; names in the reader’s language."),
)
class Topics(PublicView, ListAPIView[Topic]):
    serializer_class = TopicSerializer
    pagination_class = None
    queryset = Topic.objects.all()


@extend_schema(
    tags=["catalogue"],
    summary=_("Active units"),
    description=_("Departments, communes, clusters and schools, by code."),
)
class Units(PublicView, ListAPIView[Unit]):
    serializer_class = UnitSerializer
    ordering = ("code",)

    def get_queryset(self) -> QuerySet[Unit]:
        return Unit.objects.active().select_related("kind")
