from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.v1.serializers.common import EvidenceSerializer, TopicSerializer, UnitSerializer
from factcheck.enums import Rating, Tag, VerdictKind
from factcheck.models import Notice, NoticeVersion


class NoticeQuerySerializer(serializers.Serializer[Any]):
    """Filters of the public list; unknown codes simply find nothing."""

    q = serializers.CharField(required=False, max_length=200, help_text=_("Words to look for."))
    topic = serializers.CharField(required=False, max_length=40, help_text=_("Slug of a topic."))
    verdict = serializers.ChoiceField(Rating.choices, required=False)
    unit = serializers.CharField(
        required=False, max_length=64, help_text=_("Code of the unit that published.")
    )
    updated_since = serializers.DateTimeField(
        required=False, help_text=_("Only notices with a version published at or after this time.")
    )


class VersionSerializer(serializers.Serializer[Any]):
    """One published version: never changed after publication."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(VerdictKind.choices)
    language = serializers.CharField()
    verdict = serializers.ChoiceField(Rating.choices, source="rating")
    verdict_label = serializers.CharField(source="get_rating_display")
    act_first = serializers.SerializerMethodField(
        help_text=_("True for a warning: show headline and what_to_do before anything else.")
    )
    headline = serializers.CharField(source="leading_headline")
    what_to_do = serializers.CharField(source="shown_advice", allow_blank=True)
    tags = serializers.ListField(child=serializers.ChoiceField(Tag.choices))
    claim = serializers.CharField()
    explanation = serializers.CharField()
    what_is_true = serializers.CharField(allow_blank=True)
    why_checked = serializers.CharField(allow_blank=True)
    change_reason = serializers.CharField(
        allow_blank=True, help_text=_("What a correction or retraction changed, and why.")
    )
    evidence = EvidenceSerializer(many=True)
    review_by = serializers.DateField()
    published_at = serializers.DateTimeField()
    rerated_on = serializers.DateField(
        allow_null=True, help_text=_("The day on which an upgrade changed its verdict by rule.")
    )

    def get_act_first(self, version: NoticeVersion) -> bool:
        return version.rating_definition.act_first is not None


class NoticeSerializer(serializers.Serializer[Any]):
    """A notice with its current version."""

    slug = serializers.CharField()
    url = serializers.SerializerMethodField(help_text=_("The page for people."))
    unit = UnitSerializer()
    topic = TopicSerializer(allow_null=True)
    first_published_at = serializers.DateTimeField()
    expired = serializers.SerializerMethodField(
        help_text=_("True after the day by which it was to be looked at again.")
    )
    current = serializers.SerializerMethodField()

    def get_url(self, notice: Notice) -> str:
        return settings.SITE_URL + notice.get_absolute_url()

    def get_expired(self, notice: Notice) -> bool:
        return _current(notice).is_due_for_review()

    def get_current(self, notice: Notice) -> VersionSerializer:
        return VersionSerializer(_current(notice)).data  # type: ignore[return-value]


class NoticeDetailSerializer(NoticeSerializer):
    versions = VersionSerializer(many=True, source="versions.all", help_text=_("Oldest first."))


def _current(notice: Notice) -> NoticeVersion:
    """From the prefetched versions, so a list costs no query per row."""
    return next(version for version in notice.versions.all() if version.is_current)
