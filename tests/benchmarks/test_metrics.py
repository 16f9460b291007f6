import pytest

from benchmarks.metrics import Scores, average_precision, is_found, percentile, reciprocal_rank


@pytest.mark.parametrize(
    ("keys", "right", "expected"),
    [
        ("abcde", "a", 1),
        ("abcde", "c", 1 / 3),
        ("abcde", "ac", (1 + 2 / 3) / 2),
        ("abcdef", "f", 0),  # sixth
        ("abcde", "abcdefgh", 1),  # eight right answers: five count
        ("abcde", "az", 1 / 2),  # z is not in the answers
        ("", "a", 0),
        ("abc", "", 0),
    ],
)
def test_average_precision_at_five(keys: str, right: str, expected: float) -> None:
    assert average_precision(keys, set(right)) == pytest.approx(expected)


def test_reciprocal_rank_is_of_the_first_right_answer() -> None:
    assert reciprocal_rank("abcd", {"b", "d"}) == 1 / 2
    assert reciprocal_rank("abcd", {"z"}) == 0


def test_is_found_respects_the_depth() -> None:
    keys = [str(number) for number in range(60)]
    assert is_found(keys, {"49", "x"})
    assert not is_found(keys, {"50"})


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 5), (0.95, 10), (0.9, 9), (0.01, 1), (1.0, 10)]
)
def test_percentile_is_one_of_the_values(share: float, expected: int) -> None:
    assert percentile([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], share) == expected


def test_percentile_without_values_is_zero() -> None:
    assert percentile([], 0.95) == 0


def test_summary_is_the_mean_over_the_queries() -> None:
    scores = Scores()
    scores.add(["a", "b"], {"a"}, {"a", "b", "c"}, 2.0)
    scores.add(["a", "b"], {"b", "elsewhere"}, {"a", "b", "c"}, 4.0)
    scores.add([], {"c"}, {"a", "b", "c"}, 6.0)
    # AP: 1; (1/2)/2; 0. RR: 1; 1/2; 0.
    assert scores.summary() == {
        "map5": 0.4167,
        "mrr": 0.5,
        "recall50": 0.6667,
        "n": 3,
        "p50_ms": 4.0,
        "p95_ms": 6.0,
    }
    # In the pool the second query has one right answer, at rank two; perfect: 1, 1/2, 1.
    details = scores.details()
    assert details["map5_in_pool"] == 0.5
    assert details["recall50_share"] == 0.6667
    assert details["ceiling"] == 0.8333


def test_summary_of_no_queries_is_zero() -> None:
    assert Scores().summary()["map5"] == 0
    assert Scores().summary()["n"] == 0
