import pytest

from factcheck.domain.cases import topics
from factcheck.models import (
    Topic,
)


@pytest.mark.django_db
def test_topics_are_seeded_and_restored() -> None:
    shipped = [slug for slug, _vi, _en in topics.TOPICS]
    assert list(Topic.objects.values_list("slug", flat=True)) == shipped
    Topic.objects.all().delete()
    topics.ensure()
    topics.ensure()
    assert list(Topic.objects.values_list("slug", flat=True)) == shipped
