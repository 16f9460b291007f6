import pytest
from django.db import IntegrityError, transaction

from accounts.enums import GuardedKind
from accounts.exceptions import DomainError
from accounts.models import GuardedAct
from factcheck.domain import suspensions
from factcheck.domain.duplicates import matches
from factcheck.domain.editorial import still_right
from factcheck.domain.validity import Validity, validity
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Match, NoticeVersion
from intake.domain import replies, reports, submissions
from intake.domain.submissions import Submission
from intake.models import Report
from tests.factories import Cast, published

CLAIM = "Trường Mầm non Hoa Gạo có 12 trẻ mắc tay chân miệng"
FEES = "Trường Mầm non Hoa Gạo thu 300.000 đồng tiền nước uống"


def _ask(cast: Cast, text: str, sender: str) -> Report:
    submission = Submission(
        text=text, unit=cast.school, sender=sender, form_key=submissions.new_form_key()
    )
    report = reports.submit(submission).report
    matches.match_report(report)
    return report


def _asked_by(cast: Cast, text: str, count: int) -> list[Report]:
    return [_ask(cast, text, f"10.0.0.{number}") for number in range(count)]


def test_five_new_senders_suspend_an_answer_about_illness(cast: Cast) -> None:
    version = published(cast, text=CLAIM, claim=CLAIM)
    *first, last = _asked_by(cast, CLAIM, suspensions.SENDERS)
    version = NoticeVersion.objects.select_related("notice").get(pk=version.pk)
    assert validity(version) is Validity.SUSPENDED
    assert replies.answers(first[0]).exists()
    assert not replies.answers(last).exists()
    assert Match.objects.get(report=last).answer_held_at is not None


@pytest.mark.parametrize(("text", "senders"), [(CLAIM, 4), (FEES, 6)])
def test_fewer_senders_or_another_subject_suspend_nothing(
    cast: Cast, text: str, senders: int
) -> None:
    version = published(cast, text=text, claim=text)
    _asked_by(cast, text, senders)
    version.notice.refresh_from_db()
    assert version.notice.suspended_at is None


def test_one_sender_who_asks_often_suspends_nothing(cast: Cast) -> None:
    version = published(cast, text=CLAIM, claim=CLAIM)
    for _time in range(suspensions.SENDERS + 1):
        _ask(cast, CLAIM, "10.0.0.1")
    version.notice.refresh_from_db()
    assert version.notice.suspended_at is None


def test_two_people_let_it_answer_again(cast: Cast) -> None:
    version = published(cast, text=CLAIM, claim=CLAIM)
    *_first, last = _asked_by(cast, CLAIM, suspensions.SENDERS)
    notice = still_right.waiting(cast.checker).get()
    with pytest.raises(ValidationError):
        still_right.propose(notice, " ", by=cast.checker)
    with pytest.raises(WrongState):
        still_right.confirm(notice, by=cast.reviewer)
    still_right.propose(notice, "Trạm y tế phường báo không có ca mới.", by=cast.checker)
    still_right.confirm(notice, by=cast.reviewer)
    version = NoticeVersion.objects.select_related("notice").get(pk=version.pk)
    assert validity(version) is Validity.CURRENT
    assert Match.objects.get(report=last).answer_held_at is None
    assert not still_right.waiting(cast.checker).exists()


def test_nobody_confirms_their_own_statement(cast: Cast) -> None:
    published(cast, text=CLAIM, claim=CLAIM)
    _asked_by(cast, CLAIM, suspensions.SENDERS)
    notice = still_right.waiting(cast.checker).get()
    act = still_right.propose(notice, "Đã gọi trạm y tế.", by=cast.checker)
    with pytest.raises(DomainError):
        still_right.confirm(notice, by=cast.checker)
    assert act.kind == GuardedKind.STILL_RIGHT
    with pytest.raises(IntegrityError), transaction.atomic():
        GuardedAct.objects.filter(pk=act.pk).update(
            confirmed_by=cast.checker, confirmed_at=act.proposed_at
        )
