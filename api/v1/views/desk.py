"""The queue and its cases for staff tokens, with the same limits as on the pages."""

from typing import ClassVar

from django.db.models import Count, PositiveSmallIntegerField, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView, RetrieveAPIView

from accounts.permissions import Permission, units_for
from api.base import StaffView
from api.v1.serializers.cases import CaseRowSerializer, CaseSerializer, QueueQuerySerializer
from factcheck import concerned_units
from factcheck.domain.cases.urgency import lane_order
from factcheck.enums import ENDED_STATUSES, MatchState
from factcheck.merge_tree import group_ids
from factcheck.models import Case, Evidence, Match, Verdict
from factcheck.permissions import visible_cases, visible_reports, withheld_reports


def _rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    confirmed = Q(matches__state=MatchState.CONFIRMED)
    counted = cases.annotate(report_count=Count("matches", filter=confirmed, distinct=True))
    return counted.select_related("unit__kind", "topic", "assignee", "merged_into")


@extend_schema_view(
    get=extend_schema(
        tags=["desk"],
        summary=_("The queue"),
        description=_("Cases the token’s owner may see, the most urgent and longest due first."),
        parameters=[QueueQuerySerializer],
    )
)
class Queue(StaffView, ListAPIView[Case]):
    serializer_class = CaseRowSerializer
    ordering = ("lane", "due_at", "id")
    annotations: ClassVar = {"lane": PositiveSmallIntegerField()}

    def get_queryset(self) -> QuerySet[Case]:
        serializer = QueueQuerySerializer(data=self.request.query_params)
        serializer.is_valid(raise_exception=True)
        query = serializer.validated_data
        cases = visible_cases(self.user).annotate(lane=lane_order())
        if "status" in query:
            cases = cases.filter(status=query["status"])
        else:
            cases = cases.exclude(status__in=ENDED_STATUSES)
        if "urgency" in query:
            cases = cases.filter(urgency=query["urgency"])
        if "assignee" in query:
            assignee = self.user if query["assignee"] == "me" else None
            cases = cases.filter(assignee=assignee)
        return _rows(cases)


@extend_schema_view(
    get=extend_schema(
        tags=["desk"],
        summary=_("One case with its material"),
        description=_(
            "Reports of units outside the owner’s scope are left out; a case outside is not found."
        ),
    )
)
class CaseDetail(StaffView, RetrieveAPIView[Case]):
    """Reports of units outside the token owner's scope are left out, with their matches; a case
    outside it is not found at all."""

    serializer_class = CaseSerializer
    lookup_field = "number"

    def get_queryset(self) -> QuerySet[Case]:
        evidence = Evidence.objects.select_related("source", "added_by")
        verdicts = Verdict.objects.select_related(
            "written_by", "author_unit", "reviewed_by", "reviewer_unit"
        )
        return _rows(visible_cases(self.user)).prefetch_related(
            Prefetch("evidence", evidence),
            Prefetch("verdicts", verdicts),
            concerned_units.prefetched(),
        )

    def get_object(self) -> Case:
        case = super().get_object()
        reports = visible_reports(self.user, case)
        reports = reports.select_related("unit").prefetch_related("attachments")
        scope = units_for(self.user, Permission.VIEW_CASES)
        case.visible_reports = list(reports)  # type: ignore[attr-defined]
        case.visible_matches = list(  # type: ignore[attr-defined]
            Match.objects.filter(case__in=group_ids(case), report__unit__in=scope)
            .exclude(report__in=withheld_reports(self.user))
            .select_related("report", "decided_by")
            .order_by("-created_at", "-id")
        )
        return case
