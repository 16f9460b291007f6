import pytest
from django.utils import timezone

from accounts.exceptions import NotAllowed
from factcheck.checklist import CHECKLIST
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import evidence, reviews, verdicts
from factcheck.enums import (
    CaseStatus,
    Rating,
    SourceKind,
    Stance,
    VerdictKind,
    VerdictState,
)
from factcheck.exceptions import (
    EvidenceMissing,
    ValidationError,
    WrongState,
)
from factcheck.models import Verdict
from tests.factories import (
    Cast,
    add_evidence,
    case_at,
    case_of,
    draft_for,
    make_source,
    make_user,
    submit_report,
    verdict_at,
    words,
)


@pytest.fixture
def case(cast: Cast):  # type: ignore[no-untyped-def]
    return case_at(CaseStatus.CHECKING, cast)


def _missing(verdict: Verdict) -> int:
    return len(verdicts.missing(verdict))


def test_draft_is_created_once_and_then_changed(cast: Cast, case) -> None:  # type: ignore[no-untyped-def]
    first = verdicts.draft(case, by=cast.checker, headline="  Đi học   bình thường ")
    again = verdicts.draft(case, by=cast.checker, rating="false", tags=["scam"])
    assert first.pk == again.pk
    assert (again.headline, again.rating, again.tags) == ("Đi học bình thường", "false", ["scam"])
    assert (again.written_by, again.author_unit, again.kind) == (
        cast.checker,
        cast.school,
        VerdictKind.FIRST,
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"rating": "maybe"},
        {"tags": ["funny"]},
        {"rating": "true", "tags": ["scam"]},
        {"rating": "true", "tags": ["satire", "impersonation"]},
        {"checklist": ["nothing"]},
        {"reach": "everywhere"},
        {"headline": "a" * 161},
    ],
)
def test_invalid_draft_is_refused(cast: Cast, case, fields) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValidationError):
        verdicts.draft(case, by=cast.checker, **fields)
    with pytest.raises(TypeError):
        verdicts.draft(case, by=cast.checker, state="approved")


def test_draft_of_a_colleague_is_taken_over_by_the_assignee_only(cast: Cast, case) -> None:  # type: ignore[no-untyped-def]
    first = verdicts.draft(case, by=cast.checker, headline="Một câu")
    with pytest.raises(WrongState):
        verdicts.draft(case, by=cast.colleague, headline="Câu khác")
    lifecycle.assign(case, cast.colleague, by=cast.checker)
    taken = verdicts.draft(case, by=cast.colleague, rating="true")
    first.refresh_from_db()
    assert first.state == VerdictState.WITHDRAWN
    assert (taken.headline, taken.written_by) == ("Một câu", cast.colleague)


@pytest.mark.parametrize(
    ("rating", "stance", "enough"),
    [
        (Rating.FALSE, Stance.REFUTES, True),
        (Rating.FALSE, Stance.CONTEXT, False),
        (Rating.FALSE, Stance.SUPPORTS, False),
        (Rating.MISLEADING, Stance.REFUTES, True),
        (Rating.MISLEADING, Stance.CONTEXT, True),
        (Rating.MISLEADING, Stance.SUPPORTS, False),
        (Rating.TRUE, Stance.SUPPORTS, True),
        (Rating.PARTLY_FALSE, Stance.REFUTES, True),
        (Rating.OUTDATED, Stance.CONTEXT, True),
        (Rating.MISSING_CONTEXT, Stance.CONTEXT, True),
    ],
)
def test_evidence_must_fit_the_rating(cast: Cast, case, rating, stance, enough) -> None:  # type: ignore[no-untyped-def]
    verdict = verdicts.draft(case, by=cast.checker, **words(rating))
    assert _missing(verdict) == 1
    add_evidence(case, cast.checker, stance)
    assert (verdicts.missing(verdict) == []) == enough


@pytest.mark.parametrize(
    ("rating", "kwargs", "enough"),
    [
        (Rating.FALSE, {"upload": None}, False),
        (Rating.TRUE, {"upload": None}, True),
        (Rating.TRUE, {"upload": None, "url": ""}, False),
        (Rating.TRUE, {"url": ""}, True),
    ],
)
def test_copy_or_address_is_required_by_the_rating(
    cast: Cast, case, rating, kwargs, enough
) -> None:  # type: ignore[no-untyped-def]
    verdict = verdicts.draft(case, by=cast.checker, **words(rating))
    add_evidence(case, cast.checker, Stance.REFUTES, **kwargs)
    assert (verdicts.missing(verdict) == []) == enough


def test_secondary_source_is_enough_for_true_but_not_for_false(cast: Cast, case) -> None:  # type: ignore[no-untyped-def]
    verdict = verdicts.draft(case, by=cast.checker, **words(Rating.FALSE))
    add_evidence(case, cast.checker, source=make_source(SourceKind.SECONDARY))
    assert _missing(verdict) == 1
    verdict = verdicts.draft(case, by=cast.checker, rating=Rating.TRUE)
    assert verdicts.missing(verdict) == []


def test_withdrawn_evidence_does_not_count(cast: Cast, case) -> None:  # type: ignore[no-untyped-def]
    item = add_evidence(case, cast.checker)
    verdict = verdicts.draft(case, by=cast.checker, **words())
    assert verdicts.missing(verdict) == []
    evidence.withdraw(item, by=cast.checker)
    assert _missing(verdict) == 1


@pytest.mark.parametrize("rating", [Rating.UNVERIFIABLE, Rating.OPINION])
def test_no_evidence_but_an_explanation_for_what_cannot_be_settled(  # type: ignore[no-untyped-def]
    cast: Cast, case, rating
) -> None:
    verdict = verdicts.draft(case, by=cast.checker, **words(rating, what_is_true=""))
    assert verdicts.missing(verdict) == []
    verdict = verdicts.draft(case, by=cast.checker, explanation="")
    assert _missing(verdict) == 1


@pytest.mark.parametrize(
    "gap",
    [
        {"claim": ""},
        {"headline": ""},
        {"explanation": ""},
        {"what_is_true": ""},
        {"reach": ""},
        {"review_by": None},
        {"review_by": timezone.localdate()},
        {"checklist": list(CHECKLIST)[1:]},
        {"rating": ""},
    ],
)
def test_every_gap_is_named_and_prevents_submission(cast: Cast, case, gap) -> None:  # type: ignore[no-untyped-def]
    verdict = draft_for(case, cast.checker)
    verdict = verdicts.draft(case, by=cast.checker, **gap)
    with pytest.raises(EvidenceMissing) as refused:
        verdicts.submit_for_review(verdict, by=cast.checker)
    assert len(refused.value.missing) == 1
    assert str(refused.value) == refused.value.missing[0]
    case.refresh_from_db()
    assert case.status == CaseStatus.CHECKING


def test_only_the_author_submits(cast: Cast, case) -> None:  # type: ignore[no-untyped-def]
    verdict = draft_for(case, cast.checker)
    with pytest.raises(NotAllowed):
        verdicts.submit_for_review(verdict, by=cast.colleague)
    verdict = verdicts.submit_for_review(verdict, by=cast.checker)
    assert (verdict.state, verdict.case.status) == (VerdictState.IN_REVIEW, CaseStatus.IN_REVIEW)
    with pytest.raises((WrongState, NotAllowed)):
        verdicts.submit_for_review(verdict, by=cast.checker)


@pytest.mark.parametrize("status", [CaseStatus.IN_REVIEW, CaseStatus.APPROVED])
def test_nothing_changes_during_a_review(cast: Cast, status: CaseStatus) -> None:
    verdict = verdict_at(status, cast)
    case, item = verdict.case, verdict.case.evidence.get()
    for change in (
        lambda: verdicts.draft(case, by=cast.checker, headline="Câu khác"),
        lambda: add_evidence(case, cast.checker),
        lambda: evidence.withdraw(item, by=cast.checker),
        lambda: lifecycle.set_claim(case, "Câu khác", version=case.version, by=cast.checker),
        lambda: lifecycle.triage(case, concerns=[], by=cast.checker),
    ):
        with pytest.raises(WrongState, match=r"\w+ \w+"):
            change()


def test_withdrawn_verdict_needs_a_new_review(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    verdicts.withdraw(verdict, by=cast.checker)
    assert (verdict.state, verdict.case.status) == (VerdictState.WITHDRAWN, CaseStatus.CHECKING)
    new = verdicts.draft(verdict.case, by=cast.checker)
    assert new.pk != verdict.pk
    assert (new.headline, new.reviewed_by, new.checklist) == (verdict.headline, None, [])


def test_withdraw_is_for_the_author_and_after_approval_also_the_approver(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    for other in (cast.colleague, cast.approver, cast.reviewer):
        with pytest.raises(NotAllowed):
            verdicts.withdraw(verdict, by=other)
    reviews.approve(verdict, by=cast.reviewer)
    with pytest.raises(NotAllowed):
        verdicts.withdraw(verdict, by=cast.colleague)
    verdicts.withdraw(verdict, by=cast.approver)
    with pytest.raises(WrongState):
        verdicts.withdraw(verdict, by=cast.checker)


def test_draft_can_be_discarded_by_its_author(cast: Cast, case) -> None:  # type: ignore[no-untyped-def]
    verdict = verdicts.draft(case, by=cast.checker)
    with pytest.raises(NotAllowed):
        verdicts.withdraw(verdict, by=cast.colleague)
    verdicts.withdraw(verdict, by=cast.checker)
    assert case.status == CaseStatus.CHECKING


def test_draft_by_someone_of_another_unit_is_refused(cast: Cast) -> None:
    case = case_of(submit_report("Tin về học phí của trường", cast.school))
    lifecycle.take(case, by=cast.checker)
    for other in (cast.outsider, cast.reviewer, cast.approver, make_user()):
        with pytest.raises(NotAllowed):
            verdicts.draft(case, by=other, headline="Một câu")
