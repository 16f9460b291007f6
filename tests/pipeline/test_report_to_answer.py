"""From the form to the answer, through the processes of production."""

import pytest

from factcheck.enums import CaseStatus
from factcheck.models import Case
from intake.domain import receipts
from intake.enums import Stage
from intake.models import Attachment, Reply
from tests.factories import RUMOUR, Cast, verdict_at
from tests.intake import sample_images
from tests.pipeline.processes import wait_until
from tests.pipeline.reporter import NoReceipt, Reporter, hidden, receipt_on
from tests.pipeline.site import Site, check_each_report_has_one_case, everything_is_matched

pytestmark = [pytest.mark.pipeline, pytest.mark.postgres]
ADDRESS = "phu-huynh@example.vn"


def answer_count() -> int:
    return Reply.objects.filter(stage=Stage.ANSWERED).count()


def test_three_same_reports_make_one_case_and_everybody_gets_the_answer(
    site: Site, cast: Cast
) -> None:
    with site.worker():
        codes = site.at_once(3, lambda reporter, number: send_report(reporter, number, cast))
        wait_until(everything_is_matched)
        assert len(set(codes)) == 3
        assert all(receipts.find(code) for code in codes)
        case = Case.objects.get()
        assert case.unit == cast.school

        with site.publishing():
            notice = verdict_at(CaseStatus.PUBLISHED, cast, case=case).published
        wait_until(lambda: answer_count() == 3)
        wait_until(lambda: site.mailbox.messages)
        codes.append(send_although_answered(site, cast, notice.headline))
        wait_until(lambda: answer_count() == 4)
        with Reporter(site.web.url) as reader:
            assert all(notice.headline in reader.look_up(code) for code in codes)
        site.sweep_again()
    (mail,) = site.mailbox.messages
    assert mail["To"] == ADDRESS
    assert notice.headline in mail.get_content()
    assert answer_count() == 4
    assert Case.objects.count() == 1
    picture = Attachment.objects.get()
    assert (site.media / picture.path).stat().st_size == picture.size
    check_each_report_has_one_case(4)


def send_report(reporter: Reporter, number: int, cast: Cast) -> str:
    """The same report from everybody; the first with an address, the second with a screenshot."""
    more: dict[str, str | bytes] = {"contact_email": ADDRESS} if number == 0 else {}
    if number == 1:
        more["picture"] = sample_images.encoded("PNG")
    return reporter.send(RUMOUR, unit=cast.school.code, **more)


def send_although_answered(site: Site, cast: Cast, headline: str) -> str:
    """The form shows the published answer first and takes the report when it is sent again."""
    with Reporter(site.web.url) as reporter:
        key = reporter.open()
        page = reporter.post(RUMOUR, key=key, unit=cast.school.code)
        assert headline in page
        with pytest.raises(NoReceipt):
            receipt_on(page)
        seen = hidden(page, "seen_suggestions")
        return reporter.send(RUMOUR, key=key, unit=cast.school.code, seen_suggestions=seen)
