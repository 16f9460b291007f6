from django.urls import reverse

from factcheck.enums import CaseStatus
from factcheck.models import Case
from tests.factories import Cast, verdict_at


def page(client, case: Case):
    return client.get(reverse("desk:publish", args=[case.number]))


def test_publication_page_says_what_each_button_does(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    response = page(sign_in(cast.approver), verdict.case)
    html = response.content.decode()
    assert 'value="publish"' in html
    assert 'value="answer"' in html
    assert response.context["consequence_publish"] in html
    assert verdict.headline in html


def test_publication_page_gives_a_checker_the_reason_and_no_button(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    response = page(sign_in(cast.colleague), verdict.case)
    assert response.context["refusal"] in response.content.decode()
    assert 'value="publish"' not in response.content.decode()
