import pytest

from audit.enums import AuditEvent
from audit.models import AuditEntry
from factcheck.domain.duplicates import matches, objections
from factcheck.enums import MatchState, ObjectionState
from factcheck.exceptions import WrongState
from factcheck.models import JoinObjection, Match
from intake.domain import answer_objections, replies
from intake.models import Report
from tests.factories import RUMOUR, Cast, published, submit_report


@pytest.fixture
def joined(cast: Cast) -> Report:
    """A report of a published claim, joined and answered by rule."""
    published(cast, claim=RUMOUR)
    report = submit_report(RUMOUR, cast.school)
    matches.match_report(report)
    return report


def test_objection_detaches_nothing_and_is_kept(cast: Cast, joined: Report) -> None:
    assert answer_objections.object_to_answer(joined)
    assert answer_objections.object_to_answer(joined)  # the second time changes nothing
    objection = JoinObjection.objects.get(report=joined)
    assert objection.state == ObjectionState.OPEN
    assert Match.objects.get(report=joined, state=MatchState.CONFIRMED).case == objection.case
    assert replies.timeline(joined).is_objected
    assert AuditEntry.objects.filter(verb=AuditEvent.JOIN_OBJECTED).count() == 1
    assert list(objections.open_for(cast.checker)) == [objection]


def test_report_without_an_answer_has_nothing_to_object_to(cast: Cast) -> None:
    report = submit_report("Một tin chưa ai trả lời về bữa ăn bán trú", cast.school)
    assert not answer_objections.object_to_answer(report)
    assert not JoinObjection.objects.exists()


def test_split_tells_the_sender_once_and_never_joins_again(cast: Cast, joined: Report) -> None:
    answer_objections.object_to_answer(joined)
    objection = JoinObjection.objects.get()
    old = objection.case
    new = objections.split(objection, by=cast.checker)
    assert new != old
    told = [reply for reply in replies.answers(joined) if reply.key == f"unjoined:{old.pk}"]
    assert len(told) == 1
    assert told[0].verdict == ""
    assert Match.objects.get(report=joined, case=old).state == MatchState.REJECTED
    matches.match_report(joined)
    assert Match.objects.get(report=joined, state=MatchState.CONFIRMED).case == new
    objection.refresh_from_db()
    assert objection.state == ObjectionState.SPLIT


def test_kept_objection_is_decided_once(cast: Cast, joined: Report) -> None:
    answer_objections.object_to_answer(joined)
    objection = JoinObjection.objects.get()
    objections.keep(objection, by=cast.checker)
    assert JoinObjection.objects.get().state == ObjectionState.KEPT
    with pytest.raises(WrongState):
        objections.keep(objection, by=cast.checker)
    assert not objections.open_for(cast.checker).exists()
