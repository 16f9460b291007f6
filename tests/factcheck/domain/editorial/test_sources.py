from django.utils import timezone

from factcheck.domain.editorial import registry, sources
from tests.factories import Cast, make_source, make_user


def test_sources_are_seeded_once_and_keep_what_a_person_changed(cast: Cast) -> None:
    assert sources.seed() == 43
    first = sources.active_sources().get(domain="moet.gov.vn")
    root = make_user()
    root.is_superuser = True
    root.save(update_fields=["is_superuser"])
    registry.change(first, caveat="Xem mục văn bản", by=root)
    act = registry.propose_retirement(first, by=root)
    registry.confirm_by_operator(act)
    assert sources.seed() == 0
    first.refresh_from_db()
    assert (first.caveat, first.valid_to) == ("Xem mục văn bản", timezone.localdate())
    assert not sources.active_sources().filter(pk=first.pk).exists()
    assert not sources.active_sources().filter(domain__contains="(").exists()


def test_entry_of_a_unit_is_usable_there_and_below(cast: Cast) -> None:
    shared, of_xa = make_source(), make_source(unit=cast.xa)
    assert set(sources.usable_in(cast.school)) == {shared, of_xa}
    assert set(sources.usable_in(cast.so)) == {shared}
    assert set(sources.usable_in(cast.far)) == {shared}
