import pytest
from django.urls import reverse

from audit.domain import log
from desk.presenters import case_page
from factcheck.domain.cases import lifecycle, purging
from factcheck.domain.editorial import verdicts
from factcheck.enums import CaseStatus, Outcome
from factcheck.models import Case
from tests.factories import (
    RUMOUR,
    Cast,
    add_evidence,
    case_at,
    case_of,
    draft_for,
    submit_report,
    verdict_at,
    words,
)

HIDDEN = "Con em trường Đồi Sim được nghỉ thật không, phụ huynh lớp 5A hỏi"


def page_of(case: Case) -> str:
    return reverse("desk:case", args=[case.number])


def html(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("status", list(CaseStatus))
def test_case_page_opens_at_every_stage(sign_in, cast: Cast, status):
    case = case_at(status, cast)
    for user in (cast.checker, cast.reviewer, cast.approver):
        response = sign_in(user).get(page_of(case))
        assert response.status_code == 200
        assert case.code in html(response)
        assert "no-store" in response["Cache-Control"]


def test_case_page_shows_own_reports_and_only_counts_the_others(sign_in, cast: Cast):
    case = case_of(submit_report(RUMOUR, cast.school, question="Thứ Hai có học không?"))
    submit_report(RUMOUR, cast.sibling, question=HIDDEN)
    response = sign_in(cast.checker).get(page_of(case))
    assert "Thứ Hai có học không?" in html(response)
    assert "Đồi Sim được nghỉ" not in html(response)
    assert response.context["hidden_reports"] == 1
    above = sign_in(cast.overseer).get(page_of(case))
    assert "Đồi Sim được nghỉ" in html(above)


def test_case_page_of_a_shared_case_gives_the_other_school_no_buttons(sign_in, cast: Cast):
    case = case_of(submit_report(RUMOUR, cast.school, question=HIDDEN))
    submit_report(RUMOUR, cast.sibling, question="Trường Nắng Mai thì sao?")
    response = sign_in(cast.outsider).get(page_of(case))
    assert response.status_code == 200
    assert HIDDEN not in html(response)
    buttons = [name for name, yes in response.context["can"].items() if yes]
    assert buttons == []
    assert html(response).count('method="post"') == html(sign_in(cast.outsider).get("/ban/")).count(
        'method="post"'
    )


def test_case_page_shows_handle_and_unit_but_no_address(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    page = html(sign_in(cast.colleague).get(page_of(case)))
    assert cast.checker.handle in page
    assert cast.checker.email not in page


def test_case_page_lists_what_is_still_needed(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    verdict = verdicts.draft(case, by=cast.checker, **words(reach="", headline=""))
    page = sign_in(cast.checker).get(page_of(case))
    assert page.context["missing"] == verdicts.missing(verdict)
    assert len(page.context["missing"]) == 3


def test_case_page_offers_the_returned_draft_again(sign_in, cast: Cast):
    from factcheck.domain.editorial import reviews

    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    reviews.send_back(verdict, reason="Đếm lại số xã trong phụ lục", by=cast.reviewer)
    page = sign_in(cast.checker).get(page_of(verdict.case))
    assert "Đếm lại số xã trong phụ lục" in html(page)
    form = page.context["verdict_form"]
    assert form.initial["headline"] == verdict.headline
    assert form.initial["checklist"] == []


def test_case_page_lets_a_colleague_read_but_not_overwrite_a_draft(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    draft_for(case, cast.checker)
    page = sign_in(cast.colleague).get(page_of(case))
    assert page.context["writer"] == cast.checker.handle
    assert "verdict_form" not in page.context


def test_case_page_folds_many_reports_and_opens_them_all(sign_in, cast: Cast, monkeypatch):
    monkeypatch.setattr(case_page, "REPORTS_SHOWN", 2)
    case = case_of(submit_report(RUMOUR, cast.school))
    for _n in range(3):
        submit_report(RUMOUR, cast.school)
    client = sign_in(cast.checker)
    few = client.get(page_of(case))
    assert (len(few.context["reports"]), few.context["more_reports"]) == (2, 2)
    assert len(client.get(page_of(case), {"reports": "all"}).context["reports"]) == 4


def test_case_page_after_the_purge_shows_no_text(sign_in, cast: Cast):
    case = case_at(CaseStatus.NEW, cast)
    closed = lifecycle.close(case, Outcome.OPINION, by=cast.checker)
    Case.objects.filter(pk=case.pk).update(closed_at=closed.closed_at - 2 * purging.period())
    assert purging.purge(closed, by=None)
    page = html(sign_in(cast.checker).get(page_of(case)))
    assert "1482" not in page
    assert case.code in page


def test_case_page_log_has_words_for_every_event_up_to_publication(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.PUBLISHED, cast)
    page = sign_in(cast.checker).get(page_of(verdict.case), {"log": "all"})
    texts = [entry.text for entry in page.context["log"]]
    assert len(texts) >= log.history(verdict.case).count() >= 5
    assert not [text for text in texts if "." in text], "a bare event code"


@pytest.mark.parametrize("many", [1, 3])
def test_case_page_asks_the_same_number_of_queries(
    sign_in, cast: Cast, many, django_assert_num_queries
):
    case = case_at(CaseStatus.CHECKING, cast)
    for _n in range(many):
        submit_report(RUMOUR, cast.school)
        submit_report(RUMOUR, cast.sibling)
        add_evidence(case, cast.checker)
    client = sign_in(cast.checker)
    client.get(page_of(case))
    with django_assert_num_queries(86):
        client.get(page_of(case))
