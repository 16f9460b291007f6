from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from intake.enums import Reader, SeenWhen, SeenWhere, Stage
from intake.models import Reply

LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]


class ReportRequestSerializer(serializers.Serializer[Any]):
    """What is sent. What makes a report acceptable is decided by intake, not here."""

    text = serializers.CharField(
        required=False,
        allow_blank=True,
        trim_whitespace=False,
        help_text=_("The message as it circulates, up to 5,000 characters."),
    )
    url = serializers.CharField(
        required=False, allow_blank=True, help_text=_("Where it can be read.")
    )
    question = serializers.CharField(
        required=False, allow_blank=True, help_text=_("What the sender would like to know.")
    )
    seen_where = serializers.ChoiceField(SeenWhere.choices, required=False, allow_blank=True)
    seen_when = serializers.ChoiceField(SeenWhen.choices, required=False, allow_blank=True)
    language = serializers.ChoiceField(LANGUAGES, required=False)
    unit = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text=_(
            "Code of the unit it is meant for; without it, the unit that takes all others."
        ),
    )
    reader = serializers.ChoiceField(
        Reader.choices,
        required=False,
        allow_blank=True,
        help_text=_(
            "Who reads it: that unit, or elsewhere: the nearest unit above it. Without it, "
            "elsewhere if the text speaks of illness, violence, money or conduct."
        ),
    )
    contact_email = serializers.EmailField(
        required=False,
        allow_blank=True,
        help_text=_("Where to send the answer; stored encrypted, deleted after 90 days."),
    )


class ReportUploadSerializer(ReportRequestSerializer):
    images = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True),
        required=False,
        help_text=_("Up to 4 screenshots: JPEG, PNG or WebP, 5 MB each."),
    )


class ReceiptSerializer(serializers.Serializer[Any]):
    receipt = serializers.CharField(help_text=_("24 characters; the only way to the answer."))
    receipt_grouped = serializers.CharField(help_text=_("The same, in groups, to be read out."))
    created = serializers.BooleanField(
        help_text=_("False when this key was received before: nothing new was stored.")
    )
    read_by = serializers.CharField(help_text=_("Name of the unit that reads the report."))
    track_url = serializers.URLField(help_text=_("The page where the receipt can be entered."))


class TrackRequestSerializer(serializers.Serializer[Any]):
    receipt = serializers.CharField(
        max_length=100, help_text=_("In any case, with or without spaces and dashes.")
    )


class StepSerializer(serializers.Serializer[Any]):
    stage = serializers.ChoiceField(Stage.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    at = serializers.DateTimeField(allow_null=True, help_text=_("Null: not reached yet."))
    note = serializers.CharField(allow_blank=True)


class AnswerSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField(source="created_at")
    act_first = serializers.BooleanField(
        help_text=_("True for a warning: show title and advice before anything else.")
    )
    title = serializers.CharField(allow_blank=True)
    advice = serializers.CharField(allow_blank=True)
    body = serializers.CharField(allow_blank=True)
    verdict = serializers.CharField(allow_blank=True)
    verdict_label = serializers.CharField(allow_blank=True)
    url = serializers.SerializerMethodField(help_text=_("The notice's page; empty without one."))

    def get_url(self, reply: Reply) -> str:
        return settings.SITE_URL + reply.url if reply.url else ""


class TrackSerializer(serializers.Serializer[Any]):
    stage = serializers.ChoiceField(Stage.choices)
    stage_label = serializers.CharField()
    read_by = serializers.CharField(help_text=_("Name of the unit that reads the report."))
    steps = StepSerializer(many=True)
    answers = AnswerSerializer(many=True, help_text=_("Newest first; a correction is a new one."))
