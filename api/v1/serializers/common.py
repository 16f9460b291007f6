"""Serializers shared by several resources."""

from typing import Any

from rest_framework import serializers


class UnitSerializer(serializers.Serializer[Any]):
    """What anyone may know of a unit."""

    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField(source="kind.code")


class TopicSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField(source="__str__")


class EvidenceSerializer(serializers.Serializer[Any]):
    """A citation, on a notice as it was published or on a case as it stands."""

    source = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    official = serializers.BooleanField()
    stance = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    quote = serializers.CharField()
    document_number = serializers.CharField(allow_blank=True)
    document_date = serializers.DateField(allow_null=True)
    accessed_on = serializers.DateField()
    archive_sha256 = serializers.CharField(allow_blank=True)
    confirmed_by_issuer = serializers.SerializerMethodField(
        help_text="Name of the unit that confirmed the verdict itself by this document of its own."
    )

    def get_confirmed_by_issuer(self, item: Any) -> str:
        return getattr(item, "own_letter", "")
