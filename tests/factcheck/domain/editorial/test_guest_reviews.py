"""Guest reviewers: who may invite, vouch and decide, and that a guest can do nothing else."""

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts import permissions as roles
from accounts.domain import outside_offices
from accounts.enums import Role
from accounts.exceptions import AccountsError, DomainError, NotAllowed
from accounts.models import Unit
from channels.domain.encryption import decrypt
from channels.models import Message
from factcheck import independence
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import guest_reviews, guest_sign_in, reviews, verdicts
from factcheck.enums import CaseStatus, ConcernKind, VerdictState
from factcheck.exceptions import SecondPersonRequired, ValidationError, WrongState
from factcheck.models import Case, ConcernedUnit, GuestReview
from tests.factories import Cast, case_at, make_user, verdict_at

GUEST = {"name": "Chị Hoa", "office": "Trạm Y tế phường", "email": "tram.yte@yte.example.org"}


@pytest.fixture
def stuck(cast: Cast) -> Case:
    """A case about the department: nobody at a school below it can decide."""
    case = case_at(CaseStatus.CHECKING, cast)
    return lifecycle.triage(case, concerns=[cast.so], by=cast.checker)


@pytest.fixture
def guest(stuck: Case, cast: Cast) -> GuestReview:
    invited = guest_reviews.invite(stuck, **GUEST, by=cast.colleague)
    return guest_reviews.vouch(invited, by=cast.approver)


def mailed(purpose: str) -> str:
    return decrypt(Message.objects.filter(purpose=purpose).latest("pk").body)


def test_a_guest_decides_where_nobody_else_can(stuck: Case, guest: GuestReview, cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=stuck)
    assert [str(unit) for unit in independence.deciders(stuck).units] == [GUEST["office"]]
    reviews.approve(verdict, by=guest.user)
    assert verdict.state == VerdictState.APPROVED
    assert str(verdict.reviewer_unit) == GUEST["office"]
    guest.refresh_from_db()
    assert not guest.is_active


def test_a_guest_has_no_rights_at_all(guest: GuestReview, cast: Cast) -> None:
    assert not guest.user.is_active
    assert not guest.user.has_usable_password()
    assert roles.permissions_in(guest.user, cast.school) == set()
    other = verdict_at(CaseStatus.IN_REVIEW, cast, text="Tin về thực đơn bán trú")
    with pytest.raises(NotAllowed):
        reviews.approve(other, by=guest.user)
    assert guest.office not in Unit.objects.active()


def test_the_author_neither_invites_nor_vouches(stuck: Case, cast: Cast) -> None:
    with pytest.raises(SecondPersonRequired):
        guest_reviews.invite(stuck, **GUEST, by=cast.checker)
    invited = guest_reviews.invite(stuck, **GUEST, by=cast.colleague)
    for user, refusal in (
        (cast.checker, DomainError),
        (cast.colleague, NotAllowed),
        (cast.outsider, NotAllowed),
    ):
        with pytest.raises(refusal):
            guest_reviews.vouch(invited, by=user)
    approver_who_invites = make_user(Role.APPROVER, cast.school)
    guest_reviews.decline(invited, by=cast.admin)
    invited = guest_reviews.invite(stuck, **GUEST, by=approver_who_invites)
    with pytest.raises(SecondPersonRequired):
        guest_reviews.vouch(invited, by=approver_who_invites)
    assert guest_reviews.vouch(invited, by=cast.admin).is_active


def test_nobody_is_invited_where_somebody_can_decide(cast: Cast) -> None:
    with pytest.raises(WrongState):
        guest_reviews.invite(case_at(CaseStatus.CHECKING, cast), **GUEST, by=cast.colleague)


def test_a_guest_before_anybody_vouched_decides_nothing(stuck: Case, cast: Cast) -> None:
    invited = guest_reviews.invite(stuck, **GUEST, by=cast.colleague)
    assert not independence.deciders(stuck)
    assert not Message.objects.filter(purpose="guest_review").exists()
    with pytest.raises(WrongState):
        guest_reviews.invite(stuck, **GUEST, by=cast.colleague)
    guest_reviews.decline(invited, by=cast.admin)
    assert not independence.deciders(stuck)


@pytest.mark.parametrize("email", ["ai-do@gmail.com", "la@example.vn", "khong phai", ""])
def test_an_address_that_shows_no_outside_office_is_refused(
    stuck: Case, cast: Cast, email: str
) -> None:
    make_user(Role.CHECKER, cast.so)  # at example.vn
    with pytest.raises(ValidationError):
        guest_reviews.invite(stuck, **{**GUEST, "email": email}, by=cast.colleague)


def test_a_unit_here_or_an_account_here_is_no_guest(stuck: Case, cast: Cast) -> None:
    with pytest.raises(AccountsError):
        outside_offices.get_or_create(cast.xa.name.upper(), by=cast.colleague)
    person = make_user()
    person.email = GUEST["email"]
    person.save()
    with pytest.raises(ValidationError):
        guest_reviews.invite(stuck, **GUEST, by=cast.colleague)


def test_a_unit_invites_no_guest_about_its_own_conduct(stuck: Case, cast: Cast) -> None:
    lifecycle.triage(stuck, concerns=[cast.so, cast.school], by=cast.checker)
    ConcernedUnit.objects.filter(unit=cast.school).update(concern=ConcernKind.CONDUCT)
    with pytest.raises(NotAllowed):
        guest_reviews.invite(stuck, **GUEST, by=cast.colleague)


def test_three_cases_a_school_year_and_no_fourth(stuck: Case, cast: Cast) -> None:
    for number in range(3):
        case = case_at(CaseStatus.CHECKING, cast, text=f"Tin khác hẳn số {number} về bữa ăn")
        lifecycle.triage(case, concerns=[cast.so], by=cast.checker)
        invited = guest_reviews.invite(case, **GUEST, by=cast.colleague)
        guest_reviews.vouch(invited, by=cast.admin)
    with pytest.raises(WrongState):
        guest_reviews.invite(stuck, **GUEST, by=cast.colleague)
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert guest_reviews.invite(stuck, **GUEST, by=cast.colleague)


def test_the_operator_vouches_where_a_unit_has_nobody(stuck: Case, cast: Cast) -> None:
    invited = guest_reviews.invite(stuck, **GUEST, by=cast.colleague)
    out = StringIO()
    call_command("vouch_guest", stdout=out)
    assert GUEST["office"] in out.getvalue()
    call_command("vouch_guest", invited.pk, stdout=out)
    assert independence.deciders(stuck)


def test_the_link_is_over_after_a_week(guest: GuestReview, stuck: Case) -> None:
    token = re.search(r"/duyet-khach/([^/\s]+)/", mailed("guest_review"))
    assert token is not None
    assert guest_sign_in.find(token[1]) == guest
    assert guest_sign_in.find("") is None
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert guest_sign_in.find(token[1]) is None
        assert not independence.deciders(stuck)


def test_a_code_works_once_within_a_quarter_of_an_hour(guest: GuestReview) -> None:
    guest_sign_in.send_code(guest)
    with pytest.raises(WrongState):
        guest_sign_in.send_code(guest)
    code = re.search(r"\d{6}", mailed("guest_code"))
    assert code is not None
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=16)),
        pytest.raises(ValidationError),
    ):
        guest_sign_in.check_code(guest, code[0])
    guest_sign_in.check_code(guest, code[0])
    with pytest.raises(ValidationError):
        guest_sign_in.check_code(guest, code[0])


def test_five_wrong_codes_end_a_code(guest: GuestReview) -> None:
    guest_sign_in.send_code(guest)
    code = re.search(r"\d{6}", mailed("guest_code"))
    assert code is not None
    wrong = "000000" if code[0] != "000000" else "111111"
    for _attempt in range(5):
        with pytest.raises(ValidationError):
            guest_sign_in.check_code(guest, wrong)
    with pytest.raises(ValidationError):
        guest_sign_in.check_code(guest, code[0])


def test_a_returned_verdict_can_come_back_to_the_same_guest(
    stuck: Case, guest: GuestReview, cast: Cast
) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=stuck)
    reviews.send_back(verdict, reason="Thiếu ngày", by=guest.user)
    draft = verdicts.draft(Case.objects.get(pk=stuck.pk), by=cast.checker, **{})
    assert draft.pk != verdict.pk
    assert independence.deciders(stuck)
