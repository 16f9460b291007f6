import pytest
from django.urls import reverse

from factcheck.domain.duplicates import matches, merging, suggested_pairs
from factcheck.labels import FEATURE_LABELS
from factcheck.models import Case
from tests.factories import RUMOUR, Cast, case_of, published, submit_report

OTHER_DAYS = RUMOUR.replace("23/11", "19/11").replace("28/11", "20/11")


def page(client, case: Case, other: Case, **options):
    return client.get(
        reverse("desk:compare", args=[case.number, other.number]), follow=True, **options
    )


@pytest.fixture
def pair(cast: Cast) -> tuple[Case, Case]:
    old = case_of(submit_report(RUMOUR, cast.school))
    return case_of(submit_report(OTHER_DAYS, cast.school)), old


def test_page_marks_the_words_and_the_details_that_differ(sign_in, cast: Cast, pair):
    response = page(sign_in(cast.checker), *pair)
    left, right = response.context["sides"]
    assert [side.case for side in (left, right)] == list(pair)
    assert "19/11/2031" in "".join(piece.text for piece in left.pieces if piece.differs)
    assert "23/11/2031" in "".join(piece.text for piece in right.pieces if piece.differs)
    differing = [row for row in response.context["rows"] if row.differs]
    assert [row.label for row in differing[:1]] == ["Mốc ngày"]
    assert {row.label for row in differing[1:]} == {"Chữ khác nhau"}
    assert any(not row.differs for row in response.context["rows"])
    assert response.context["measures"] == []  # a detail conflicts
    assert response.context["compared"].why
    assert "style=" not in response.content.decode().split("<main")[1]


def test_page_shows_what_matching_and_people_decided(sign_in, cast: Cast, pair):
    (suggested,) = suggested_pairs.suggestions_for(pair[0])
    matches.reject(suggested.match, reason="Khác ngày", by=cast.checker)
    response = page(sign_in(cast.colleague), *pair)
    events = [entry.event for entry in response.context["history"]]
    assert events[0].by is None
    assert events[0].score is None  # a detail conflicts
    assert {event.by for event in events[1:]} == {cast.checker}
    assert "Khác ngày" in response.content.decode()
    assert response.context["blockers"]


def test_page_of_a_public_case_elsewhere_shows_what_its_notice_quotes(sign_in, cast: Cast):
    version = published(cast)
    submit_report(RUMOUR, cast.school, question="")
    own_case = case_of(submit_report(OTHER_DAYS, cast.sibling))
    response = page(sign_in(cast.outsider), own_case, version.notice.case)
    other_side = response.context["sides"][1]
    assert other_side.text.text == version.claim
    assert not other_side.is_visible


def test_page_shows_no_wording_of_a_report_of_another_unit(sign_in, cast: Cast):
    secret = RUMOUR + " cô Lan lớp 5A nói vậy"
    shared = case_of(submit_report(RUMOUR, cast.school))
    merging.merge(case_of(submit_report(secret, cast.sibling)), shared, by=cast.overseer)
    other = case_of(submit_report(OTHER_DAYS + " cô Lan nói vậy", cast.school))
    body = page(sign_in(cast.checker), other, shared).content.decode()
    assert "lớp 5A" not in body
    assert "lớp 5A" in page(sign_in(cast.overseer), other, shared).content.decode()


def test_page_without_words_says_so(sign_in, cast: Cast, pair):
    Case.objects.filter(pk=pair[1].pk).update(claim="")
    pair[1].wordings.update(text="", canonical_url="")
    response = page(sign_in(cast.checker), *pair)
    assert response.status_code == 200
    assert "sides" not in response.context


def test_page_measures_how_alike_they_are_where_no_detail_conflicts(sign_in, cast: Cast):
    old = case_of(submit_report(RUMOUR, cast.school))
    new = case_of(submit_report(RUMOUR.replace("tránh lũ", "phòng lũ"), cast.school))
    response = page(sign_in(cast.checker), new, old)
    assert all(0 <= row.percent < 100 for row in response.context["measures"])
    assert "%" in response.content.decode().split('class="kt-bars"')[1]


def test_page_of_two_links_measures_whether_they_are_the_same(sign_in, cast: Cast):
    words = RUMOUR.replace("tránh lũ", "phòng lũ")
    link = "https://vi-du.example.vn/lich-nghi"
    left = case_of(submit_report(RUMOUR, cast.school, url=link))
    right = case_of(submit_report(words, cast.school, url=link + "?tab=2"))
    labels = [row.label for row in page(sign_in(cast.checker), left, right).context["measures"]]
    assert str(FEATURE_LABELS["same_url"]) in labels
