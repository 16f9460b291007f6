import pytest
from django.urls import reverse

from factcheck.domain.editorial import reconsiderations
from factcheck.enums import CaseStatus, RequestState
from factcheck.models import Case, Reconsideration
from tests.factories import Cast, published

LIST = reverse("desk:reconsiderations")
TEXT = "Nguồn khác nói ngược lại, đề nghị xem lại."


@pytest.fixture
def asked(cast: Cast) -> Reconsideration:
    return reconsiderations.ask(published(cast).notice, TEXT, "k" * 40)


def page_of(asked: Reconsideration) -> str:
    return reverse("desk:reconsideration", args=[asked.pk])


def test_list_shows_requests_of_own_units_only(sign_in, cast: Cast, asked):
    assert TEXT in sign_in(cast.own_reviewer).get(LIST).content.decode()
    assert TEXT in sign_in(cast.pooled).get(LIST).content.decode()
    for user in (cast.outsider, cast.admin):
        assert TEXT not in sign_in(user).get(LIST).content.decode()
        assert sign_in(user).get(page_of(asked)).status_code == 404


def test_list_puts_open_requests_before_decided_ones(sign_in, cast: Cast, asked):
    reconsiderations.decide(asked, accept=False, decision="Giữ nguyên.", by=cast.own_reviewer)
    later = reconsiderations.ask(asked.notice, "Xin xem lại lần nữa.", "m" * 40)
    page = sign_in(cast.reviewer).get(LIST).context["page_obj"]
    assert list(page) == [later, asked]


@pytest.mark.parametrize("name", ["checker", "reviewer", "approver"])
def test_request_is_not_decided_by_whoever_made_the_notice(sign_in, cast: Cast, asked, name):
    client = sign_in(getattr(cast, name))
    page = client.get(page_of(asked))
    assert page.context["form"] is None
    assert page.context["refusal"]
    client.post(page_of(asked), {"accept": "yes", "decision": "Mở lại"})
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN


@pytest.mark.parametrize(
    ("accept", "state", "status"),
    [
        ("no", RequestState.UPHELD, CaseStatus.PUBLISHED),
        ("yes", RequestState.ACCEPTED, CaseStatus.CHECKING),
    ],
)
def test_request_is_decided_by_someone_new(sign_in, cast: Cast, asked, accept, state, status):
    data = {"accept": accept, "decision": "Đã đối chiếu lại văn bản gốc."}
    response = sign_in(cast.own_reviewer).post(page_of(asked), data, follow=True)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (state, cast.own_reviewer)
    assert "Đã đối chiếu lại văn bản gốc." in response.content.decode()
    assert Case.objects.get(notice=asked.notice).status == status


@pytest.mark.parametrize("data", [{"accept": "no"}, {"decision": "Lời tôi gõ"}])
def test_incomplete_decision_keeps_what_was_typed(sign_in, cast: Cast, asked, data):
    response = sign_in(cast.own_reviewer).post(page_of(asked), data)
    assert response.status_code == 422
    assert data.get("decision", "") in response.content.decode()
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN
