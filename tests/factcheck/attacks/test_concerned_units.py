"""A concerned unit tries to become its own judge, or to leave its case without one."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind, Role
from accounts.exceptions import NotAllowed
from accounts.models import GuardedAct, User
from factcheck import concerned_units, independence
from factcheck.domain import concern_kinds, concerns
from factcheck.domain.cases import lifecycle, undecidable
from factcheck.domain.editorial import guest_reviews, reviews, verdicts
from factcheck.enums import CaseStatus, ConcernKind, ConcernState, Rating, Stance
from factcheck.exceptions import EvidenceMissing, NobodyToDecide, SecondUnitRequired
from factcheck.models import Case
from tests.factories import (
    Cast,
    add_evidence,
    case_of,
    draft_for,
    make_source,
    make_unit,
    make_user,
    statements_for,
    submit_report,
    verdict_at,
    words,
)

FUND = "Trường Tiểu học Nắng Mai thu mỗi em 2 triệu tiền quỹ lớp không có hóa đơn"
EVERYBODY = (
    "UBND phường Bến Trăng thu tiền trái phép của phụ huynh; Trường THCS Đồi Sim, "
    "UBND xã Mây Hồ, Sở GD&ĐT Thanh Giang đều biết"
)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def refused(sql: str) -> None:
    with pytest.raises(IntegrityError, match="refused"):
        run(sql)


def taken(text: str, cast: Cast) -> Case:
    return lifecycle.take(case_of(submit_report(text, cast.school)), by=cast.checker)


def test_a_checker_alone_does_not_weaken_the_kind(cast: Cast) -> None:
    case = taken(FUND, cast)
    own = make_source(name_vi="Trường Tiểu học Nắng Mai", speaks_for=cast.school)
    add_evidence(case, cast.checker, Stance.REFUTES, source=own)
    fields = words(Rating.FALSE, claim=FUND, tags=[])
    verdict = verdicts.draft(case, by=cast.checker, **fields)
    before = verdicts.missing(verdict)
    assert before
    concerns.accept(case, [cast.school], concern=ConcernKind.ISSUER, by=cast.checker)
    row = case.concerned_units.get()
    assert (row.state, row.concern) == (ConcernState.ACCEPTED, ConcernKind.CONDUCT)
    assert verdicts.missing(verdict) == before
    with pytest.raises(EvidenceMissing):
        verdicts.submit_for_review(verdict, by=cast.checker)


def test_a_weaker_kind_holds_once_the_second_person_agrees(cast: Cast) -> None:
    case = taken(FUND, cast)
    concerns.accept(case, [cast.school], concern=ConcernKind.ISSUER, by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    (row, act, kind) = concern_kinds.waiting(case)[0]
    assert kind == ConcernKind.ISSUER
    with pytest.raises(SecondUnitRequired):
        reviews.approve(verdict, weakened=[row.pk], by=cast.own_reviewer)
    statements = statements_for(verdict)
    reviews.approve(verdict, weakened=[row.pk], statements=statements, by=cast.pooled)
    row.refresh_from_db()
    act.refresh_from_db()
    assert (row.concern, act.confirmed_by) == (ConcernKind.ISSUER, cast.pooled)


def test_a_weaker_kind_not_agreed_to_ends_with_the_approval(cast: Cast) -> None:
    case = taken(FUND, cast)
    concerns.accept(case, [cast.school], concern=ConcernKind.DECISION, by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    reviews.approve(verdict, statements=statements_for(verdict), by=cast.pooled)
    assert case.concerned_units.get().concern == ConcernKind.CONDUCT
    assert concern_kinds.waiting(case) == []


def test_a_proposal_of_a_weaker_kind_can_be_taken_back_and_a_stronger_one_holds(
    cast: Cast,
) -> None:
    case = taken(FUND, cast)
    concerns.accept(case, [cast.school], concern=ConcernKind.ISSUER, by=cast.checker)
    concerns.withdraw_strike(case.concerned_units.get(), by=cast.colleague)
    assert concern_kinds.waiting(case) == []
    concerns.accept(case, [cast.school], concern=ConcernKind.CARE, by=cast.checker)
    assert case.concerned_units.get().concern == ConcernKind.CARE


def test_plain_sql_weakens_no_kind_and_asks_no_question(cast: Cast) -> None:
    case = taken(FUND, cast)
    refused("UPDATE factcheck_concernedunit SET concern = 'issuer'")
    refused("UPDATE factcheck_concernedunit SET state = 'question'")
    concerns.accept(case, [cast.school], concern=ConcernKind.ISSUER, by=cast.checker)
    refused("UPDATE factcheck_concernedunit SET concern = 'issuer'")
    run("UPDATE factcheck_concernedunit SET concern = 'care'")  # the control


def test_nobody_of_an_office_named_by_a_sender_strikes_it_out(cast: Cast) -> None:
    case = taken(EVERYBODY, cast)
    assert cast.xa.pk in concerned_units.counting_ids(case)
    assert independence.Independence([case]).questions(case) == set()
    assert not independence.may_decide(case, cast.reviewer)
    draft = draft_for(case, cast.checker, claim="Có nơi thu tiền của phụ huynh.", tags=[])
    with pytest.raises(NobodyToDecide):
        verdicts.submit_for_review(draft, by=cast.checker)
    # The way out: somebody of an outside office, about whom the claim is not.
    guest = guest_reviews.invite(
        case, name="Chị Hoa", office="Trạm Y tế", email="a@yte.example.org", by=cast.colleague
    )
    guest_reviews.vouch(guest, by=cast.approver)
    verdicts.submit_for_review(draft, by=cast.checker)
    assert independence.may_decide(case, guest.user)


def test_as_few_questions_as_needed_and_none_to_the_office_itself(cast: Cast) -> None:
    text = "Công văn 12/SGDĐT-VP của Sở GD&ĐT Thanh Giang bảo uống lá này khỏi sốt"
    make_user(Role.REVIEWER, cast.so)
    case = taken(text, cast)
    assert independence.Independence([case]).questions(case) == {cast.so.pk}
    insider = make_user(Role.REVIEWER, cast.so)
    lifecycle.set_claim(case, "Uống lá này khỏi sốt", version=case.version, by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    row = case.concerned_units.get()
    assert row.state == ConcernState.QUESTION
    with pytest.raises(SecondUnitRequired):
        reviews.approve(verdict, struck=[row.pk], by=insider)
    reviews.approve(verdict, struck=[row.pk], statements=statements_for(verdict), by=cast.reviewer)


def test_a_case_closed_for_want_of_a_decider_leaves_no_act_and_no_question(cast: Cast) -> None:
    text = "Công văn 12/SGDĐT-VP của Sở GD&ĐT Thanh Giang bảo uống lá này khỏi sốt"
    case = taken(text, cast)
    lifecycle.set_claim(case, "Uống lá này khỏi sốt", version=case.version, by=cast.checker)
    verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    people = [cast.own_reviewer.pk, cast.reviewer.pk, cast.pooled.pk]
    User.objects.filter(pk__in=people).update(is_active=False)
    undecidable.sweep()
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=True):
        undecidable.sweep()
    case.refresh_from_db()
    assert case.status == CaseStatus.CLOSED
    assert not guarded_acts.pending(GuardedKind.VERDICT).exists()
    assert not guarded_acts.pending(GuardedKind.CONCERNED_UNIT).exists()
    assert concerned_units.counting_ids(case) == {cast.so.pk}


def test_a_guest_decides_neither_about_conduct_nor_about_care(db: None) -> None:
    school = make_unit("school", name="Trường Tiểu học Nắng Mai")
    checker, colleague = make_user(Role.CHECKER, school), make_user(Role.CHECKER, school)
    for text in ("Cô giáo Trường Tiểu học Nắng Mai đánh học sinh chảy máu", FUND):
        case = lifecycle.take(case_of(submit_report(text, school)), by=checker)
        concerns.accept(case, [school], concern=ConcernKind.ISSUER, by=checker)
        with pytest.raises(NotAllowed):
            guest_reviews.invite(
                case, name="Ông Bạn", office="Phòng khám", email="x@b.example.org", by=colleague
            )
    assert GuardedAct.objects.filter(kind=GuardedKind.GUEST_REVIEWER).count() == 0
