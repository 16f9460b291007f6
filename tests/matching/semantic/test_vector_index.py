import random

import pytest

from matching.semantic.embedder import dequantise, message_similarity, quantise
from matching.semantic.vector_index import BLOCK_SIZE, VectorIndex

DIMENSION = 8


def vector(seed: int) -> list[float]:
    chance = random.Random(seed)
    return [chance.gauss(0, 1) for _ in range(DIMENSION)]


@pytest.fixture
def rows() -> dict[int, bytes]:
    return {pk: quantise(vector(pk)) for pk in [*range(1, 40), *range(BLOCK_SIZE, BLOCK_SIZE + 40)]}


@pytest.fixture
def matrix(rows: dict[int, bytes]) -> VectorIndex:
    made = VectorIndex(DIMENSION)
    for number in (0, 1):
        made.replace_block(
            number, [(pk, data) for pk, data in rows.items() if pk // BLOCK_SIZE == number]
        )
    return made


@pytest.mark.parametrize("limit", [1, 5, 1_000])
@pytest.mark.parametrize("seeds", [[1_000_000], [1_000_000, 3, 1_000_001]])
def test_nearest_equals_a_comparison_one_by_one(
    matrix: VectorIndex, rows: dict[int, bytes], limit: int, seeds: list[int]
) -> None:
    asked = [vector(seed) for seed in seeds]
    every = {pk: message_similarity(asked, dequantise(data)) for pk, data in rows.items()}
    expected = sorted(every, key=every.__getitem__, reverse=True)[:limit]
    nearest = matrix.nearest(asked, limit)
    assert [pk for pk, _cosine in nearest] == expected
    assert all(abs(near - every[pk]) < 1e-5 for pk, near in nearest)


def test_nearest_of_a_row_is_the_row_itself(matrix: VectorIndex) -> None:
    [(pk, near)] = matrix.nearest([vector(BLOCK_SIZE + 7)], 1)
    assert pk == BLOCK_SIZE + 7
    assert near > 0.999


@pytest.mark.parametrize("wanted", [[[0.0] * DIMENSION], [[1.0] * (DIMENSION + 1)], [[]], []])
def test_nearest_of_incomparable_vectors_is_empty(
    matrix: VectorIndex, wanted: list[list[float]]
) -> None:
    assert matrix.nearest(wanted, 5) == []
    assert matrix.nearest([vector(1)], 0) == []
    assert VectorIndex(DIMENSION).nearest([vector(1)], 5) == []


def test_replace_block_removes_the_former_rows(matrix: VectorIndex, rows: dict[int, bytes]) -> None:
    matrix.replace_block(1, [(BLOCK_SIZE + 3, rows[BLOCK_SIZE + 3])])
    assert len(matrix) == 39 + 1
    matrix.replace_block(0, [])
    assert [pk for pk, _near in matrix.nearest([vector(5)], 100)] == [BLOCK_SIZE + 3]


def test_replace_block_leaves_out_other_dimensions(rows: dict[int, bytes]) -> None:
    matrix = VectorIndex(DIMENSION)
    matrix.replace_block(0, [(1, b""), (2, b"\1" * (DIMENSION - 1)), (3, rows[3])])
    assert [pk for pk, _near in matrix.nearest([vector(3)], 9)] == [3]
