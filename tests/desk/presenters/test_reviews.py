from django.urls import reverse

from factcheck.enums import CaseStatus, Reach
from factcheck.models import Verdict
from tests.factories import Cast, verdict_at

OTHERS = ("Tin thứ hai về đồng phục 640.000 đồng", "Tin thứ ba: đề kiểm tra Ngữ văn bị lộ")


def page_of(verdict: Verdict) -> str:
    return reverse("desk:review", args=[verdict.pk])


def test_review_page_has_text_evidence_checklist_and_consequence(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, explanation="Đã sửa mốc ngày. [1]")
    response = sign_in(cast.reviewer).get(page_of(verdict))
    page = response.content.decode()
    assert verdict.headline in page
    assert 'id="cc1"' in page
    assert 'href="#cc1"' in page
    assert all(item["ticked"] for item in response.context["checklist"])
    assert response.context["acting_unit"] == cast.xa
    assert cast.checker.email not in page


def test_consequence_differs_for_a_private_answer(sign_in, cast: Cast):
    client = sign_in(cast.reviewer)
    public = client.get(page_of(verdict_at(CaseStatus.IN_REVIEW, cast)))
    quiet = verdict_at(CaseStatus.IN_REVIEW, cast, text=OTHERS[0], reach=Reach.REPORTERS_ONLY)
    assert client.get(page_of(quiet)).context["consequence"] != public.context["consequence"]
