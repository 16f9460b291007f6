from datetime import date

from benchmarks import suggestion_rates
from benchmarks.suggestion_rates import Tally, suggested_keys
from matching.scoring import policy
from matching.scoring.ranking import Candidate, Query, rank
from matching.terms.index_terms import is_vietnamese

CLAIM = "Học sinh toàn tỉnh nghỉ học hai tuần vì dịch cúm A lan trong trường học"
AGAIN = "Ngày mai trường mình có nghỉ học không các mẹ, con em đang sốt"


def test_a_tally_counts_texts_and_suggestions() -> None:
    tally = Tally()
    tally.add(["a", "b"], {"b"})
    tally.add(["a"], {"a", "c"})
    tally.add([], {"a"})
    tally.add(["x"], set())
    assert tally == Tally(n=4, right=2, first=1, some=3, suggestions=4)


def test_another_threshold_is_reset_afterwards() -> None:
    ranked = rank(Query(AGAIN, "", date(2026, 11, 22)), [Candidate(7, CLAIM)])
    usual = policy.MIN_PROBABILITY
    assert suggested_keys(ranked, 0.0) == [7]
    assert suggested_keys(ranked, 1.1) == []
    assert usual == policy.MIN_PROBABILITY


def test_identical_words_are_linked_and_counted() -> None:
    ranked = rank(Query(CLAIM, "", date(2026, 11, 22)), [Candidate(7, CLAIM)])
    assert suggested_keys(ranked, 1.1) == [7]


def test_questions_in_english_are_about_claims_in_vietnamese() -> None:
    rows = suggestion_rates._questions()
    assert len({row["claim"] for row in rows}) == len({row["text"] for row in rows}) == len(rows)
    assert all(is_vietnamese(row["claim"]) and not is_vietnamese(row["text"]) for row in rows)
