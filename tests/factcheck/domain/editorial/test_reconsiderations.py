from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.domain import memberships
from accounts.enums import Role
from accounts.exceptions import NotAllowed
from factcheck.domain.editorial import reconsiderations, unrecorded_decisions
from factcheck.enums import CaseStatus, RequestState, VerdictState
from factcheck.exceptions import SecondPersonRequired, ValidationError, WrongState
from factcheck.models import Reconsideration
from tests.factories import Cast, make_user, published


@pytest.fixture
def request_(cast: Cast) -> Reconsideration:
    notice = published(cast).notice
    return reconsiderations.ask(notice, "Tôi có văn bản mới hơn", "k" * 32)


def test_same_form_twice_is_one_request(request_: Reconsideration) -> None:
    again = reconsiderations.ask(request_.notice, "Tôi có văn bản khác", "k" * 32)
    assert again == request_
    assert Reconsideration.objects.count() == 1
    for text, key in (("", "a" * 32), ("a" * 3001, "b" * 32), ("Có", "")):
        with pytest.raises(ValidationError):
            reconsiderations.ask(request_.notice, text, key)


def test_nobody_involved_before_decides(cast: Cast, request_: Reconsideration) -> None:
    for user in (cast.checker, cast.reviewer, cast.approver):
        memberships.grant(user, cast.so, Role.REVIEWER, by=None)
        with pytest.raises(SecondPersonRequired):
            reconsiderations.decide(request_, accept=False, decision="Giữ", by=user)
    for user in (cast.colleague, cast.outsider, cast.admin):
        with pytest.raises(NotAllowed):
            reconsiderations.decide(request_, accept=False, decision="Giữ", by=user)


def test_upheld_notice_has_a_reason_and_is_decided_once(
    cast: Cast, request_: Reconsideration
) -> None:
    with pytest.raises(ValidationError):
        reconsiderations.decide(request_, accept=False, decision=" ", by=cast.pooled)
    done = reconsiderations.decide(
        request_, accept=False, decision="Nguồn vẫn đúng", by=cast.pooled
    )
    assert (done.state, done.decided_by) == (RequestState.UPHELD, cast.pooled)
    assert done.notice.case.status == CaseStatus.PUBLISHED
    with pytest.raises(WrongState):
        reconsiderations.decide(request_, accept=True, decision="Mở lại", by=cast.pooled)


def test_accepted_request_begins_a_correction_by_the_last_author(
    cast: Cast, request_: Reconsideration
) -> None:
    done = reconsiderations.decide(request_, accept=True, decision="Có văn bản mới", by=cast.pooled)
    case = done.notice.case
    case.refresh_from_db()
    assert (done.state, case.status) == (RequestState.ACCEPTED, CaseStatus.CHECKING)
    draft = case.verdicts.get(state=VerdictState.DRAFT)
    assert (case.assignee, draft.written_by) == (cast.checker, cast.checker)


def test_accepting_checker_takes_the_correction(cast: Cast, request_: Reconsideration) -> None:
    user = make_user(Role.REVIEWER, cast.xa)
    memberships.grant(user, cast.xa, Role.CHECKER, by=None)
    done = reconsiderations.decide(request_, accept=True, decision="Có văn bản mới", by=user)
    case = done.notice.case
    case.refresh_from_db()
    assert case.assignee == user


def test_a_request_that_nobody_new_can_decide_ends_openly_after_a_week(cast: Cast) -> None:
    version = published(cast)
    request = reconsiderations.ask(version.notice, "Xin xem lại", form_key="w" * 32)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert reconsiderations.close_undecidable() == 0
        for user in (cast.own_reviewer, cast.pooled):
            for membership in user.memberships.all():
                memberships.revoke(membership, by=None)
        assert reconsiderations.close_undecidable() == 1
    request.refresh_from_db()
    assert (request.state, request.decided_by) == (RequestState.UNDECIDED, None)
    assert "một tuần" in request.decision
    assert not list(unrecorded_decisions.rows())
