"""Who can decide: what must be refused is refused, and what is demanded can be reached."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain import memberships
from accounts.enums import Role
from accounts.exceptions import NotAllowed
from accounts.models import ReviewerPool, Unit
from factcheck import independence
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import reviews, verdicts
from factcheck.enums import CaseStatus, Rating
from factcheck.exceptions import NobodyToDecide, SecondUnitRequired
from factcheck.models import Case
from tests.factories import Cast, case_at, make_unit, make_user, verdict_at


def about(case: Case, cast: Cast, *units: Unit) -> Case:
    return lifecycle.triage(case, concerns=units, by=cast.checker)


def units_that_decide(case: Case) -> set[Unit]:
    return set(independence.deciders(case).units)


def test_a_colleague_is_enough_where_no_unit_is_concerned(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    assert units_that_decide(case) == {cast.school, cast.xa, cast.far}


def test_the_author_is_not_a_second_person(cast: Cast) -> None:
    memberships.grant(cast.checker, cast.sibling, Role.REVIEWER, by=None)
    case = case_at(CaseStatus.CHECKING, cast)
    answer = independence.deciders(case)
    assert cast.checker.pk not in answer.people
    assert {refusal.unit for refusal in answer.refusals} >= {cast.sibling, cast.so}


def test_units_above_a_concerned_one_are_free_and_those_below_are_not(cast: Cast) -> None:
    case = about(case_at(CaseStatus.CHECKING, cast), cast, cast.school)
    assert units_that_decide(case) == {cast.xa, cast.far}
    about(case, cast, cast.so)
    assert not independence.deciders(case)


def test_every_refusal_says_why(cast: Cast) -> None:
    case = about(case_at(CaseStatus.CHECKING, cast), cast, cast.xa)
    refusals = {one.unit: one.sentence for one in independence.deciders(case).refusals}
    assert refusals.keys() == {cast.school, cast.xa, cast.sibling, cast.so}
    assert all(sentence for sentence in refusals.values())


def test_a_role_in_a_concerned_unit_bars_the_person_everywhere(cast: Cast) -> None:
    case = about(case_at(CaseStatus.CHECKING, cast), cast, cast.school)
    memberships.grant(cast.reviewer, cast.school, Role.REPORTER, by=None)
    assert units_that_decide(case) == {cast.far}
    with pytest.raises(SecondUnitRequired, match="Mây Hồ"):
        independence.deciding_unit(case, cast.reviewer, took_part=())


def test_a_pool_of_a_barred_unit_stands_in_for_the_units_below_it(cast: Cast) -> None:
    other = make_unit("province_department", name="Sở GD&ĐT Bình Lam")
    outside = make_user(Role.REVIEWER, other)
    pool = ReviewerPool.objects.create(name="Hai Sở")
    pool.units.set([cast.so, other])
    case = case_at(CaseStatus.CHECKING, cast)
    assert other not in units_that_decide(case)
    with pytest.raises(NotAllowed):
        independence.deciding_unit(case, outside, took_part=())
    about(case, cast, cast.so)
    assert units_that_decide(case) == {other}
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    assert reviews.visible_verdicts(outside).get() == verdict
    assert reviews.approve(verdict, by=outside).reviewer_unit == other


def test_a_verdict_nobody_can_decide_on_is_not_submitted(cast: Cast) -> None:
    case = about(case_at(CaseStatus.CHECKING, cast), cast, cast.so)
    verdict = verdict_at(CaseStatus.CHECKING, cast, case=case)
    with pytest.raises(NobodyToDecide, match="Trường Tiểu học Nắng Mai"):
        verdicts.submit_for_review(verdict, by=cast.checker)


def test_a_closed_account_decides_nothing(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    cast.reviewer.is_active = False
    cast.reviewer.save()
    assert cast.xa not in units_that_decide(case)
    with pytest.raises(NotAllowed):
        independence.deciding_unit(case, cast.reviewer, took_part=())


def test_units_about_which_nobody_could_decide(cast: Cast) -> None:
    alone = make_unit("school", name="Trường biệt lập")
    make_user(Role.CHECKER, alone)
    make_user(Role.REVIEWER, alone)
    ids = {cast.school.pk, cast.so.pk, alone.pk}
    assert independence.undecidable_units(ids) == {cast.so.pk, alone.pk}
    pool = ReviewerPool.objects.create(name="Có bạn")
    pool.units.set([alone, cast.far])
    assert independence.undecidable_units(ids) == {cast.so.pk}


def test_one_person_with_both_roles_is_not_two_people(db: None) -> None:
    so = make_unit("province_department")
    school = make_unit("school", [so])
    officer = make_user(Role.CHECKER, so)
    memberships.grant(officer, so, Role.REVIEWER, by=None)
    assert independence.undecidable_units({school.pk}) == {school.pk}
    make_user(Role.CHECKER, school)
    assert independence.undecidable_units({school.pk}) == set()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whoever_approves_is_independent_of_every_concerned_unit(
    cast: Cast, data: st.DataObject
) -> None:
    """Whatever the rating, the concerned units and the reviewer's roles: an approval stands only
    where the person and their unit are neither of a concerned unit nor below one."""
    units = [cast.so, cast.xa, cast.far, cast.school, cast.sibling]
    case = case_at(CaseStatus.CHECKING, cast, text=f"Tin thử {timezone.now().timestamp()}")
    concerned = data.draw(st.sets(st.sampled_from(units), max_size=2))
    about(case, cast, *concerned)
    person = make_user()
    roles = st.tuples(st.sampled_from(units), st.sampled_from([Role.REVIEWER, Role.CHECKER]))
    for unit, role in data.draw(st.sets(roles, min_size=1, max_size=3)):
        memberships.grant(person, unit, role, by=None)
    rating = data.draw(st.sampled_from([Rating.FALSE, Rating.TRUE, Rating.UNVERIFIABLE]))
    below = Unit.objects.subtree_ids([unit.pk for unit in concerned])
    own = set(person.memberships.values_list("unit", flat=True))
    verdict = verdict_at(CaseStatus.CHECKING, cast, case=case, rating=rating)
    try:
        verdicts.submit_for_review(verdict, by=cast.checker)
        reviews.approve(verdict, by=person)
    except NobodyToDecide:
        assert not independence.deciders(case, {cast.checker.pk})
    except (NotAllowed, SecondUnitRequired):
        assert own & below or not person.memberships.filter(role=Role.REVIEWER).exists()
    else:
        assert not own & below
        assert verdict.reviewer_unit_id in own - below
