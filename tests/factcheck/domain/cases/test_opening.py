from audit.domain import log
from factcheck.domain.cases import opening
from factcheck.enums import CaseStatus
from factcheck.models import Wording
from intake.models import Report
from tests.factories import RUMOUR, Cast, case_of, make_unit, submit_report


def test_first_report_opens_a_case_of_its_unit(cast: Cast) -> None:
    report = submit_report("Trường Nắng Mai bị ngập hết sân, cô giáo bị tai nạn", cast.school)
    case = case_of(report)
    assert (case.unit, case.status, case.claim) == (cast.school, CaseStatus.NEW, report.text)
    assert (case.urgency, case.urgency_reason) == (2, "safety")
    assert report.matched_at is not None
    assert bytes(Wording.objects.get(case=case).terms)
    assert log.history(case).first().verb == "case.opened"


def test_picture_without_words_gets_a_case_of_its_own(cast: Cast) -> None:
    report = submit_report(RUMOUR, cast.school, match=False)
    report.text = report.normalised = report.fingerprint = ""  # as a report of pictures alone is
    case = opening.open_for(report)
    assert case.claim
    assert not Wording.objects.filter(case=case).exists()


def test_open_for_suggests_the_units_the_text_names(cast: Cast) -> None:
    text = "truong tieu hoc nang mai bắt mua đồng phục mới"
    assert case_of(submit_report(text, cast.so)).concerned == [cast.school]
    assert not case_of(submit_report("Trường nào cũng bắt mua sách", cast.so)).concerned


def test_open_for_prefers_the_unit_nearby_of_several_with_one_name(cast: Cast) -> None:
    elsewhere = make_unit("province_department", name="Sở GD&ĐT Hải Vân")
    text = "Trường Tiểu học Nắng Mai bắt mua đồng phục"
    assert case_of(submit_report(text, elsewhere)).concerned == [cast.school]  # the only one
    namesake = make_unit("school", [elsewhere], name="Trường Tiểu học Nắng Mai")
    assert case_of(submit_report(text + " mới", elsewhere)).concerned == [namesake]
    assert case_of(submit_report(text + " nhé", cast.sibling)).concerned == [cast.school]


def test_long_text_becomes_a_claim_that_fits(cast: Cast) -> None:
    case = case_of(submit_report("Học sinh nghỉ học vì mưa lũ. " * 50, cast.school))
    assert len(case.claim) == 500
    assert case.claim.endswith("…")
    assert not case.claim_written


def test_numbers_rise_and_make_codes(cast: Cast) -> None:
    first = case_of(submit_report("Một tin về xe buýt trường", cast.school))
    second = case_of(submit_report("Hai tin khác về thực đơn", cast.school))
    assert second.number == first.number + 1
    assert first.code == f"HS-{first.number:04d}"


def test_claim_of_a_report_without_text_is_its_question_or_its_link() -> None:
    link = "https://example.com/tin/1"
    assert opening.default_claim(Report(question="Có thật không?", url=link)) == "Có thật không?"
    assert opening.default_claim(Report(url=link)) == link
    assert opening.default_claim(Report(language="en")) == "A picture without text"
