"""Workers killed in the middle of a task."""

import pytest

from channels.enums import MessageState
from channels.models import Message
from factcheck.enums import CaseStatus
from factcheck.models import Case
from intake.domain import receipts
from intake.enums import Stage
from intake.models import Reply
from tests.factories import RUMOUR, Cast, verdict_at
from tests.pipeline.processes import Worker, wait_until
from tests.pipeline.reporter import Reporter
from tests.pipeline.site import (
    MATCHING,
    Site,
    check_each_report_has_one_case,
    everything_is_matched,
)

pytestmark = [pytest.mark.pipeline, pytest.mark.postgres]
PEOPLE = 3


def test_nothing_is_lost_or_done_twice_when_workers_are_killed(site: Site, cast: Cast) -> None:
    def send(reporter: Reporter, number: int) -> list[str]:
        receipt = reporter.send(
            RUMOUR, unit=cast.school.code, contact_email=f"nguoi{number}@example.vn"
        )
        return [receipt, reporter.send(f"Quán nước số {number + 1} bán kẹo lạ cho học sinh")]

    with site.worker() as first:
        with site.write_lock("factcheck_match"):
            codes = [code for both in site.at_once(PEOPLE, send) for code in both]
            kill_children_while_they_match(site, first)
            first.kill()
        assert not everything_is_matched()
        stranded = site.broker.unfinished()
    with site.worker() as second:
        site.let_time_pass()
        site.sweep(MATCHING)
        wait_until(everything_is_matched)
        assert Case.objects.count() == PEOPLE + 1
        case = receipts.find(codes[0]).matches.get().case
        publish_while_children_are_killed(site, second, cast, case)
        site.sweep_again(stranded=stranded)
        assert not Message.objects.exclude(state=MessageState.SENT).exists()
        site.sweep_again(stranded=stranded)
    assert Reply.objects.filter(stage=Stage.ANSWERED).count() == PEOPLE
    to = sorted(mail["To"] for mail in site.mailbox.messages)
    assert to == [f"nguoi{number}@example.vn" for number in range(PEOPLE)]
    check_each_report_has_one_case(2 * PEOPLE)


def kill_children_while_they_match(site: Site, worker: Worker) -> None:
    """Both children are about to write a match when they are killed; the parent starts new ones,
    which come to the same point."""
    wait_until(lambda: site.waiting_sessions() >= 2)
    old = set(worker.pool)
    worker.kill_pool()
    wait_until(lambda: len(set(worker.pool) - old) >= 2)
    wait_until(lambda: site.waiting_sessions() >= 3)


def publish_while_children_are_killed(site: Site, worker: Worker, cast: Cast, case: Case) -> None:
    """Children are killed while the mail server has not accepted their message yet."""
    with site.mailbox.stalling(), site.publishing():
        verdict_at(CaseStatus.PUBLISHED, cast, case=case)
        wait_until(lambda: site.mailbox.stalled >= 2)
        worker.kill_pool()
        assert Message.objects.filter(state=MessageState.SENDING).count() >= 2
