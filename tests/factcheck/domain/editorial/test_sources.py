import pytest
from django.utils import timezone

from accounts.exceptions import NotAllowed
from factcheck.domain.editorial import sources
from factcheck.exceptions import ValidationError
from tests.factories import Cast


def test_sources_are_seeded_once_and_keep_what_a_person_changed(cast: Cast) -> None:
    assert sources.seed() == 43
    first = sources.active_sources().get(domain="moet.gov.vn")
    sources.update(first, caveat="Xem mục văn bản", by=cast.admin)
    sources.retire(first, by=cast.admin)
    assert sources.seed() == 0
    first.refresh_from_db()
    assert (first.caveat, first.valid_to) == ("Xem mục văn bản", timezone.localdate())
    assert not sources.active_sources().filter(pk=first.pk).exists()
    assert not sources.active_sources().filter(domain__contains="(").exists()


def test_registry_is_changed_only_with_permission(cast: Cast) -> None:
    values = {"name_vi": "Nguồn mới", "kind": "primary", "field": "education"}
    with pytest.raises(NotAllowed):
        sources.create(by=cast.checker, **values)
    source = sources.create(by=cast.admin, **values)
    assert source.valid_from == timezone.localdate()
    for invalid in (values, {**values, "name_vi": " "}, {**values, "kind": "rumour"}):
        with pytest.raises(ValidationError):
            sources.create(by=cast.admin, **invalid)
    with pytest.raises(ValidationError):
        sources.retire(source, on=source.valid_from, by=cast.admin)
