from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.v1.serializers.common import EvidenceSerializer, TopicSerializer, UnitSerializer
from factcheck.enums import (
    OPEN_STATUSES,
    CaseStatus,
    MatchState,
    Outcome,
    Rating,
    Reach,
    Tag,
    Urgency,
    VerdictKind,
    VerdictState,
)
from factcheck.models import Case
from intake.enums import SeenWhen, SeenWhere


class QueueQuerySerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(
        CaseStatus.choices, required=False, help_text=_("Without it: everything still open.")
    )
    urgency = serializers.ChoiceField(Urgency.choices, required=False)
    assignee = serializers.ChoiceField(
        [("me", _("Assigned to the token's owner")), ("none", _("Assigned to nobody"))],
        required=False,
    )


class CaseRowSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    code = serializers.CharField()
    url = serializers.SerializerMethodField(help_text=_("The page for people."))
    unit = UnitSerializer()
    claim = serializers.CharField()
    claim_written = serializers.BooleanField(
        help_text=_("False: still the words of the first report.")
    )
    topic = TopicSerializer(allow_null=True)
    status = serializers.ChoiceField(CaseStatus.choices)
    status_label = serializers.CharField(source="get_status_display")
    outcome = serializers.ChoiceField(Outcome.choices, allow_blank=True)
    urgency = serializers.ChoiceField(Urgency.choices)
    urgency_label = serializers.CharField(source="get_urgency_display")
    urgency_reason = serializers.CharField(allow_blank=True)
    due_at = serializers.DateTimeField()
    overdue = serializers.SerializerMethodField()
    assignee = serializers.CharField(
        source="assignee.handle", default=None, allow_null=True, help_text=_("A work name.")
    )
    waiting_for = serializers.CharField(allow_blank=True)
    opened_at = serializers.DateTimeField()
    last_report_at = serializers.DateTimeField()
    resurfaced_at = serializers.DateTimeField(allow_null=True)
    reports = serializers.IntegerField(
        source="report_count", help_text=_("Confirmed reports of this case.")
    )

    def get_url(self, case: Case) -> str:
        return settings.SITE_URL + case.get_absolute_url()

    def get_overdue(self, case: Case) -> bool:
        return case.status in OPEN_STATUSES and case.due_at < timezone.now()


class CaseEvidenceSerializer(EvidenceSerializer):
    id = serializers.IntegerField()
    source = serializers.CharField(source="source.name_vi")
    archive_state = serializers.CharField()
    added_at = serializers.DateTimeField()
    added_by = serializers.CharField(source="added_by.handle")
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class VerdictSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(VerdictKind.choices)
    state = serializers.ChoiceField(VerdictState.choices)
    language = serializers.CharField()
    verdict = serializers.ChoiceField(Rating.choices, source="rating", allow_blank=True)
    tags = serializers.ListField(child=serializers.ChoiceField(Tag.choices))
    claim = serializers.CharField(allow_blank=True)
    headline = serializers.CharField(allow_blank=True)
    explanation = serializers.CharField(allow_blank=True)
    what_is_true = serializers.CharField(allow_blank=True)
    what_to_do = serializers.CharField(allow_blank=True)
    why_checked = serializers.CharField(allow_blank=True)
    change_reason = serializers.CharField(allow_blank=True)
    reach = serializers.ChoiceField(Reach.choices, allow_blank=True)
    review_by = serializers.DateField(allow_null=True)
    written_by = serializers.CharField(source="written_by.handle")
    author_unit = serializers.CharField(source="author_unit.code")
    written_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    reviewed_by = serializers.CharField(source="reviewed_by.handle", default=None, allow_null=True)
    reviewer_unit = serializers.CharField(
        source="reviewer_unit.code", default=None, allow_null=True
    )
    reviewed_at = serializers.DateTimeField(allow_null=True)
    review_note = serializers.CharField(allow_blank=True)


class CaseReportSerializer(serializers.Serializer[Any]):
    """A report as staff may read it: nothing that leads to its sender."""

    id = serializers.UUIDField(source="public_id")
    unit = serializers.CharField(source="unit.code")
    text = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    question = serializers.CharField(allow_blank=True)
    seen_where = serializers.ChoiceField(SeenWhere.choices, allow_blank=True)
    seen_when = serializers.ChoiceField(SeenWhen.choices, allow_blank=True)
    language = serializers.CharField()
    created_at = serializers.DateTimeField()
    images = serializers.IntegerField(source="attachments.all.__len__")


class MatchSerializer(serializers.Serializer[Any]):
    """Why a report is, or might be, part of this case."""

    report = serializers.UUIDField(source="report.public_id")
    state = serializers.ChoiceField(MatchState.choices)
    score = serializers.FloatField()
    explanation = serializers.JSONField()
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(
        source="decided_by.handle",
        default=None,
        allow_null=True,
        help_text=_("Null on a confirmed match: the same claim, linked by rule."),
    )


class CaseSerializer(CaseRowSerializer):
    version = serializers.IntegerField()
    merged_into = serializers.IntegerField(
        source="merged_into.number", default=None, allow_null=True
    )
    concerns = UnitSerializer(many=True, source="concerned")
    evidence = CaseEvidenceSerializer(many=True, source="evidence.all")
    verdicts = VerdictSerializer(many=True, source="verdicts.all")
    report_list = CaseReportSerializer(many=True, source="visible_reports")
    matches = MatchSerializer(many=True, source="visible_matches")
