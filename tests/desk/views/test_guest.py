"""The guest reviewer's pages: a link and a code open one review, and no other page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from channels.domain.encryption import decrypt
from channels.models import Message
from factcheck.domain.cases import lifecycle
from factcheck.enums import CaseStatus
from factcheck.models import GuestReview, Verdict
from tests.factories import Cast, case_at, verdict_at

GUEST = {"name": "Chị Hoa", "office": "Trạm Y tế phường", "email": "tram.yte@yte.example.org"}


def mailed(purpose: str, pattern: str) -> str:
    body = decrypt(Message.objects.filter(purpose=purpose).latest("pk").body)
    match = re.search(pattern, body)
    assert match is not None
    return match[1]


@pytest.fixture
def verdict(cast: Cast, sign_in) -> Verdict:
    """In review, about the department; the guest was invited and vouched for on the case page."""
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.so], by=cast.checker)
    page = reverse("desk:case", args=[case.number])
    colleague = sign_in(cast.colleague)
    assert "moi-khach" in colleague.get(page).content.decode()
    colleague.post(reverse("desk:guest_invite", args=[case.number]), GUEST)
    guest = GuestReview.objects.get()
    answer = reverse("desk:guest_answer", args=[case.number, guest.pk])
    approver = sign_in(cast.approver)
    assert answer in approver.get(page).content.decode()
    approver.post(answer, {"decision": "vouch"})
    return verdict_at(CaseStatus.IN_REVIEW, cast, case=case)


@pytest.fixture
def token(verdict: Verdict) -> str:
    return mailed("guest_review", r"/duyet-khach/([^/\s]+)/")


def enter(client: Client, token: str) -> None:
    client.post(reverse("guest:code", args=[token]))
    code = mailed("guest_code", r"(\d{6})")
    client.post(reverse("guest:code", args=[token]), {"code": code})


def test_guest_opens_reads_and_approves(client: Client, verdict: Verdict, token: str):
    page = reverse("guest:review", args=[token])
    assert verdict.headline not in client.get(page).content.decode()
    enter(client, token)
    shown = client.get(page).content.decode()
    assert verdict.headline in shown
    evidence = verdict.case.evidence.get()
    copy = reverse("guest:archive", args=[token, evidence.pk])
    assert copy in shown
    assert client.get(copy).status_code == 200
    decide = reverse("guest:decide", args=[token])
    assert client.post(decide, {"decision": "approve"}).status_code == 422
    data = {"decision": "approve", "conflict": "no", "read": [evidence.pk]}
    assert GUEST["office"] in client.post(decide, data).content.decode()
    verdict.refresh_from_db()
    assert str(verdict.reviewer_unit) == GUEST["office"]
    assert client.get(page).status_code == 410


def test_guest_sees_no_other_page(client: Client, verdict: Verdict, token: str):
    enter(client, token)
    for name, args in (
        ("desk:queue", []),
        ("desk:reviews", []),
        ("desk:case", [verdict.case.number]),
        ("desk:review", [verdict.pk]),
        ("accounts:profile", []),
        ("accounts:units", []),
    ):
        assert client.get(reverse(name, args=args)).status_code == 302, name
    shown = client.get(reverse("guest:review", args=[token])).content.decode()
    assert "/ban/" not in shown


def test_without_the_code_nothing_is_decided_or_downloaded(
    client: Client, verdict: Verdict, token: str
):
    evidence = verdict.case.evidence.get()
    data = {"decision": "approve", "conflict": "no", "read": [evidence.pk]}
    client.post(reverse("guest:decide", args=[token]), data)
    copy = client.get(reverse("guest:archive", args=[token, evidence.pk]))
    assert "Content-Disposition" not in copy
    client.post(reverse("guest:code", args=[token]))
    client.post(reverse("guest:code", args=[token]), {"code": "12"})
    client.post(reverse("guest:decide", args=[token]), data)
    verdict.refresh_from_db()
    assert verdict.reviewed_by is None


def test_unknown_link_says_that_it_is_over(client: Client, db):
    assert client.get(reverse("guest:review", args=["khong-co"])).status_code == 410


def test_administrator_vouches_on_the_units_page(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.so], by=cast.checker)
    sign_in(cast.colleague).post(reverse("desk:guest_invite", args=[case.number]), GUEST)
    guest = GuestReview.objects.get()
    answer = reverse("accounts:guest_answer", args=[cast.school.pk, guest.pk])
    client = sign_in(cast.admin)
    page = client.get(reverse("accounts:unit", args=[cast.school.pk])).content.decode()
    assert answer in page
    client.post(answer, {"decision": "vouch"})
    guest.refresh_from_db()
    assert guest.is_active
