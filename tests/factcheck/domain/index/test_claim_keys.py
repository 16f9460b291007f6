"""Nothing a sender writes answers others: only what two people confirmed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind
from accounts.exceptions import NotAllowed
from factcheck.domain.duplicates import screenshots
from factcheck.domain.duplicates.published_matches import published_matches
from factcheck.domain.editorial import notices, reviews
from factcheck.domain.index import claim_keys, wordings
from factcheck.enums import CaseStatus
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import ClaimKey
from tests.factories import RUMOUR, Cast, case_at, case_of, published, submit_report, verdict_at

PAGE = "https://moet.gov.vn/van-ban/thong-bao-that?id=7"


def _published_with_key(cast: Cast, *, confirm: bool = True) -> ClaimKey:
    """A published case with an address proposed as its key, and confirmed in the review."""
    case = case_of(submit_report(RUMOUR, cast.school, url=PAGE))
    case_at(CaseStatus.CHECKING, cast)
    case.refresh_from_db()
    key = claim_keys.propose(case, PAGE, by=case.assignee)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    verdict = reviews.approve(verdict, keys=[key.pk] if confirm else [], by=cast.reviewer)
    notices.publish(verdict, by=cast.approver)
    key.refresh_from_db()
    return key


def test_an_address_of_an_anonymous_report_answers_nobody(cast: Cast) -> None:
    version = published(cast)
    later = submit_report(RUMOUR, cast.school, url=PAGE)  # anonymous, of the published claim
    assert case_of(later) != version.notice.case  # its address was not read: a person decides
    assert published_matches("", PAGE) == []
    assert published_matches("đúng không ạ", PAGE) == []
    asker = submit_report("", cast.sibling, url=PAGE)
    assert case_of(asker) != version.notice.case
    assert not asker.replies.exists()
    assert asker.matches.filter(state="suggested").exists()


def test_the_address_of_the_first_report_answers_nobody_either(cast: Cast) -> None:
    case = case_of(submit_report(RUMOUR, cast.school, url=PAGE))
    verdict_at(CaseStatus.PUBLISHED, cast, case=case)
    assert published_matches("", PAGE) == []


def test_words_of_a_picture_sent_with_a_published_claim_answer_nobody(cast: Cast) -> None:
    version = published(cast)
    later = submit_report(RUMOUR, cast.school)
    text = "Bộ Y tế: tiêm vắc xin cúm miễn phí cho học sinh lớp 1 từ ngày 05/12/2031"
    query = wordings.query_for_text(text)
    wordings.add_picture_text(version.notice.case, later, query, "k" * 32)
    assert published_matches(text) == []
    assert screenshots.match_picture(later) == []


def test_a_confirmed_address_answers(cast: Cast) -> None:
    key = _published_with_key(cast)
    assert key.confirmed_at is not None
    assert published_matches("", PAGE)
    asker = submit_report("", cast.sibling, url=PAGE)
    assert case_of(asker) == key.case
    claim_keys.end(key, by=cast.checker)
    assert published_matches("", PAGE) == []


def test_a_proposed_or_declined_address_does_not_answer(cast: Cast) -> None:
    key = _published_with_key(cast, confirm=False)
    assert key.confirmed_at is None
    assert not guarded_acts.pending(GuardedKind.LINK_KEY).exists()
    assert published_matches("", PAGE) == []


def test_a_whole_site_or_an_address_of_no_report_is_no_key(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast, text=f"{RUMOUR} https://facebook.com/")
    for url in ("https://facebook.com/", PAGE, ""):
        with pytest.raises(ValidationError):
            claim_keys.propose(case, url, by=cast.checker)
    with pytest.raises(NotAllowed):
        claim_keys.propose(case, PAGE, by=cast.outsider)


def test_an_address_is_proposed_once(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast, text=f"{RUMOUR} {PAGE}")
    claim_keys.propose(case, PAGE, by=cast.checker)
    with pytest.raises(WrongState):
        claim_keys.propose(case, PAGE, by=cast.colleague)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE factcheck_claimkey SET confirmed_at = created_at",
        "UPDATE factcheck_claimkey SET value = 'https://example.com/x'",
        "INSERT INTO factcheck_claimkey"
        " (case_id, kind, value, value_hash, created_at, confirmed_at)"
        " SELECT case_id, kind, 'x', 'x', created_at, created_at FROM factcheck_claimkey",
        "DELETE FROM factcheck_claimkey",
    ],
)
def test_plain_sql_makes_no_key(sql: str, cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast, text=f"{RUMOUR} {PAGE}")
    claim_keys.propose(case, PAGE, by=cast.checker)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimKey.objects.update(confirmed_at=timezone.now())
