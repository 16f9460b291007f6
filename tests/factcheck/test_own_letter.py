"""Two people of a unit may say how a copy differs from its own letter, and nothing else."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.enums import Role
from factcheck import independence, own_letter, permissions
from factcheck.domain.cases import case_queue
from factcheck.domain.editorial import notices, reviews, verdicts
from factcheck.domain.editorial.statements import Statement
from factcheck.enums import (
    CaseStatus,
    ConcernKind,
    ConcernOrigin,
    ConcernState,
    Rating,
    SourceField,
    Stance,
)
from factcheck.exceptions import EvidenceMissing, SecondUnitRequired
from factcheck.models import Case, ConcernedUnit, Evidence, EvidenceStatement, Verdict
from publishing.domain import notice_content
from tests.factories import Cast, add_evidence, case_at, make_source, make_user, pdf, words

OWN = {"document_number": "12/TB-NM"}


def about_school(cast: Cast, concern: str) -> Case:
    case = case_at(CaseStatus.CHECKING, cast)
    ConcernedUnit.objects.update_or_create(
        case=case,
        unit=cast.school,
        defaults={
            "concern": concern,
            "state": ConcernState.ACCEPTED,
            "origin": ConcernOrigin.CHECKER,
            "accepted_at": timezone.now(),
            "accepted_by": cast.checker,
        },
    )
    return case


def letter(case: Case, cast: Cast, **given: Any) -> Evidence:
    """The school's own announcement, fetched from its site unless told otherwise."""
    source = make_source(speaks_for=given.pop("speaks_for", cast.school))
    return add_evidence(case, cast.checker, source=source, **{**OWN, **given})


def in_review(case: Case, cast: Cast, rating: Rating = Rating.FALSE) -> Verdict:
    draft = verdicts.draft(case, by=cast.checker, **words(rating))
    return verdicts.submit_for_review(draft, by=cast.checker)


def stated(item: Evidence, *, own: bool = True) -> dict[int, Statement]:
    return {item.pk: Statement(compared_by_eye=True, own_letter=own)}


@pytest.mark.parametrize("concern", [ConcernKind.ISSUER, ConcernKind.DECISION])
def test_two_people_of_the_unit_decide_and_the_notice_says_so(cast: Cast, concern: str) -> None:
    case = about_school(cast, concern)
    item = letter(case, cast)
    verdict = in_review(case, cast)
    assert verdict in case_queue.review_lists(cast.own_reviewer).waiting
    approved = reviews.approve(verdict, statements=stated(item), by=cast.own_reviewer)
    assert approved.reviewer_unit == cast.school
    version = notices.publish(approved, by=cast.approver)
    assert version.evidence[0]["own_letter"] == cast.school.name
    assert notice_content.evidence(version)[0].own_letter == cast.school.name


def test_without_the_statement_nothing_is_approved(cast: Cast) -> None:
    case = about_school(cast, ConcernKind.ISSUER)
    item = letter(case, cast)
    verdict = in_review(case, cast)
    with pytest.raises(EvidenceMissing):
        reviews.approve(verdict, statements=stated(item, own=False), by=cast.own_reviewer)


def test_somebody_outside_states_nothing_about_it(cast: Cast) -> None:
    case = about_school(cast, ConcernKind.ISSUER)
    item = letter(case, cast)
    approved = reviews.approve(in_review(case, cast), statements=stated(item), by=cast.reviewer)
    assert approved.reviewer_unit == cast.xa
    assert EvidenceStatement.objects.get().own_letter_of is None


@pytest.mark.parametrize(
    ("concern", "rating", "given"),
    [
        (ConcernKind.CONDUCT, Rating.FALSE, {}),
        (ConcernKind.CARE, Rating.FALSE, {}),
        (ConcernKind.ISSUER, Rating.TRUE, {"stance": Stance.SUPPORTS}),
        (ConcernKind.ISSUER, Rating.OUTDATED, {"document_number": ""}),
        (ConcernKind.ISSUER, Rating.OUTDATED, {"document_date": None}),
        (ConcernKind.ISSUER, Rating.OUTDATED, {"upload": "pdf"}),
        (ConcernKind.ISSUER, Rating.OUTDATED, {"speaks_for": None}),
    ],
)
def test_nothing_else_lifts_the_bar(
    cast: Cast, concern: str, rating: Rating, given: dict[str, Any]
) -> None:
    case = about_school(cast, concern)
    if given.get("upload"):
        given = {"upload": pdf()}
    item = letter(case, cast, **given)
    add_evidence(case, cast.checker, source=make_source(field=SourceField.EDUCATION))
    verdict = in_review(case, cast, rating)
    assert own_letter.of_case(case) == {}
    with pytest.raises(SecondUnitRequired):
        permissions.check_can_review(verdict, cast.own_reviewer)
    _refused_by_the_database(verdict, item, cast)


def _refused_by_the_database(verdict: Verdict, item: Evidence, cast: Cast) -> None:
    statement = {
        "verdict": verdict, "evidence": item, "stated_by": cast.own_reviewer,
        "compared_by_eye": True, "own_letter_of": cast.school,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceStatement.objects.create(**statement)
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        _approve_by_hand(verdict, cast)


def _approve_by_hand(verdict: Verdict, cast: Cast) -> None:
    """What an approval writes, without the application: first the confirmed act."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_guardedact SET confirmed_by_id = %s, confirmed_unit_id = %s, "
            "confirmed_at = proposed_at WHERE subject = %s",
            [cast.own_reviewer.pk, cast.school.pk, f"factcheck.verdict:{verdict.pk}"],
        )
        cursor.execute(
            "UPDATE factcheck_verdict SET state = 'approved', reviewed_by_id = %s, "
            "reviewed_at = submitted_at, reviewer_unit_id = %s WHERE id = %s",
            [cast.own_reviewer.pk, cast.school.pk, verdict.pk],
        )


def test_the_database_lets_through_exactly_the_stated_letter(cast: Cast) -> None:
    case = about_school(cast, ConcernKind.ISSUER)
    item = letter(case, cast)
    verdict = in_review(case, cast)
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        _approve_by_hand(verdict, cast)
    row = {"verdict": verdict, "evidence": item, "compared_by_eye": True}
    with pytest.raises(IntegrityError), transaction.atomic():  # by its author
        EvidenceStatement.objects.create(**row, stated_by=cast.checker, own_letter_of=cast.school)
    with pytest.raises(IntegrityError), transaction.atomic():  # of another unit
        EvidenceStatement.objects.create(**row, stated_by=cast.own_reviewer, own_letter_of=cast.xa)
    EvidenceStatement.objects.create(**row, stated_by=cast.own_reviewer, own_letter_of=cast.school)
    _approve_by_hand(verdict, cast)
    verdict.refresh_from_db()
    assert verdict.reviewed_by == cast.own_reviewer


def test_a_statement_by_another_person_does_not_help_who_approves(cast: Cast) -> None:
    case = about_school(cast, ConcernKind.ISSUER)
    item = letter(case, cast)
    verdict = in_review(case, cast)
    EvidenceStatement.objects.create(
        verdict=verdict, evidence=item, compared_by_eye=True, own_letter_of=cast.school,
        stated_by=make_user(Role.REVIEWER, cast.school),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        _approve_by_hand(verdict, cast)


def test_a_withdrawn_letter_lifts_nothing(cast: Cast) -> None:
    case = about_school(cast, ConcernKind.ISSUER)
    item = letter(case, cast)
    verdict = in_review(case, cast)
    EvidenceStatement.objects.create(
        verdict=verdict, evidence=item, compared_by_eye=True, own_letter_of=cast.school,
        stated_by=cast.own_reviewer,
    )  # fmt: skip
    Evidence.objects.update(withdrawn_at=timezone.now(), withdrawn_by=cast.checker)
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        _approve_by_hand(verdict, cast)


def test_only_a_verdict_is_decided_so(cast: Cast) -> None:
    """Not a request for reconsideration, and nothing before a verdict is being written."""
    case = about_school(cast, ConcernKind.ISSUER)
    letter(case, cast)
    assert not independence.may_decide(case, cast.own_reviewer)
    in_review(case, cast)
    assert independence.may_decide(case, cast.own_reviewer)
    with pytest.raises(SecondUnitRequired):
        independence.deciding_unit(case, cast.own_reviewer, took_part={cast.checker.pk})
