"""Proof: what a citation needs before it counts, and what only the second person can say of it."""

import itertools
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from factcheck.domain import concerns
from factcheck.domain.editorial import evidence, notices, proof, reviews, verdicts
from factcheck.domain.editorial.statements import Statement
from factcheck.enums import CaseStatus, ConcernKind, Provenance, QuoteMatch, Rating, SourceField
from factcheck.exceptions import (
    EvidenceMissing,
    SecondPersonRequired,
    ValidationError,
    WrongState,
)
from factcheck.models import Case, Evidence, EvidenceStatement, Verdict
from factcheck.ratings import RATINGS
from tests.factories import (
    PDF,
    QUOTE,
    Cast,
    add_evidence,
    case_at,
    make_source,
    pdf,
    statements_for,
    verdict_at,
    words,
)

SEEN = Statement(compared_by_eye=True, original_seen="paper", original_where="Văn thư của Sở")


@pytest.fixture
def case(cast: Cast) -> Case:
    return case_at(CaseStatus.CHECKING, cast)


def page(body: str) -> SimpleUploadedFile:
    data = f"<html><body>{body}</body></html>".encode()
    return SimpleUploadedFile("a.html", data, content_type="text/html")


def _submitted(cast: Cast, case: Case, rating: Rating = Rating.FALSE) -> Verdict:
    verdicts.draft(case, by=cast.checker, **words(rating))
    return verdicts.submit_for_review(case.verdicts.get(), by=cast.checker)


def test_fetched_copy_with_the_whole_quotation_needs_nothing_more(cast: Cast, case: Case) -> None:
    item = add_evidence(case, cast.checker)
    assert (item.provenance, item.on_source_domain) == (Provenance.FETCHED, True)
    assert item.copy_text.quote_match == QuoteMatch.WHOLE
    assert not proof.open_points(item)
    reviews.approve(_submitted(cast, case), by=cast.reviewer)


@pytest.mark.parametrize(
    ("upload", "match"),
    [
        (lambda: page(f"<p>Kính gửi.</p><p>{QUOTE}</p>"), QuoteMatch.WHOLE),
        (lambda: page(f"<p>Trừ khi trời tạnh, {QUOTE}</p>"), QuoteMatch.PART),
        (lambda: page(f"<p>Kính gửi.</p><p hidden>{QUOTE}</p>"), QuoteMatch.ABSENT),
        (lambda: page("<p>Học sinh sáu xã vùng trũng nghỉ học.</p>"), QuoteMatch.ABSENT),
    ],
)
def test_handed_in_copy_proves_nothing_by_itself(
    cast: Cast, case: Case, upload: Any, match: str
) -> None:
    """Whatever its format; by eye also where the machine did not find the whole quotation."""
    item = add_evidence(case, cast.checker, upload=upload())
    assert (item.provenance, item.copy_text.quote_match) == (Provenance.HANDED_IN, match)
    verdict = _submitted(cast, case)
    seen = Statement(original_seen="address", original_where="https://sgddt.example/1482")
    by_eye = Statement(compared_by_eye=True)
    lacking = [{}, {item.pk: by_eye}] + ([{item.pk: seen}] if match != QuoteMatch.WHOLE else [])
    for statements in lacking:
        with pytest.raises(EvidenceMissing):
            reviews.approve(verdict, statements=statements, by=cast.reviewer)
    reviews.approve(verdict, statements={item.pk: SEEN}, by=cast.reviewer)
    version = notices.publish(verdict, by=cast.approver)
    assert version.evidence[0]["original_where"] == "Văn thư của Sở"
    assert version.evidence[0]["by_eye"]


def test_quotation_stitched_together_from_two_places_is_not_found(cast: Cast, case: Case) -> None:
    item = add_evidence(
        case, cast.checker, quote="Học sinh sáu xã vùng trũng nghỉ học. Phụ lục. Danh sách."
    )
    assert item.copy_text.quote_match == QuoteMatch.ABSENT


def test_page_of_a_mirror_is_handed_in_and_its_reason_is_said(cast: Cast, case: Case) -> None:
    mirror = {"url": "https://moet.gov.vn.guong.example/a", "upload": pdf()}
    source = make_source(domain="moet.gov.vn")
    with pytest.raises(ValidationError, match=r"moet\.gov\.vn"):
        add_evidence(case, cast.checker, source=source, **mirror)
    mirror["upload"] = pdf()
    item = add_evidence(case, cast.checker, source=source, host_reason="Trang sập", **mirror)
    assert (item.on_source_domain, item.provenance) == (False, Provenance.HANDED_IN)
    verdict = _submitted(cast, case)
    reviews.approve(verdict, statements=statements_for(verdict), by=cast.reviewer)
    assert notices.publish(verdict, by=cast.approver).evidence[0]["host_reason"] == "Trang sập"


def test_fetch_that_ends_at_another_host_is_not_fetched_from_the_source(
    cast: Cast, case: Case
) -> None:
    from factcheck.domain.editorial import evidence_copies
    from factcheck.domain.editorial.fetching import Page

    item = add_evidence(case, cast.checker, upload=None)
    evidence_copies.store_fetched(item, Page("https://guong.example/a", "application/pdf", PDF))
    assert (item.provenance, item.fetched_from) == (
        Provenance.HANDED_IN,
        "https://guong.example/a",
    )


@pytest.mark.parametrize("rating", [row.rating for row in RATINGS.values() if row.evidence])
def test_date_is_asked_for_exactly_where_the_rule_says(
    cast: Cast, case: Case, rating: Rating
) -> None:
    rule = RATINGS[rating].evidence
    assert rule is not None
    source = make_source(field=SourceField.POLICE)
    stance = sorted(rule.stances)[0]
    add_evidence(case, cast.checker, stance, source=source, document_date=None)
    verdict = verdicts.draft(case, by=cast.checker, **words(rating))
    assert bool(proof.missing(verdict)) == rule.dated
    assert rule.dated == rule.official


@pytest.mark.parametrize(
    ("kind", "upload", "counts"),
    [
        (ConcernKind.CONDUCT, False, False),
        (ConcernKind.CARE, False, False),
        (ConcernKind.DECISION, False, True),
        (ConcernKind.ISSUER, False, True),
        (ConcernKind.DECISION, True, False),
    ],
)
def test_what_a_unit_says_about_itself_is_quoted_and_not_counted(
    cast: Cast, case: Case, kind: ConcernKind, upload: bool, counts: bool
) -> None:
    """Except its own published word about what it only issued or decided."""
    concerns.accept(case, [cast.sibling], concern=kind, by=cast.checker)
    more = {"upload": pdf()} if upload else {}
    add_evidence(case, cast.checker, source=make_source(speaks_for=cast.sibling), **more)
    verdict = verdicts.draft(case, by=cast.checker, **words(Rating.FALSE))
    assert (proof.missing(verdict) == []) == counts
    add_evidence(case, cast.checker, source=make_source(speaks_for=cast.xa))  # from outside
    assert proof.missing(verdict) == []


def test_second_person_did_not_bring_the_evidence_in(cast: Cast, case: Case) -> None:
    from accounts.domain import memberships
    from accounts.enums import Role

    memberships.grant(cast.colleague, cast.school, Role.REVIEWER, by=None)
    item = add_evidence(case, cast.colleague, upload=pdf())
    verdict = _submitted(cast, case)
    with pytest.raises(SecondPersonRequired):
        reviews.approve(verdict, statements={item.pk: SEEN}, by=cast.colleague)
    assert not EvidenceStatement.objects.exists()
    reviews.approve(verdict, statements={item.pk: SEEN}, by=cast.reviewer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"original_seen": "dream", "original_where": "Văn thư"},
        {"original_seen": "paper", "original_where": "  "},
        {"original_seen": "paper", "original_where": "a" * 301},
    ],
)
def test_statement_out_of_shape_changes_nothing(cast: Cast, case: Case, wrong: Any) -> None:
    item = add_evidence(case, cast.checker, upload=pdf())
    verdict = _submitted(cast, case)
    statements = {item.pk: Statement(compared_by_eye=True, **wrong)}
    with pytest.raises(ValidationError):
        reviews.approve(verdict, statements=statements, by=cast.reviewer)
    assert not EvidenceStatement.objects.exists()


def test_placeholder_cannot_be_cited_and_the_message_says_how(cast: Cast, case: Case) -> None:
    source = make_source(is_placeholder=True)
    with pytest.raises(ValidationError, match="name_sources"):
        add_evidence(case, cast.checker, source=source)


@pytest.mark.parametrize("upload", [None, pdf])
def test_citation_sent_twice_is_one(cast: Cast, case: Case, upload: Any, settings: Any) -> None:
    source = make_source()
    items = [
        add_evidence(case, cast.checker, source=source, upload=upload and upload())
        for _time in range(2)
    ]
    assert items[0] == items[1]
    assert Evidence.objects.count() == 1
    files = list(settings.MEDIA_ROOT.rglob("*.pdf"))
    assert len(files) == (1 if upload else 0)


def test_citation_is_edited_in_the_draft_and_searched_again(cast: Cast, case: Case) -> None:
    item = add_evidence(case, cast.checker)
    evidence.edit(item, quote="Học sinh cả tỉnh nghỉ học.", by=cast.colleague)
    assert Evidence.objects.get().copy_text.quote_match == QuoteMatch.ABSENT
    evidence.edit(item, quote=QUOTE, title="Công văn", by=cast.checker)
    assert Evidence.objects.get().copy_text.quote_match == QuoteMatch.WHOLE
    with pytest.raises(WrongState):
        evidence.edit(item, source=make_source(domain=item.source.domain), by=cast.checker)


def test_citation_is_not_edited_after_anyone_was_asked(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    item = verdict.case.evidence.get()
    with pytest.raises(WrongState):
        evidence.edit(item, quote=QUOTE, by=cast.checker)
    reviews.send_back(verdict, reason="Trích trọn câu", by=cast.reviewer)
    item = Evidence.objects.get()
    with pytest.raises(WrongState):
        evidence.edit(item, quote=QUOTE, by=cast.checker)
    evidence.withdraw(item, by=cast.checker)  # the way out
    added = add_evidence(Case.objects.get(pk=item.case_id), cast.checker)
    assert evidence.is_editable(added)


def test_versions_of_before_say_that_nothing_was_recorded(cast: Cast) -> None:
    from publishing.domain import notice_content

    version = verdict_at(CaseStatus.PUBLISHED, cast).published
    old = {k: v for k, v in version.evidence[0].items() if k not in ("provenance", "quote_match")}
    version.evidence = [old]
    cited = notice_content.evidence(version)[0]
    assert cited.provenance is None
    assert cited.origin
    assert not cited.comparison


def test_every_way_of_proof_is_accepted_or_refused_as_a_whole(cast: Cast, case: Case) -> None:
    """All combinations of what a statement says, for a handed-in copy without the quotation."""
    item = add_evidence(case, cast.checker, upload=page("<p>Chỗ khác.</p>"))
    item.copy_text  # noqa: B018 -- read once
    for by_eye, seen in itertools.product((False, True), ("", "address", "paper", "phone")):
        row = EvidenceStatement(compared_by_eye=by_eye, original_seen=seen, original_where="x")
        assert (proof.lacking(1, item, row) == []) == (by_eye and bool(seen))
    assert item.added_at <= timezone.now()
