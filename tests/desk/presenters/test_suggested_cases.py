import pytest
from django.urls import reverse

from factcheck.models import Case
from tests.factories import RUMOUR, Cast, case_of, published, submit_report

OTHER_DAYS = RUMOUR.replace("23/11", "19/11").replace("28/11", "20/11")


@pytest.fixture
def pair(cast: Cast) -> tuple[Case, Case]:
    old = case_of(submit_report(RUMOUR, cast.school))
    return case_of(submit_report(OTHER_DAYS, cast.school)), old


def test_suggestion_is_shown_side_by_side_on_both_pages(sign_in, cast: Cast, pair):
    for case, other in (pair, pair[::-1]):
        response = sign_in(cast.checker).get(reverse("desk:case", args=[case.number]))
        (suggested,) = response.context["suggestions"]
        assert suggested.case == other
        assert suggested.may_merge
        assert 'class="kt-diff"' in response.content.decode()


def test_suggestion_of_a_public_case_elsewhere_leads_to_its_notice(sign_in, cast: Cast):
    version = published(cast)
    own_case = case_of(submit_report(OTHER_DAYS, cast.sibling))
    response = sign_in(cast.outsider).get(reverse("desk:case", args=[own_case.number]))
    (suggested,) = response.context["suggestions"]
    assert suggested.url == reverse("public:notice", args=[version.notice.slug])
    assert suggested.rating_definition == version.rating_definition
