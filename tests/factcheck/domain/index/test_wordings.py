from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.domain.cases import lifecycle
from factcheck.domain.index import packing, wordings
from factcheck.enums import CaseStatus
from factcheck.models import Wording
from matching.scoring.ranking import Query
from matching.terms import index_terms
from tests.factcheck.wordings import write_wordings
from tests.factories import RUMOUR, Cast, case_at, case_of, merge_by_two, published, submit_report

PLACES = ("Nắng Mai", "Đồi Sim", "Mây Hồ", "Bến Trăng", "Cầu Đá", "Sông Nhuệ", "Gò Me")
THINGS = ("đồng phục", "bữa ăn", "xe buýt", "học thêm", "sách mới", "quỹ lớp", "camera", "đề thi")


def _text(number: int) -> str:
    place, thing = PLACES[number % 7], THINGS[number % 8]
    return f"Trường {place} thu tiền {thing} của học sinh khối {number % 12} đợt {number}"


@pytest.fixture
def crowd(cast: Cast) -> None:
    texts = [_text(number) for number in range(2000)]
    write_wordings(cast.school, [index_terms.extract_terms(text) for text in texts], texts)
    packing.pack_waiting()


def test_candidates_need_eight_queries_among_two_thousand_cases(cast: Cast, crowd: None) -> None:
    wanted = case_of(submit_report(RUMOUR, cast.school))
    query = Query(RUMOUR.lower() + " nhé", "", date(2026, 11, 21))
    with CaptureQueriesContext(connection) as queries:
        candidates = wordings.candidates(query)
    assert len(queries) == 8
    assert candidates[0].key == wanted.pk
    assert candidates[0].lexical == max(candidate.lexical or 0 for candidate in candidates)
    assert len(candidates) <= wordings.MAX_COMPARED + wordings.MAX_EXACT
    with CaptureQueriesContext(connection) as queries:
        wordings.candidates(query, published_only=True)
    assert len(queries) <= 10


def test_candidates_never_scan_the_index(cast: Cast, crowd: None) -> None:
    """The plan reads blocks, wordings and fingerprints through an index."""
    submit_report(RUMOUR, cast.school)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":  # it scans tables as small as these by choice
            cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as queries:
        wordings.candidates(Query(RUMOUR + " nhé", "https://example.com/a/b"))
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    plans = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            cursor.execute(explain + query["sql"].replace("%", "%%"))
            plans += [" ".join(str(cell) for cell in row) for row in cursor.fetchall()]
    scanned = [p for p in plans if "Seq Scan on factcheck_" in p or "SCAN factcheck_" in p]
    tables = ("factcheck_postingblock", "factcheck_variant", "factcheck_case ")
    # SQLite calls it a scan to walk the small index of wordings that are not packed yet
    scanned = [p for p in scanned if "factcheck_variant_unpacked" not in p]
    assert [p for p in scanned if any(table in f"{p} " for table in tables)] == []
    assert len(plans) >= 8


def test_candidates_of_an_empty_query_are_none(cast: Cast) -> None:
    submit_report(RUMOUR, cast.school)
    assert wordings.candidates(Query("")) == []
    assert wordings.candidates(Query("…!?")) == []


def test_candidates_answer_with_the_case_something_was_merged_into(cast: Cast) -> None:
    merged = case_at(CaseStatus.MERGED, cast)
    keys = {candidate.key for candidate in wordings.candidates(Query(RUMOUR))}
    assert keys == {merged.merged_into_id}


def test_published_only_follows_merges_and_leaves_out_the_rest(cast: Cast) -> None:
    version = published(cast)
    near = case_of(submit_report(RUMOUR.replace("1482", "1499"), cast.school))
    key = version.notice.case_id
    assert {c.key for c in wordings.candidates(Query(RUMOUR))} == {key, near.pk}
    assert {c.key for c in wordings.candidates(Query(RUMOUR), published_only=True)} == {key}
    merge_by_two(near, version.notice.case, cast)
    texts = {c.text for c in wordings.candidates(Query(RUMOUR), published_only=True)}
    assert RUMOUR.replace("1482", "1499") in texts


def test_link_alone_finds_its_case_but_a_mere_site_does_not(cast: Cast) -> None:
    case = case_of(submit_report("", cast.school, url="https://example.com/tin/1"))
    assert [c.key for c in wordings.candidates(Query("", "https://m.example.com/tin/1"))] == [
        case.pk
    ]
    assert wordings.candidates(Query("", "https://example.com/")) == []


def test_published_case_is_found_by_the_words_of_its_headline(cast: Cast) -> None:
    version = published(cast)
    texts = set(Wording.objects.filter(report__isnull=True).values_list("text", flat=True))
    assert f"{version.claim}. {version.headline}" in texts
    assert version.claim in texts
    candidates = wordings.candidates(Query(version.headline), published_only=True)
    assert candidates[0].key == version.notice.case_id


def test_claim_written_by_a_checker_replaces_its_former_wording(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    case = lifecycle.set_claim(
        case, "Toàn tỉnh nghỉ một tuần vì lũ", version=case.version, by=cast.checker
    )
    case = lifecycle.set_claim(
        case, "Cả tỉnh nghỉ sáu ngày vì lũ", version=case.version, by=cast.checker
    )
    own = Wording.objects.filter(case=case, report__isnull=True)
    assert [wording.text for wording in own] == ["Cả tỉnh nghỉ sáu ngày vì lũ"]
    assert case.pk in {c.key for c in wordings.candidates(Query("Cả tỉnh nghỉ sáu ngày vì lũ"))}
