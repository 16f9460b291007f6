import random

import pytest

from matching.semantic.embedding import dequantise, likeness, quantise
from matching.semantic.matrix import BLOCK, Matrix

DIMENSION = 8


def vector(seed: int) -> list[float]:
    chance = random.Random(seed)
    return [chance.gauss(0, 1) for _ in range(DIMENSION)]


@pytest.fixture
def rows() -> dict[int, bytes]:
    return {pk: quantise(vector(pk)) for pk in [*range(1, 40), *range(BLOCK, BLOCK + 40)]}


@pytest.fixture
def matrix(rows: dict[int, bytes]) -> Matrix:
    made = Matrix(DIMENSION)
    for number in (0, 1):
        made.put(number, [(pk, data) for pk, data in rows.items() if pk // BLOCK == number])
    return made


@pytest.mark.parametrize("limit", [1, 5, 1_000])
@pytest.mark.parametrize("seeds", [[1_000_000], [1_000_000, 3, 1_000_001]])
def test_best_is_what_comparing_one_by_one_gives(
    matrix: Matrix, rows: dict[int, bytes], limit: int, seeds: list[int]
) -> None:
    asked = [vector(seed) for seed in seeds]
    every = {pk: likeness(asked, dequantise(data)) for pk, data in rows.items()}
    expected = sorted(every, key=every.__getitem__, reverse=True)[:limit]
    found = matrix.best(asked, limit)
    assert [pk for pk, _cosine in found] == expected
    assert all(abs(near - every[pk]) < 1e-5 for pk, near in found)


def test_best_is_the_row_itself_for_its_own_vector(matrix: Matrix) -> None:
    [(pk, near)] = matrix.best([vector(BLOCK + 7)], 1)
    assert pk == BLOCK + 7
    assert near > 0.999


@pytest.mark.parametrize("wanted", [[[0.0] * DIMENSION], [[1.0] * (DIMENSION + 1)], [[]], []])
def test_best_of_what_cannot_be_compared_is_nothing(
    matrix: Matrix, wanted: list[list[float]]
) -> None:
    assert matrix.best(wanted, 5) == []
    assert matrix.best([vector(1)], 0) == []
    assert Matrix(DIMENSION).best([vector(1)], 5) == []


def test_put_leaves_nothing_of_the_former_rows(matrix: Matrix, rows: dict[int, bytes]) -> None:
    matrix.put(1, [(BLOCK + 3, rows[BLOCK + 3])])
    assert len(matrix) == 39 + 1
    matrix.put(0, [])
    assert [pk for pk, _near in matrix.best([vector(5)], 100)] == [BLOCK + 3]


def test_put_leaves_out_other_dimensions(rows: dict[int, bytes]) -> None:
    matrix = Matrix(DIMENSION)
    matrix.put(0, [(1, b""), (2, b"\1" * (DIMENSION - 1)), (3, rows[3])])
    assert [pk for pk, _near in matrix.best([vector(3)], 9)] == [3]
