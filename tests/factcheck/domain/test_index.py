from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.domain import cases, index
from factcheck.enums import CaseStatus
from factcheck.models import Case, Posting, Variant
from matching.engine import Query
from tests.factories import RUMOUR, Cast, case_at, case_of, published, submit_report

PLACES = ("Nắng Mai", "Đồi Sim", "Mây Hồ", "Bến Trăng", "Cầu Đá", "Sông Nhuệ", "Gò Me")
THINGS = ("đồng phục", "bữa ăn", "xe buýt", "học thêm", "sách mới", "quỹ lớp", "camera", "đề thi")


def _many_cases(cast: Cast, count: int) -> None:
    """Cases of many wordings, written in bulk: the index is what is measured, not the walk."""
    made = Case.objects.bulk_create(
        Case(number=10_000 + at, unit=cast.school, claim=f"Tin {at}", due_at="2031-01-01T00:00Z")
        for at in range(count)
    )
    variants = Variant.objects.bulk_create(
        Variant(case=case, text=_text(at), fingerprint=f"{at:032d}") for at, case in enumerate(made)
    )
    Posting.objects.bulk_create(
        Posting(term=term, variant=variant)
        for variant in variants
        for term in index._terms(variant.text)
    )


def _text(at: int) -> str:
    place, thing = PLACES[at % 7], THINGS[at % 8]
    return f"Trường {place} thu tiền {thing} của học sinh khối {at % 12} đợt {at}"


@pytest.fixture
def crowd(cast: Cast) -> None:
    _many_cases(cast, 2000)


def test_candidates_need_five_queries_among_two_thousand_cases(cast: Cast, crowd: None) -> None:
    wanted = case_of(submit_report(RUMOUR, cast.school))
    query = Query(RUMOUR.lower() + " nhé", "", date(2026, 11, 21))
    with CaptureQueriesContext(connection) as queries:
        found = index.candidates(query)
    assert len(queries) == 5
    assert found[0].key == wanted.pk
    assert len(found) <= index.BEST + 1
    with CaptureQueriesContext(connection) as queries:
        index.candidates(query, published_only=True)
    assert len(queries) <= 5


def test_candidates_never_scan_the_index(cast: Cast, crowd: None) -> None:
    """The plan reads postings, wordings and fingerprints through an index."""
    submit_report(RUMOUR, cast.school)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":  # it scans tables as small as these by choice
            cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as queries:
        index.candidates(Query(RUMOUR + " nhé", "https://example.com/a/b"))
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    plans = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            cursor.execute(explain + query["sql"].replace("%", "%%"))
            plans += [" ".join(str(cell) for cell in row) for row in cursor.fetchall()]
    scanned = [p for p in plans if "Seq Scan on factcheck_" in p or "SCAN factcheck_" in p]
    # MAX(id) reads one end of the primary key; SQLite calls that a search
    assert [p for p in scanned if "factcheck_posting" in p or "factcheck_case" in p] == []
    assert len(plans) >= 5


def test_candidates_of_an_empty_query_are_none(cast: Cast) -> None:
    submit_report(RUMOUR, cast.school)
    assert index.candidates(Query("")) == []
    assert index.candidates(Query("…!?")) == []


def test_candidates_answer_with_the_case_something_was_merged_into(cast: Cast) -> None:
    merged = case_at(CaseStatus.MERGED, cast)
    keys = {candidate.key for candidate in index.candidates(Query(RUMOUR))}
    assert keys == {merged.merged_into_id}


def test_published_only_follows_merges_and_leaves_out_the_rest(cast: Cast) -> None:
    version = published(cast)
    near = case_of(submit_report(RUMOUR.replace("1482", "1499"), cast.school))
    key = version.notice.case_id
    assert {c.key for c in index.candidates(Query(RUMOUR))} == {key, near.pk}
    assert {c.key for c in index.candidates(Query(RUMOUR), published_only=True)} == {key}
    cases.merge(near, version.notice.case, by=cast.checker)
    texts = {c.text for c in index.candidates(Query(RUMOUR), published_only=True)}
    assert RUMOUR.replace("1482", "1499") in texts


def test_link_alone_finds_its_case_but_a_mere_site_does_not(cast: Cast) -> None:
    case = case_of(submit_report("", cast.school, url="https://example.com/tin/1"))
    assert [c.key for c in index.candidates(Query("", "https://m.example.com/tin/1"))] == [case.pk]
    assert index.url_hash("https://example.com/") == ""
    assert index.url_hash("không phải đường dẫn") == ""


def test_claim_written_by_a_checker_replaces_its_former_wording(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    case = cases.set_claim(
        case, "Toàn tỉnh nghỉ một tuần vì lũ", version=case.version, by=cast.checker
    )
    case = cases.set_claim(
        case, "Cả tỉnh nghỉ sáu ngày vì lũ", version=case.version, by=cast.checker
    )
    own = Variant.objects.filter(case=case, report__isnull=True)
    assert [variant.text for variant in own] == ["Cả tỉnh nghỉ sáu ngày vì lũ"]
    assert case.pk in {c.key for c in index.candidates(Query("Cả tỉnh nghỉ sáu ngày vì lũ"))}
