"""Access to every address of a case: signed out, from another unit, and by the wrong method."""

from typing import Any

import pytest
from django.urls import URLPattern, reverse

from desk import urls
from factcheck.enums import CaseStatus
from factcheck.models import Case, Verdict
from intake.models import Attachment
from tests.factories import RUMOUR, Cast, case_of, submit_report, verdict_at

CASE_NAMES = [p.name for p in urls.case_patterns if isinstance(p, URLPattern)]
READ_ONLY = {
    *("case", "preview", "archive", "attachment", "compare", "compare_pick", "copy", "copy_page"),
}
BOTH = {"publish", "evidence_edit"}


def address(name: str, verdict: Verdict) -> str:
    case = verdict.case
    item = case.evidence.get()
    report = case.matches.get().report
    given: dict[str, Any] = {
        "suggestion": {"match": case.matches.get().pk},
        "guest_answer": {"guest": 1},
        "split": {"report": report.public_id},
        "attachment": {"pk": Attachment.objects.get().pk},
        "compare": {"other": case.number},
        "compare_decide": {"other": case.number},
    }
    route = str(next(p.pattern for p in urls.case_patterns if p.name == name))
    for part, values in (
        ("don-vi/<int:pk>", {"pk": 1}),
        ("dia-chi/<int:pk>", {"pk": 1}),
    ):
        if part in route:
            given[name] = values
    if "can-cu/<int:pk>" in route:
        given[name] = {"pk": item.pk, **({"page": 1} if "<int:page>" in route else {})}
    return reverse(f"desk:{name}", kwargs={"number": case.number, **given.get(name, {})})


@pytest.fixture
def verdict(cast: Cast, picture) -> Verdict:
    case = case_of(submit_report(RUMOUR, cast.school, images=[picture]))
    return verdict_at(CaseStatus.IN_REVIEW, cast, case=case)


@pytest.mark.parametrize("name", CASE_NAMES)
def test_case_address_signed_out_leads_to_sign_in(client, verdict, name):
    method = client.get if name in READ_ONLY else client.post
    response = method(address(name, verdict))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize("name", CASE_NAMES)
@pytest.mark.parametrize("who", ["outsider", "admin"])
def test_case_address_of_another_unit_does_not_exist(sign_in, cast, verdict, name, who):
    before = Case.objects.values().get(pk=verdict.case_id)
    client = sign_in(getattr(cast, who))
    method = client.get if name in READ_ONLY else client.post
    response = method(address(name, verdict))
    assert response.status_code == 404
    assert "1482" not in response.content.decode()
    assert Case.objects.values().get(pk=verdict.case_id) == before


@pytest.mark.parametrize("name", [n for n in CASE_NAMES if n not in READ_ONLY | BOTH])
def test_case_action_answers_get_by_leading_to_the_case(sign_in, cast, verdict, name):
    response = sign_in(cast.checker).get(address(name, verdict))
    assert (response.status_code, response["Location"]) == (302, verdict.case.get_absolute_url())


@pytest.mark.parametrize("name", sorted(READ_ONLY))
def test_case_page_takes_no_post(sign_in, cast, verdict, name):
    assert sign_in(cast.checker).post(address(name, verdict)).status_code == 405


@pytest.mark.parametrize("number", [0, 99_999, 10**30])
def test_case_number_nobody_has_is_not_found(sign_in, cast, number):
    assert sign_in(cast.checker).get(f"/ban/ho-so/{number}/").status_code == 404


@pytest.mark.parametrize("name", ["reviews", "sources", "source_new", "reconsiderations", "queue"])
def test_list_signed_out_leads_to_sign_in(client, db, name):
    response = client.get(reverse(f"desk:{name}"))
    assert response.status_code == 302


def test_action_without_the_form_token_is_refused(cast, verdict):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.checker, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(address("verdict_withdraw", verdict)).status_code == 403
    verdict.refresh_from_db()
    assert verdict.state == "in_review"
