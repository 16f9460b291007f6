from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind, Role
from accounts.exceptions import NotAllowed, SamePerson
from accounts.models import GuardedAct, User
from factcheck.domain.editorial import registry, sources
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Source
from tests.factories import Cast, make_source, make_user

FIELDS = {"name_vi": "Nguồn mới", "domain": "moi.example.vn", "field": "education"}


def propose(cast: Cast, kind: str = "secondary", **kwargs: Any) -> Source:
    values = {**FIELDS, "by": cast.own_reviewer, "unit": cast.school, **kwargs}
    return registry.propose(kind=kind, **values)


def act_about(source: Source) -> GuardedAct:
    subject = guarded_acts.subject_of(source)
    return GuardedAct.objects.get(subject=subject, ended_at=None, confirmed_at=None)


@pytest.fixture
def keepers(cast: Cast) -> tuple[User, User]:
    """Two administrators of the installation: of the default unit, and a superuser."""
    root = make_user()
    root.is_superuser = True
    root.save(update_fields=["is_superuser"])
    return make_user(Role.UNIT_ADMIN, cast.so), root


def test_entry_is_citable_once_a_second_person_confirmed_it(cast: Cast) -> None:
    source = propose(cast)
    assert source.valid_from == timezone.localdate()
    assert not sources.usable_in(cast.school).exists()
    with pytest.raises(SamePerson):
        registry.confirm(act_about(source), by=cast.own_reviewer)
    registry.confirm(act_about(source), by=cast.admin)
    assert list(sources.usable_in(cast.school)) == [source]


def test_shared_entry_needs_two_administrators_of_the_installation(
    cast: Cast, keepers: tuple[User, User]
) -> None:
    for user in (cast.admin, cast.approver, cast.reviewer):
        with pytest.raises(NotAllowed):
            propose(cast, unit=None, by=user)
    source = propose(cast, kind="primary", unit=None, by=keepers[0])
    with pytest.raises(NotAllowed):
        registry.confirm(act_about(source), by=cast.admin)
    registry.confirm(act_about(source), by=keepers[1])
    assert list(sources.usable_in(cast.sibling)) == [source]


def test_official_entry_of_a_unit_is_confirmed_above(cast: Cast) -> None:
    source = propose(cast, kind="primary")
    with pytest.raises(NotAllowed):
        registry.confirm(act_about(source), by=cast.admin)
    registry.confirm(act_about(source), by=cast.reviewer)
    assert source in sources.usable_in(cast.school)


def test_changed_domain_is_a_new_entry_after_confirmation(
    cast: Cast, keepers: tuple[User, User]
) -> None:
    source = make_source()
    successor = registry.change(source, domain="khac.example.vn", by=keepers[0])
    source.refresh_from_db()
    assert (source.valid_to, successor.is_confirmed) == (None, False)
    registry.confirm(act_about(successor), by=keepers[1])
    assert list(sources.active_sources()) == [successor]
    source.refresh_from_db()
    assert source.valid_to == timezone.localdate()


def test_notes_are_edited_at_once(cast: Cast) -> None:
    source = make_source(unit=cast.school)
    registry.change(source, caveat="Xem mục văn bản", domain=source.domain, by=cast.admin)
    source.refresh_from_db()
    assert source.caveat == "Xem mục văn bản"
    assert not guarded_acts.pending(GuardedKind.SOURCE_CHANGED).exists()
    with pytest.raises(NotAllowed):
        registry.change(source, caveat="x", by=cast.checker)


def test_retirement_waits_and_is_proposed_once(cast: Cast, keepers: tuple[User, User]) -> None:
    source = make_source()
    act = registry.propose_retirement(source, by=keepers[0])
    assert registry.propose_retirement(source, by=keepers[1]) == act
    assert source in sources.active_sources()
    registry.confirm(act, by=keepers[1])
    assert source not in sources.active_sources()
    source.refresh_from_db()
    with pytest.raises(WrongState):
        registry.propose_retirement(source, by=keepers[0])


def test_declined_or_withdrawn_proposal_is_never_citable(cast: Cast) -> None:
    for user in (cast.admin, cast.own_reviewer):
        source = propose(cast)
        act = act_about(source)
        registry.decline(act, by=user)
        assert not act.is_pending
        assert not sources.usable_in(cast.school).exists()
    propose(cast)  # and may be proposed again


@pytest.mark.parametrize("invalid", [{"name_vi": " "}, {"kind": "rumour"}, {"field": "x"}])
def test_invalid_entry_is_not_proposed(cast: Cast, invalid: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        propose(cast, **invalid)


def test_entry_that_is_there_is_not_proposed_again(cast: Cast) -> None:
    source = propose(cast)
    registry.confirm(act_about(source), by=cast.admin)
    with pytest.raises(ValidationError):
        propose(cast)
    later = timezone.localdate() + timedelta(days=1)
    propose(cast, valid_from=later)


def test_pending_for_names_who_may_confirm(cast: Cast, keepers: tuple[User, User]) -> None:
    source = propose(cast, kind="primary")
    (own,) = registry.pending_for(cast.own_reviewer)
    (colleague,) = registry.pending_for(cast.admin)
    (above,) = registry.pending_for(cast.reviewer)
    assert (own.source, own.is_own) == (source, True)
    assert own.refusal
    assert colleague.refusal
    assert (above.refusal, above.is_own) == (None, False)
    assert registry.pending_for(cast.pooled) == []
    assert registry.pending_for(cast.checker) == []


def test_other_field_is_a_new_entry_that_two_people_confirm(cast: Cast) -> None:
    source = propose(cast, valid_from=timezone.localdate() - timedelta(days=3))
    registry.confirm(act_about(source), by=cast.admin)
    source.refresh_from_db()
    successor = registry.change(source, by=cast.own_reviewer, field="police")
    source.refresh_from_db()
    assert (source.field, successor.field, successor.is_confirmed) == ("education", "police", False)
    registry.confirm(act_about(successor), by=cast.admin)
    assert list(sources.usable_in(cast.school)) == [successor]


def test_database_keeps_the_field_of_a_source(cast: Cast) -> None:
    source = propose(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(field="police")
