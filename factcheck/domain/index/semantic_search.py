"""Semantic search: wordings that mean the same in other words, an option beside the inverted index.

Exact search over all vectors in the memory of a worker, so for background work only, never for a
web request. A cosine orders candidates; it never decides and never links.
"""

import hashlib
import threading
from collections.abc import Iterable, Sequence

from django.db.models import BigIntegerField, Count, F, QuerySet, Sum
from django.db.models.functions import Cast

from factcheck.domain.index import embeddings
from factcheck.models import Embedding
from matching.semantic.embedder import EmbedderError, dequantise, message_similarity
from matching.semantic.segmentation import split_segments
from matching.semantic.vector_index import BLOCK_SIZE, VectorIndex


class _LoadedVectors:
    """The vectors of one model as they were at the last search."""

    def __init__(self, model: str, dimension: int) -> None:
        self.model = model
        self.index = VectorIndex(dimension)
        self._loaded: dict[int, tuple[int, int]] = {}  # block → its state in the database

    def refresh(self) -> None:
        """Reload every block that differs from the database: added vectors are found, purged and
        deleted ones leave memory. When it is interrupted, the next call continues."""
        stored = _stored_blocks(self.model)
        for number in self._loaded.keys() | stored.keys():
            if self._loaded.get(number) == stored.get(number):
                continue
            first = number * BLOCK_SIZE
            rows = _rows(self.model).filter(
                wording_id__gte=first, wording_id__lt=first + BLOCK_SIZE
            )
            self.index.replace_block(number, ((pk, bytes(data)) for pk, data in rows))
            if number in stored:
                self._loaded[number] = stored[number]
            else:
                del self._loaded[number]


def _rows(model: str) -> "QuerySet[Embedding, tuple[int, bytes | memoryview[int]]]":
    return Embedding.objects.filter(model=model).values_list("wording_id", "vector")


def _stored_blocks(model: str) -> dict[int, tuple[int, int]]:
    """For each block of ids the number of vectors and a sum that identifies them: read from the
    index alone, so a million rows cost a fraction of a second and no vector is read."""
    pk = Cast(F("wording_id"), BigIntegerField())
    blocks = Embedding.objects.filter(model=model).order_by().annotate(block=pk / BLOCK_SIZE)
    sums = blocks.values("block").annotate(
        n=Count("*"), checksum=Sum((pk % BLOCK_SIZE) * (pk % BLOCK_SIZE))
    )
    return {row["block"]: (row["n"], row["checksum"]) for row in sums}


_lock = threading.Lock()
_loaded_vectors: list[_LoadedVectors] = []  # at most one
_last_query: dict[tuple[str, bytes], list[Sequence[float]]] = {}  # at most one: the last text


def _vectors(text: str) -> tuple[str, list[Sequence[float]]] | None:
    """The model's name and the query vectors of a text and its segments; None when there are none
    now. Only the last ones are kept, so nothing of a purged text remains."""
    model = embeddings.available_embedder() if text.strip() else None
    if model is None:
        return None
    key = (model.name, hashlib.sha256(text.encode("utf-8", "ignore")).digest())
    try:
        vectors = _last_query.get(key) or model.queries([text, *split_segments(text)])
    except EmbedderError as error:
        embeddings.record_failure(error)
        return None
    _last_query.clear()
    _last_query[key] = vectors
    return model.name, vectors


def _refreshed_index(model: str, dimension: int) -> VectorIndex:
    loaded = [(vectors.model, vectors.index.dimension) for vectors in _loaded_vectors]
    if loaded != [(model, dimension)]:
        _loaded_vectors[:] = [_LoadedVectors(model, dimension)]
    _loaded_vectors[0].refresh()
    return _loaded_vectors[0].index


def neighbours(text: str, limit: int) -> list[tuple[int, float]]:
    """Wordings nearest in meaning: (wording id, similarity), nearest first; [] when semantic search
    is off or fails. For background work only: it may wait for a service, and keeps all vectors in
    memory."""
    with _lock:
        query = _vectors(text)
        if query is None:
            return []
        name, vectors = query
        return _refreshed_index(name, len(vectors[0])).nearest(vectors, limit)


def cosines(text: str, wording_ids: Iterable[int]) -> dict[int, float]:
    """Similarity in meaning of a text and each of these wordings that has a vector; {} when off.
    Reads the rows of these alone."""
    with _lock:
        query = _vectors(text)
    if query is None:
        return {}
    name, vectors = query
    rows = _rows(name).filter(wording_id__in=list(wording_ids))
    complete = ((pk, bytes(data)) for pk, data in rows if len(data) == len(vectors[0]))
    return {pk: message_similarity(vectors, dequantise(data)) for pk, data in complete}
