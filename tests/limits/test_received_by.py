"""No public output tells which unit received a question: three facts, three fields.

Received by (``Report.unit``) is never public; concerned are the units the claim is about; published
by (``Notice.unit``) is the unit in whose name the notice was published.
"""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import notices, reviews, verdicts
from factcheck.enums import Rating
from factcheck.models import NoticeVersion
from intake.domain import receipts
from public import urls
from tests.factories import Cast, case_of, cast, draft_for, make_user, submit_report

__all__ = ["cast"]

CLAIM = "Học sinh toàn tỉnh được nghỉ học hai tuần liền để tránh lũ."
UNIT_CODE_ARGUMENT = {"submit_unit"}  # its address names the unit that the reader chose
NO_COPY = "/can-cu-"  # no copy of this evidence is public


@pytest.fixture
def version(cast: Cast) -> NoticeVersion:
    """Received by one school, checked and published by the department, reviewed by the commune."""
    report = submit_report("Toàn tỉnh nghỉ học hai tuần tránh lũ phải không", cast.sibling)
    case = case_of(report)
    lifecycle.take(case, by=cast.overseer)
    lifecycle.set_claim(case, CLAIM, version=None, by=cast.overseer)
    verdict = draft_for(case, cast.overseer, Rating.FALSE, claim=CLAIM)
    verdicts.submit_for_review(verdict, by=cast.overseer)
    verdict = reviews.approve(verdict, by=cast.reviewer)
    return notices.publish(verdict, by=make_user(Role.APPROVER, cast.so))


def public_addresses(version: NoticeVersion) -> list[str]:
    """Every address that everybody may open, without those that name a unit themselves."""
    values = {"slug": version.notice.slug, "number": version.number, "position": 1, "page": 1}
    addresses = []
    for pattern in urls.urlpatterns:
        if pattern.name not in UNIT_CODE_ARGUMENT:
            names = pattern.pattern.converters
            kwargs = {name: values[name] for name in names}
            addresses.append(reverse(f"public:{pattern.name}", kwargs=kwargs))
    api = [f"/api/v1/notices/{version.notice.slug}", "/api/v1/notices", "/api/v1/topics"]
    return [*addresses, *api, "/?q=nghỉ+học", "/api/v1/notices?q=nghỉ"]


def test_no_public_output_names_the_unit_that_received_the_report(
    client: Client, cast: Cast, version: NoticeVersion
) -> None:
    pages = {path: client.get(path, follow=True) for path in public_addresses(version)}
    question = {"text": CLAIM, "step": "check"}
    pages["check"] = client.post("/gui/", question)
    pages["suggest"] = client.post("/gui/goi-y/", {"text": CLAIM})
    for path, page in pages.items():
        text = unescape(page.content.decode())
        assert page.status_code == (404 if NO_COPY in path else 200), path
        assert cast.sibling.name not in text, path
        assert cast.sibling.code not in text, path
    notice = pages[f"/thong-bao/{version.notice.slug}/"]
    assert cast.so.name in unescape(notice.content.decode())


def test_another_asker_is_not_told_who_received_the_first_question(
    client: Client, cast: Cast, version: NoticeVersion
) -> None:
    submit_report(CLAIM, cast.school, form_key="k" * 32)
    page = client.post("/tra-cuu/", {"code": receipts.for_form_key("k" * 32)})
    assert version.headline in page.content.decode()
    assert cast.sibling.name not in page.content.decode()


def test_a_notice_is_found_by_the_unit_that_published_it(
    client: Client, cast: Cast, version: NoticeVersion
) -> None:
    def slugs(unit: str) -> list[str]:
        rows = client.get("/api/v1/notices", {"unit": unit}).json()["results"]
        return [row["slug"] for row in rows]

    assert version.notice.unit == cast.so
    assert slugs(cast.so.code) == [version.notice.slug]
    assert slugs(cast.sibling.code) == []


def test_the_choice_of_another_reader_is_public_nowhere(client: Client, cast: Cast) -> None:
    """Neither the unit that reads nor the one that was not to read shows to another asker."""
    sent = submit_report(CLAIM, cast.sibling, reader="elsewhere", form_key="e" * 32)
    assert (sent.unit, sent.about_unit) == (cast.xa, cast.sibling)
    own = client.post("/tra-cuu/", {"code": receipts.for_form_key("e" * 32)}).content.decode()
    assert cast.xa.name in unescape(own)
    assert cast.sibling.name not in unescape(own)
    submit_report(CLAIM, cast.school, form_key="f" * 32)
    pages = [
        client.post("/tra-cuu/", {"code": receipts.for_form_key("f" * 32)}),
        client.post("/gui/goi-y/", {"text": CLAIM}),
        client.post("/gui/", {"text": CLAIM, "step": "check"}),
        client.get("/", {"q": CLAIM}),
        client.get("/api/v1/notices", {"q": CLAIM}),
    ]
    for page in pages:
        text = unescape(page.content.decode())
        assert cast.sibling.name not in text
        assert cast.xa.name not in text
