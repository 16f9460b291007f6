import pytest
from django.urls import reverse

from factcheck.enums import CaseStatus, VerdictState
from factcheck.models import Case, Verdict
from tests.factories import Cast, add_evidence, case_at, draft_for, verdict_at, words


def save(client, case: Case, then: str = "save", **given):
    data = {name: value for name, value in words(**given).items() if value is not None}
    url = reverse("desk:verdict", args=[case.number])
    return client.post(url, {**data, "then": then}, follow=True)


def test_save_keeps_a_half_written_draft(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    save(sign_in(cast.checker), case, rating="", headline="", reach="", checklist=[], review_by="")
    verdict = Verdict.objects.get()
    assert (verdict.state, verdict.written_by) == (VerdictState.DRAFT, cast.checker)
    assert verdict.explanation == words()["explanation"]
    assert (verdict.rating, verdict.review_by) == ("", None)


def test_save_twice_changes_the_same_draft(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    client = sign_in(cast.checker)
    save(client, case)
    save(client, case, headline="Tiêu đề khác", tags=["scam"])
    verdict = Verdict.objects.get()
    assert (verdict.headline, verdict.tags) == ("Tiêu đề khác", ["scam"])


@pytest.mark.parametrize(
    "given",
    [
        {"headline": "x" * 161},
        {"review_by": "hôm nay"},
        {"rating": "maybe"},
        {"tags": ["liar"]},
        {"checklist": ["bribe"]},
    ],
)
def test_save_out_of_shape_keeps_every_word_on_the_page(sign_in, cast: Cast, given):
    case = case_at(CaseStatus.CHECKING, cast)
    response = save(sign_in(cast.checker), case, **{"explanation": "Lời tôi gõ", **given})
    assert response.status_code == 422
    assert "Lời tôi gõ" in response.content.decode()
    assert not Verdict.objects.exists()


def test_save_over_a_colleagues_draft_is_refused_and_nothing_lost(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    draft_for(case, cast.checker)
    response = save(sign_in(cast.colleague), case, explanation="Lời của đồng nghiệp")
    assert response.status_code == 422
    assert "Lời của đồng nghiệp" in response.content.decode()
    assert Verdict.objects.get().explanation == words()["explanation"]


def test_submit_saves_then_submits_for_review(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    add_evidence(case, cast.checker)
    save(sign_in(cast.checker), case, then="submit")
    case.refresh_from_db()
    assert case.status == CaseStatus.IN_REVIEW
    assert Verdict.objects.get().state == VerdictState.IN_REVIEW


def test_submit_without_evidence_says_what_is_missing_and_keeps_the_draft(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    response = save(sign_in(cast.checker), case, then="submit")
    assert list(response.context["messages"])
    assert response.context["missing"]
    case.refresh_from_db()
    assert case.status == CaseStatus.CHECKING
    assert Verdict.objects.get().headline == words()["headline"]


def test_preview_shows_the_draft_with_numbered_evidence(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    add_evidence(case, cast.checker)
    page = save(sign_in(cast.checker), case, then="preview", explanation="Đã sửa ngày. [1]")
    assert page.redirect_chain[-1][0] == reverse("desk:preview", args=[case.number])
    assert 'href="#cc1"' in page.content.decode()
    assert words()["headline"] in page.content.decode()


def test_preview_without_a_draft_leads_back(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    url = reverse("desk:preview", args=[case.number])
    assert sign_in(cast.checker).get(url).status_code == 302


def test_preview_escapes_markup(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    page = save(
        sign_in(cast.checker), case, then="preview", explanation="<script>alert(1)</script>"
    )
    assert "<script>alert" not in page.content.decode()


def test_withdraw_is_for_the_author_alone(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    url = reverse("desk:verdict_withdraw", args=[verdict.case.number])
    sign_in(cast.colleague).post(url)
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.IN_REVIEW
    sign_in(cast.checker).post(url)
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.WITHDRAWN


def test_withdraw_without_an_open_verdict_changes_nothing(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    url = reverse("desk:verdict_withdraw", args=[case.number])
    response = sign_in(cast.checker).post(url, follow=True)
    assert list(response.context["messages"]) == []
    case.refresh_from_db()
    assert case.status == CaseStatus.CHECKING
