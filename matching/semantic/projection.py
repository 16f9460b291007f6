"""Projection of the bundled model's vectors that brings a message near the claim it repeats.

The model maps all sentences into a narrow cone, and those of one language into a corner of it: two
unrelated sentences have a cosine of 0.8. The projection subtracts the mean of the text's language
and multiplies by a matrix. The matrix started as a whitening with exponent ½ (Su et al., "Whitening
Sentence Representations for Better Semantics and Faster Retrieval", arXiv 2103.15316) and was then
trained on messages and the claims they repeat, and on headlines of claims (InfoNCE, van den Oord
et al., arXiv 1807.03748).
The numbers are data (``projection.npz``), made by ``python -m benchmarks.projection_training``.
"""

from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from matching.semantic.embedder import Embedder
from matching.terms.index_terms import is_vietnamese

PROJECTION_FILE = Path(__file__).with_suffix(".npz")


def centre_by_language(texts: Sequence[str], vectors: Any, means: Any) -> Any:
    """Return the vectors as rows, each minus the mean of its text's language.

    ``vectors``: as many rows as texts; ``means``: two rows, of other languages and of Vietnamese.
    """
    numpy = import_module("numpy")
    return numpy.asarray(vectors, "float32") - means[[int(is_vietnamese(text)) for text in texts]]


class ProjectedEmbedder:
    """The bundled model with projected vectors; unrelated texts have a cosine near 0.

    ``version`` rises when the numbers change: vectors stored under the former name are computed
    again. With another ``file`` than the product's the name contains that of the file.
    """

    version = 2

    def __init__(self, model: Embedder, file: Path = PROJECTION_FILE) -> None:
        self._model, self._file = model, file
        suffix = f"p{self.version}" if file == PROJECTION_FILE else file.stem
        self.name = f"{model.name}-{suffix}"
        self.dimension = model.dimension

    @cached_property
    def _means_and_matrix(self) -> tuple[Any, Any]:
        """(means of the languages, matrix), in the dimension of the vectors."""
        numpy = import_module("numpy")
        with numpy.load(self._file, allow_pickle=False) as data:
            return data["means"].astype("float32"), data["matrix"].astype("float32")

    def queries(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return self._project(texts, self._model.queries(texts))

    def passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return self._project(texts, self._model.passages(texts))

    def _project(
        self, texts: Sequence[str], vectors: list[Sequence[float]]
    ) -> list[Sequence[float]]:
        if not vectors:
            return []
        means, matrix = self._means_and_matrix
        projected: list[Sequence[float]] = (
            centre_by_language(texts, vectors, means) @ matrix
        ).tolist()
        return projected
