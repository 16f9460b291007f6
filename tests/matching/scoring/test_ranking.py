from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.scoring.prepared_text import PreparedText, prepare_text
from matching.scoring.ranking import Candidate, Query, rank
from matching.text.normalisation import fingerprint

CLAIM = "Học sinh Yên Bái nghỉ học từ 17/2 đến hết tháng 2"
RUMOUR = "Ngày mai 12/9 toàn bộ học sinh THCS Hoa Mai nghỉ học tránh bão, mỗi em nộp 200k"


def test_rank_puts_the_same_words_first_and_returns_every_candidate():
    ranked = rank(Query(CLAIM), [Candidate(1, "bão số 3"), Candidate(2, CLAIM.upper())])
    assert [r.key for r in ranked] == [2, 1]
    assert ranked[0].same_fingerprint
    assert ranked[0].score == 1


def test_rank_prefers_the_one_without_a_conflict():
    other_end = Candidate(1, "Học sinh Yên Bái nghỉ học từ 17/2 đến hết tháng 3")
    same_end = Candidate(2, "Học sinh tỉnh Yên Bái nghỉ học từ 17/2 đến hết tháng 2 nhé")
    ranked = rank(Query(CLAIM), [other_end, same_end])
    assert [r.key for r in ranked] == [2, 1]
    assert ranked[1].conflicts


def test_rank_uses_the_stored_fingerprint():
    stored = Candidate(1, "văn bản đã xoá", fingerprint=fingerprint(CLAIM))
    assert rank(Query(CLAIM), [stored])[0].same_fingerprint


def test_rank_finds_a_link_inside_the_text():
    query = Query("Xem https://www.a.example/x/?utm_source=zalo đi mọi người")
    assert rank(query, [Candidate(1, "", url="http://a.example/x")])[0].same_url


def test_differences_left_is_the_query():
    query = Query(CLAIM, seen_on=date(2026, 2, 1))
    other = Candidate(1, CLAIM.replace("tháng 2", "tháng 3"))
    difference = rank(query, [other])[0].differences[0]
    assert difference.left == ("2026-02-17/2026-02-28",)
    assert difference.right == ("--02-17/--03-31",)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_rank_any_text_does_not_raise(a, b, url):
    ranked = rank(Query(a, url), [Candidate(1, b, url), Candidate(2, a)])
    assert sorted(r.key for r in ranked) == [1, 2]
    same = next(r for r in ranked if r.key == 2)
    assert same.same_fingerprint == bool(fingerprint(a))


def test_prepared_candidate_ranks_as_its_text():
    text = "Mai 12/9 học sinh Hoa Mai nghỉ tránh bão"
    prepared = PreparedText.from_json(prepare_text(text).to_json(), prepare_text(text).fingerprint)
    (fresh,) = rank(Query(RUMOUR), [Candidate(1, text)])
    (kept,) = rank(Query(RUMOUR), [Candidate(1, text, prepared=prepared)])
    assert kept == fresh


def test_claim_with_two_near_wordings_is_likelier():
    def wording(key: int, cosine: float) -> Candidate:
        prepared = prepare_text("bão lớn")
        return Candidate(key, "", prepared=prepared, lexical=20.0, coverage=0.02, cosine=cosine)

    wordings = [wording(1, 0.6), wording(1, 0.1), wording(2, 0.59), wording(2, 0.58)]
    ranked = rank(Query("nghỉ học tránh bão ở Hoa Mai"), wordings)
    assert ranked[0].key == 2


def test_candidate_without_a_cosine_uses_the_lexical_weights():
    (ranked,) = rank(Query(RUMOUR), [Candidate(1, RUMOUR.lower())])
    assert "cosine" not in ranked.features
    assert ranked.probability == pytest.approx(1)
