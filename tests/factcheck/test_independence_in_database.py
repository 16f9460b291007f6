"""Plain SQL does not approve a verdict for somebody who is not independent."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.domain import memberships
from accounts.enums import Role
from accounts.models import GuardedAct, Unit, User
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import guest_reviews, reconsiderations
from factcheck.enums import CaseStatus, ConcernKind
from factcheck.models import ConcernedUnit, Reconsideration, Verdict
from tests.factories import Cast, case_at, make_user, published, verdict_at


def approve(verdict: Verdict, person: User, unit: Unit) -> None:
    """Forge both rows: the act that two people stand behind, and the verdict."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_guardedact SET confirmed_by_id = %s, confirmed_unit_id = %s, "
            "confirmed_at = proposed_at WHERE subject = %s",
            [person.pk, unit.pk, f"factcheck.verdict:{verdict.pk}"],
        )
        cursor.execute(
            "UPDATE factcheck_verdict SET state = 'approved', reviewed_by_id = %s, "
            "reviewed_at = written_at, reviewer_unit_id = %s WHERE id = %s",
            [person.pk, unit.pk, verdict.pk],
        )


@pytest.fixture
def verdict(cast: Cast) -> Verdict:
    """In review, about the school's conduct and the department's decision."""
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.xa], by=cast.checker)
    ConcernedUnit.objects.filter(unit=cast.xa).update(concern=ConcernKind.CONDUCT)
    return verdict_at(CaseStatus.IN_REVIEW, cast, case=case)


def test_an_independent_reviewer_passes(verdict: Verdict, cast: Cast) -> None:
    """The control: the statements are right, so what refuses them below is the rule."""
    approve(verdict, cast.pooled, cast.far)
    verdict.refresh_from_db()
    assert verdict.reviewed_by == cast.pooled


def test_a_concerned_unit_and_those_below_it_are_refused(verdict: Verdict, cast: Cast) -> None:
    below = make_user(Role.REVIEWER, cast.sibling)
    for person, unit in ((cast.reviewer, cast.xa), (below, cast.sibling)):
        with pytest.raises(IntegrityError, match="refused: the approving"):
            approve(verdict, person, unit)


def test_a_role_in_a_concerned_unit_is_refused(verdict: Verdict, cast: Cast) -> None:
    memberships.grant(cast.pooled, cast.xa, Role.REPORTER, by=None)
    with pytest.raises(IntegrityError, match="refused: the approving person"):
        approve(verdict, cast.pooled, cast.far)


def test_an_outside_office_needs_a_guest_somebody_vouched_for(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.so], by=cast.checker)
    guest = guest_reviews.invite(
        case, name="Hoa", office="Trạm Y tế", email="t@yte.example.org", by=cast.colleague
    )
    guest_reviews.vouch(guest, by=cast.approver)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    with pytest.raises(IntegrityError, match="refused: a guest"):
        approve(verdict, cast.pooled, guest.office)
    approve(verdict, guest.user, guest.office)
    assert GuardedAct.objects.filter(kind="guest_reviewer", confirmed_at__isnull=False).exists()


def test_a_request_is_not_decided_by_a_member_of_a_concerned_unit(cast: Cast) -> None:
    version = published(cast)
    ConcernedUnit.objects.create(
        case=version.notice.case, unit=cast.far, concern="conduct", origin="checker"
    )
    request = reconsiderations.ask(version.notice, "Xin xem lại", form_key="k" * 32)
    other = make_user(Role.REVIEWER, cast.sibling)
    decide = (
        "UPDATE factcheck_reconsideration SET state = 'upheld', decision = 'x', "
        "decided_at = created_at, decided_by_id = %s WHERE id = %s"
    )
    with connection.cursor() as cursor:
        with (
            pytest.raises(IntegrityError, match="refused: a request is decided by somebody"),
            transaction.atomic(),
        ):
            cursor.execute(decide, [cast.pooled.pk, request.pk])
        cursor.execute(decide, [other.pk, request.pk])
    assert Reconsideration.objects.get().decided_by == other
