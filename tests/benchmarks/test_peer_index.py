import pytest

from benchmarks.peer_index import (
    CheckSearch,
    CofactsSearch,
    MemoryIndex,
    dice,
    minimum_should_match,
)

TEXTS = [
    "uống nước chanh nóng chữa ung thư",
    "nước máy thành phố nhiễm độc",
    "nghỉ học ngày mai vì bão",
]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("healed", "sealed", 0.8),  # the example of the string-similarity package
        ("a b", "ab", 1),
        ("a", "b", 0),
        ("", "", 1),
        ("night", "nacht", 0.25),
    ],
)
def test_dice_on_letter_pairs(a: str, b: str, expected: float) -> None:
    assert dice(a, b) == pytest.approx(expected)


@pytest.mark.parametrize(("terms", "expected"), [(0, 1), (1, 1), (3, 2), (10, 7), (11, 7)])
def test_minimum_should_match_rounds_down(terms: int, expected: int) -> None:
    assert minimum_should_match(terms) == expected


def test_memory_index_ranks_by_rarity_and_respects_the_minimum() -> None:
    memory = MemoryIndex([*TEXTS, "nước nước nước"], str.split)
    assert memory.search(["nước", "độc"], 1, 10)[0] == 1
    assert memory.search(["nước", "độc"], 2, 10) == [1]
    assert memory.search(["biển"], 1, 10) == []


def test_check_requires_seven_terms_in_ten() -> None:
    check = CheckSearch(TEXTS, str.split)
    assert check.search("uống nước chanh nóng ngay", 10) == [0]
    assert check.search("uống nước lá ổi mỗi sáng", 10) == []


def test_cofacts_requires_every_indexed_term_of_a_short_text() -> None:
    cofacts = CofactsSearch(TEXTS, str.split)
    assert cofacts.search("uống nước chanh buổi sáng", 10) == [0]
    assert cofacts.search("uống nước vì bão", 10) == []
