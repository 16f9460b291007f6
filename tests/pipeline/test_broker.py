"""Failures of the broker: rows and sweeps do the work all the same."""

import pytest

from factcheck.enums import CaseStatus
from factcheck.models import Case
from intake.domain import receipts
from intake.enums import Stage
from intake.models import Reply
from tests.factories import RUMOUR, Cast, verdict_at
from tests.pipeline.processes import wait_until
from tests.pipeline.reporter import Reporter
from tests.pipeline.site import (
    MATCHING,
    NOTIFYING,
    Site,
    check_each_report_has_one_case,
    everything_is_matched,
)

pytestmark = [pytest.mark.pipeline, pytest.mark.postgres]
PEOPLE = 3


def send_two(reporter: Reporter, number: int) -> list[str]:
    """One text that everybody sends, and one that nobody else does."""
    own_text = f"Nhà trường thu thêm {number + 2}00.000 đồng tiền điều hoà mỗi học sinh"
    return [reporter.send(RUMOUR), reporter.send(own_text)]


@pytest.mark.parametrize("failure", ["down", "frozen"])
def test_reports_are_accepted_without_a_broker_and_matched_after_it(
    site: Site, cast: Cast, failure: str
) -> None:
    fail, recover = {
        "down": (site.broker.kill, site.broker.start),
        "frozen": (site.broker.freeze, site.broker.thaw),
    }[failure]
    with site.worker():
        fail()
        codes = [code for both in site.at_once(PEOPLE, send_two) for code in both]
        assert len(set(codes)) == 2 * PEOPLE
        assert all(receipts.find(code) for code in codes)
        with Reporter(site.web.url) as reader:
            reader.look_up(codes[0])
        assert not everything_is_matched()
        recover()
        site.let_time_pass()
        site.sweep(MATCHING)
        wait_until(everything_is_matched)
        site.sweep_again()
    assert Case.objects.count() == PEOPLE + 1
    check_each_report_has_one_case(2 * PEOPLE)


def test_sweeps_do_everything_when_the_broker_loses_all_messages(site: Site, cast: Cast) -> None:
    def send(reporter: Reporter, number: int) -> list[str]:
        receipt = reporter.send(
            RUMOUR, unit=cast.school.code, contact_email=f"nguoi{number}@example.vn"
        )
        return [receipt, reporter.send(f"Ngày mai cắt nước khu phố {number + 1} để sửa ống")]

    codes = [code for both in site.at_once(PEOPLE, send) for code in both]
    assert site.broker.queued() == 2 * PEOPLE
    site.broker.kill()
    site.broker.start()
    assert site.broker.queued() == 0
    site.let_time_pass()
    with site.worker():
        assert not everything_is_matched()
        site.sweep(MATCHING)
        wait_until(everything_is_matched)
        case = receipts.find(codes[0]).matches.get().case
        # This process publishes to no broker: the message about the notice is lost, too.
        notice = verdict_at(CaseStatus.PUBLISHED, cast, case=case).published
        site.sweep(NOTIFYING)
        wait_until(lambda: len(site.mailbox.messages) == PEOPLE)
        site.sweep_again()
    assert Reply.objects.filter(stage=Stage.ANSWERED, title=notice.headline).count() == PEOPLE
    to = sorted(mail["To"] for mail in site.mailbox.messages)
    assert to == [f"nguoi{number}@example.vn" for number in range(PEOPLE)]
    check_each_report_has_one_case(2 * PEOPLE)
