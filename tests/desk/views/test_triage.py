import pytest
from django.conf import settings
from django.urls import reverse

from factcheck.domain.cases import lifecycle
from factcheck.enums import CaseStatus, Outcome, Urgency
from factcheck.models import Case, Topic
from tests.factories import Cast, case_at


def press(client, name: str, case: Case, **data):
    return client.post(reverse(f"desk:{name}", args=[case.number]), data, follow=True)


def told(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_take_assigns_the_case_and_leads_to_it(sign_in, cast: Cast):
    case = case_at(CaseStatus.NEW, cast)
    response = press(sign_in(cast.checker), "take", case)
    case.refresh_from_db()
    assert (case.status, case.assignee) == (CaseStatus.CHECKING, cast.checker)
    assert response.redirect_chain[-1][0] == reverse("desk:case", args=[case.number])


def test_take_by_a_second_person_is_refused_with_a_sentence(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    response = press(sign_in(cast.colleague), "take", case)
    case.refresh_from_db()
    assert case.assignee == cast.checker
    assert told(response)


def test_take_by_a_reviewer_changes_nothing(sign_in, cast: Cast):
    case = case_at(CaseStatus.NEW, cast)
    assert told(press(sign_in(cast.own_reviewer), "take", case))
    case.refresh_from_db()
    assert case.status == CaseStatus.NEW


def test_release_leads_back_to_the_queue(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    response = press(sign_in(cast.checker), "release", case)
    case.refresh_from_db()
    assert case.status == CaseStatus.NEW
    assert response.redirect_chain[-1][0] == reverse("desk:queue")


def test_assign_offers_and_accepts_only_checkers_of_the_unit(sign_in, cast: Cast):
    case = case_at(CaseStatus.NEW, cast)
    client = sign_in(cast.checker)
    page = client.get(reverse("desk:case", args=[case.number]))
    offered = set(page.context["assign_form"].fields["assignee"].queryset)
    assert offered == {cast.checker, cast.colleague, cast.overseer}
    press(client, "assign", case, assignee=cast.outsider.pk)
    case.refresh_from_db()
    assert case.assignee is None
    press(client, "assign", case, assignee=cast.colleague.pk)
    case.refresh_from_db()
    assert (case.status, case.assignee) == (CaseStatus.CHECKING, cast.colleague)


def test_triage_saves_topic_urgency_and_units(sign_in, cast: Cast):
    case = case_at(CaseStatus.NEW, cast)
    topic = Topic.objects.all()[0]
    press(
        sign_in(cast.checker),
        "triage",
        case,
        topic=topic.pk,
        urgency=Urgency.VERY_URGENT.value,
        concerns=[cast.school.pk],
    )
    case.refresh_from_db()
    assert (case.topic, case.urgency) == (topic, Urgency.VERY_URGENT)
    assert case.concerned == [cast.school]


@pytest.mark.parametrize("urgency", ["", "9", "x"])
def test_triage_with_an_unknown_urgency_says_so_and_changes_nothing(sign_in, cast: Cast, urgency):
    case = case_at(CaseStatus.NEW, cast)
    response = press(sign_in(cast.checker), "triage", case, urgency=urgency)
    assert told(response)
    before = case.version
    case.refresh_from_db()
    assert case.version == before


def test_wait_and_resume_name_the_office(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    client = sign_in(cast.checker)
    page = press(client, "wait", case, waiting_for="UBND phường Bến Trăng")
    assert "UBND phường Bến Trăng" in page.content.decode()
    case.refresh_from_db()
    assert case.status == CaseStatus.WAITING
    press(client, "resume", case)
    case.refresh_from_db()
    assert (case.status, case.waiting_for) == (CaseStatus.CHECKING, "")


def test_wait_without_an_office_is_refused(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    assert told(press(sign_in(cast.checker), "wait", case, waiting_for=" "))
    case.refresh_from_db()
    assert case.status == CaseStatus.CHECKING


@pytest.mark.parametrize(
    "outcome", [Outcome.OPINION, Outcome.PERSONAL, Outcome.SPAM, Outcome.EMERGENCY]
)
def test_close_shows_the_consequence_first_and_reopen_undoes_it(sign_in, cast: Cast, outcome):
    case = case_at(CaseStatus.NEW, cast)
    client = sign_in(cast.checker)
    page = client.get(reverse("desk:case", args=[case.number]))
    (closing,) = [c for c in page.context["closings"] if c.outcome == outcome]
    assert str(settings.OPINION_TEXT_DAYS) in closing.consequence
    press(client, "close", case, outcome=outcome.value)
    case.refresh_from_db()
    assert (case.status, case.outcome) == (CaseStatus.CLOSED, outcome)
    press(client, "reopen", case)
    case.refresh_from_db()
    assert (case.status, case.outcome) == (CaseStatus.NEW, "")


@pytest.mark.parametrize("outcome", ["", "answered", "nothing"])
def test_close_takes_only_the_offered_outcomes(sign_in, cast: Cast, outcome):
    case = case_at(CaseStatus.NEW, cast)
    press(sign_in(cast.checker), "close", case, outcome=outcome)
    case.refresh_from_db()
    assert case.status == CaseStatus.NEW


def test_claim_is_saved_with_the_version_it_was_read_at(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    press(sign_in(cast.checker), "claim", case, claim="Một câu trung lập.", version=case.version)
    case.refresh_from_db()
    assert (case.claim, case.claim_written) == ("Một câu trung lập.", True)


def test_claim_changed_meanwhile_shows_both_versions(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    client, old = sign_in(cast.checker), case.version
    lifecycle.set_claim(case, "Câu của đồng nghiệp.", version=old, by=cast.colleague)
    response = press(client, "claim", case, claim="Câu của tôi.", version=old)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Câu của đồng nghiệp." in page
    assert "Câu của tôi." in page
    case.refresh_from_db()
    assert case.claim == "Câu của đồng nghiệp."
    # The button of that page carries the version that was shown.
    press(client, "claim", case, claim="Câu của tôi.", version=response.context["case"].version)
    case.refresh_from_db()
    assert case.claim == "Câu của tôi."


def test_claim_refused_at_another_stage_is_not_lost(sign_in, cast: Cast):
    case = case_at(CaseStatus.IN_REVIEW, cast)
    response = press(
        sign_in(cast.checker), "claim", case, claim="Câu tôi gõ.", version=case.version
    )
    assert "Câu tôi gõ." in response.content.decode()
    before = case.claim
    case.refresh_from_db()
    assert case.claim == before


@pytest.mark.parametrize("claim", ["", "x" * 501])
def test_claim_out_of_shape_keeps_what_was_typed(sign_in, cast: Cast, claim):
    case = case_at(CaseStatus.CHECKING, cast)
    response = press(sign_in(cast.checker), "claim", case, claim=claim, version=case.version)
    assert response.status_code == 422
    assert claim in response.content.decode()
