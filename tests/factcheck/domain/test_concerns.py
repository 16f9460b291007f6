"""Concerned units: proposed from what senders and checkers write, struck out by two people."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.exceptions import NotAllowed
from factcheck import concerned_units
from factcheck.domain import concerns
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import merging
from factcheck.domain.editorial import reviews, verdicts
from factcheck.enums import CaseStatus, ConcernKind, ConcernOrigin, ConcernState
from factcheck.exceptions import NobodyToDecide, SecondUnitRequired, ValidationError, WrongState
from factcheck.models import Case, ConcernedUnit
from tests.factories import Cast, case_at, case_of, submit_report, verdict_at

OUR_SCHOOL = "Trường mình thu 500.000 đồng tiền quạt của mỗi em"
NAMED = "Trường THCS Đồi Sim thu 500.000 đồng tiền quạt của mỗi em"


def _row(case: Case) -> ConcernedUnit:
    return case.concerned_units.get()


def test_receiving_a_report_concerns_nobody(cast: Cast) -> None:
    case = case_of(submit_report("Uống lá này khỏi sốt xuất huyết", cast.school))
    assert concerned_units.counting_ids(case) == set()


@pytest.mark.parametrize("text", [OUR_SCHOOL, "Thu 500.000 đồng tiền quạt của mỗi em"])
def test_the_unit_that_was_not_to_read_a_report_is_proposed(cast: Cast, text: str) -> None:
    case = case_of(submit_report(text, cast.school, reader="elsewhere"))
    row = _row(case)
    assert case.unit == cast.xa
    assert (row.unit, row.concern) == (cast.school, ConcernKind.CONDUCT)
    assert (row.origin, row.state) == (ConcernOrigin.REPORTER, ConcernState.PROPOSED)


def test_our_school_means_the_one_whose_form_it_was(cast: Cast) -> None:
    case = case_of(submit_report(OUR_SCHOOL, cast.school, reader="elsewhere"))
    assert case_of(submit_report(OUR_SCHOOL, cast.school)) == case
    assert case_of(submit_report(OUR_SCHOOL, cast.sibling)) != case
    other = case_of(submit_report(OUR_SCHOOL, cast.sibling, reader="elsewhere"))
    assert other != case
    assert set(other.concerned) == {cast.sibling}


def test_a_school_cannot_write_review_and_publish_about_itself_as_our_school(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast, text=OUR_SCHOOL)
    assert _row(case).origin == ConcernOrigin.REPORTER
    lifecycle.set_claim(case, "Một trường thu tiền quạt", version=case.version, by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    with pytest.raises(SecondUnitRequired):
        reviews.approve(verdict, by=cast.own_reviewer)
    reviews.approve(verdict, by=cast.pooled)


def test_units_are_proposed_from_later_and_merged_reports_and_the_claim(cast: Cast) -> None:
    case = case_of(submit_report("Thu 500.000 đồng tiền quạt của mỗi em", cast.so))
    assert concerned_units.counting_ids(case) == set()
    named = case_of(submit_report(NAMED, cast.so))
    merging.merge(named, case, by=cast.overseer)
    assert _row(case).unit == cast.sibling
    assert _row(case).origin == ConcernOrigin.LATER_REPORT
    lifecycle.take(case, by=cast.overseer)
    claim = "Trường Tiểu học Nắng Mai thu tiền quạt"
    lifecycle.set_claim(case, claim, version=case.version, by=cast.overseer)
    assert set(case.concerned) == {cast.sibling, cast.school}
    row = case.concerned_units.get(unit=cast.school)
    assert (row.origin, row.state) == (ConcernOrigin.CLAIM, ConcernState.PROPOSED)


def test_a_picture_proposes_units(cast: Cast) -> None:
    report = submit_report("Xem ảnh này giúp em", cast.so)
    concerns.propose_from_picture(case_of(report), report, NAMED)
    assert _row(case_of(report)).origin == ConcernOrigin.PICTURE


def test_accepting_keeps_who_and_why(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast, text=OUR_SCHOOL)
    concerns.accept(case, [cast.school], concern=ConcernKind.CARE, by=cast.checker)
    row = _row(case)
    assert (row.state, row.concern, row.accepted_by) == ("accepted", "care", cast.checker)
    with pytest.raises(NotAllowed):
        concerns.accept(case, [cast.xa], by=cast.outsider)


def test_striking_out_waits_for_a_second_person_who_could_decide_if_it_stayed(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast, text=OUR_SCHOOL)
    with pytest.raises(ValidationError):
        concerns.propose_strike(_row(case), reason=" ", by=cast.checker)
    concerns.propose_strike(_row(case), reason="Nói về trường khác", by=cast.checker)
    with pytest.raises(WrongState):
        concerns.propose_strike(_row(case), reason="Nói về trường khác", by=cast.colleague)
    assert concerned_units.counting_ids(case) == {cast.school.pk}
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    with pytest.raises(SecondUnitRequired):
        reviews.approve(verdict, struck=[_row(case).pk], by=cast.own_reviewer)
    reviews.approve(verdict, struck=[_row(case).pk], by=cast.pooled)
    assert _row(case).state == ConcernState.STRUCK
    assert concerned_units.counting_ids(case) == set()


def test_a_refused_strike_keeps_the_unit(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast, text=OUR_SCHOOL)
    concerns.propose_strike(_row(case), reason="Nói về trường khác", by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    reviews.send_back(verdict, reason="Có nói về trường này", struck=[], by=cast.pooled)
    assert (_row(case).state, _row(case).accepted_by) == (ConcernState.ACCEPTED, cast.pooled)
    concerns.propose_strike(_row(case), reason="Thật sự không", by=cast.checker)
    concerns.withdraw_strike(_row(case), by=cast.colleague)
    assert concerned_units.strikes([_row(case)]) == {}


def test_a_struck_unit_is_not_proposed_again_and_can_be_named_by_a_person(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast, text=OUR_SCHOOL)
    concerns.propose_strike(_row(case), reason="Nói về trường khác", by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    reviews.send_back(verdict, reason="Sửa lại", struck=[_row(case).pk], by=cast.pooled)
    concerns.propose_from_report(case, submit_report(OUR_SCHOOL, cast.school))
    assert _row(case).state == ConcernState.STRUCK
    concerns.accept(case, [cast.school], by=cast.checker)
    assert concerned_units.counting_ids(case) == {cast.school.pk}


def test_a_question_to_the_second_person_does_not_count_until_it_is_answered(cast: Cast) -> None:
    text = "Công văn 12/SGDĐT-VP của Sở GD&ĐT Thanh Giang bảo uống lá này khỏi sốt"
    case = case_at(CaseStatus.CHECKING, cast, text=text)
    lifecycle.set_claim(case, "Uống lá này khỏi sốt", version=case.version, by=cast.checker)
    with transaction.atomic():
        concerns.ask_second_person(case, {cast.so.pk}, by=cast.checker, unit=cast.school)
    assert concerned_units.counting_ids(case) == set()
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    verdicts.withdraw(verdict, by=cast.checker)
    assert concerned_units.counting_ids(case) == {cast.so.pk}
    assert concerned_units.strikes([_row(case)]) == {}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE factcheck_concernedunit SET state = 'struck'",
        "UPDATE factcheck_concernedunit SET unit_id = unit_id + 1",
        "UPDATE factcheck_concernedunit SET origin = 'text'",
        "DELETE FROM factcheck_concernedunit",
    ],
)
def test_plain_sql_cannot_strike_out_a_concerned_unit(sql: str, cast: Cast) -> None:
    case_at(CaseStatus.CHECKING, cast, text=OUR_SCHOOL)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_plain_sql_cannot_use_a_proposal_or_an_older_confirmation(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast, text=OUR_SCHOOL)
    concerns.propose_strike(_row(case), reason="Nói về trường khác", by=cast.checker)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConcernedUnit.objects.update(state=ConcernState.STRUCK)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    reviews.send_back(verdict, reason="Sửa lại", struck=[_row(case).pk], by=cast.pooled)
    concerns.accept(case, [cast.school], by=cast.checker)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConcernedUnit.objects.update(state=ConcernState.STRUCK)


def test_a_sender_who_names_everybody_blocks_no_case(cast: Cast) -> None:
    text = "Công văn 12/SGDĐT-VP của Sở GD&ĐT Thanh Giang bảo uống lá này khỏi sốt"
    case = case_at(CaseStatus.CHECKING, cast, text=text)
    assert concerned_units.counting_ids(case) == {cast.so.pk}  # above everybody of the cast
    lifecycle.set_claim(case, "Uống lá này khỏi sốt", version=case.version, by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    assert _row(case).state == ConcernState.QUESTION
    with pytest.raises(SecondUnitRequired):  # "yes, it is about the department"
        reviews.approve(verdict, by=cast.reviewer)
    reviews.approve(verdict, struck=[_row(case).pk], by=cast.reviewer)
    assert _row(case).state == ConcernState.STRUCK


def test_what_the_written_claim_names_is_no_question(cast: Cast) -> None:
    text = "Công văn 12/SGDĐT-VP của Sở GD&ĐT Thanh Giang cho nghỉ học"
    case = case_at(CaseStatus.CHECKING, cast, text=text)
    claim = "Sở GD&ĐT Thanh Giang cho nghỉ học"
    lifecycle.set_claim(case, claim, version=case.version, by=cast.checker)
    assert _row(case).state == ConcernState.ACCEPTED
    with pytest.raises(NobodyToDecide):
        verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
