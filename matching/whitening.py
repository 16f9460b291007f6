"""Vectors of the bundled model, spread evenly: they find more, at no cost.

The model puts all sentences into a narrow cone, and those of one language into a corner of it: two
that have nothing in common have a cosine of 0.8. Taken off here are the mean of the text's language
and, by half its power, what all sentences vary in most (Su et al., "Whitening Sentence
Representations for Better Semantics and Faster Retrieval", arXiv 2103.15316). The numbers are data
(``whitening.npz``), made by ``python -m benchmarks.whiten`` from texts without any question.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from matching.embedding import Embedder
from matching.terms import is_vietnamese

FILE = Path(__file__).with_suffix(".npz")


@cache
def _kept() -> tuple[Any, Any]:
    """(means: other languages, Vietnamese; matrix), of as many numbers as a vector has."""
    numpy = import_module("numpy")
    with numpy.load(FILE, allow_pickle=False) as data:
        return data["means"].astype("float32"), data["matrix"].astype("float32")


class Whitened:
    """The bundled model with its vectors spread; unrelated texts have a cosine near 0.

    ``version`` rises when the numbers change: vectors kept under the former name are made anew.
    """

    version = 1

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self.name = f"{model.name}-w{self.version}"
        self.dimension = model.dimension

    def queries(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return _spread(texts, self._model.queries(texts))

    def passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return _spread(texts, self._model.passages(texts))


def _spread(texts: Sequence[str], vectors: list[Sequence[float]]) -> list[Sequence[float]]:
    if not vectors:
        return []
    means, matrix = _kept()
    numpy = import_module("numpy")
    own = means[[int(is_vietnamese(text)) for text in texts]]
    found: list[Sequence[float]] = ((numpy.asarray(vectors, "float32") - own) @ matrix).tolist()
    return found
