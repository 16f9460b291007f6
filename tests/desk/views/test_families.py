"""The desk's pages of scam wordings: written, previewed, returned, approved, retired by two."""

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.enums import FamilyState
from factcheck.models import ScamFamily
from tests.factories import SCAM_WORDING, Cast, cast, family_draft, make_source

__all__ = ["cast"]


@pytest.fixture
def family(cast: Cast) -> ScamFamily:
    return family_draft(cast)


def _client(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def _decide(user: object, family: ScamFamily, decision: str, **more: str) -> None:
    path = reverse("desk:family_decide", args=[family.pk])
    answer = _client(user).post(path, {"decision": decision, **more})
    assert answer.status_code == 302
    family.refresh_from_db()


def test_draft_is_written_with_marked_slots(cast: Cast) -> None:
    source = make_source(field="police")
    client = _client(cast.checker)
    fields = {
        "unit": cast.school.pk, "name": "Cấp cứu", "rating": "scam",
        "wordings": f"{SCAM_WORDING}\r\n\r\nCách viết thứ hai có {{số tiền}} trong đó",
        "headline": "Đừng chuyển tiền", "what_to_do": "Gọi cô giáo bằng số đã lưu.",
        "explanation": "", "source": source.pk, "quote": "Đều là lừa đảo.",
    }  # fmt: skip
    assert client.post(reverse("desk:family_new"), fields).status_code == 302
    family = ScamFamily.objects.get()
    assert family.wordings.count() == 2
    page = client.get(reverse("desk:family", args=[family.pk])).content.decode()
    assert '<mark class="kt-diff">số tiền</mark>' in page
    assert "Cấp cứu" in client.get(reverse("desk:families")).content.decode()
    again = client.get(reverse("desk:family_edit", args=[family.pk])).content.decode()
    assert "Cách viết thứ hai" in again


def test_family_goes_through_its_life(cast: Cast, family: ScamFamily) -> None:
    _decide(cast.checker, family, "submit")
    assert family.state == FamilyState.IN_REVIEW
    _decide(cast.reviewer, family, "send_back", reason="Thiếu một bước")
    assert family.state == FamilyState.DRAFT
    _decide(cast.checker, family, "submit")
    _decide(cast.checker, family, "approve")
    assert family.state == FamilyState.IN_REVIEW
    _decide(cast.reviewer, family, "approve")
    assert family.state == FamilyState.APPROVED
    _decide(cast.checker, family, "propose_retirement", reason="Thủ đoạn đã đổi")
    _decide(cast.own_reviewer, family, "retire")
    assert family.state == FamilyState.RETIRED


def test_each_sees_the_buttons_they_may_press(cast: Cast, family: ScamFamily) -> None:
    path = reverse("desk:family", args=[family.pk])
    assert 'value="submit"' in _client(cast.checker).get(path).content.decode()
    assert 'value="submit"' not in _client(cast.reviewer).get(path).content.decode()
    _decide(cast.checker, family, "submit")
    assert 'value="approve"' in _client(cast.reviewer).get(path).content.decode()
    assert 'value="approve"' not in _client(cast.checker).get(path).content.decode()


def test_family_of_a_sibling_is_not_shown(cast: Cast, family: ScamFamily) -> None:
    client = _client(cast.outsider)
    assert client.get(reverse("desk:family", args=[family.pk])).status_code == 404
    assert family.name not in client.get(reverse("desk:families")).content.decode()
