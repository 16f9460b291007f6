"""Wordings that mean the same in other words: the optional second arm beside the inverted index.

Exact search over all vectors in the memory of a worker, so only for work in the background: never
from a web request. A cosine puts candidates in an order; it never decides and never links.
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


class _Memory:
    """The vectors of one model as they were at the last search."""

    def __init__(self, model: str, dimension: int) -> None:
        self.model = model
        self.matrix = VectorIndex(dimension)
        self._held: dict[int, tuple[int, int]] = {}  # block → what the database held of it

    def refresh(self) -> None:
        """Read again every block that is no longer what the database holds: what was added is
        found, and what was purged or deleted leaves memory. Ended half-way, it goes on there."""
        stored = _stored(self.model)
        for number in self._held.keys() | stored.keys():
            if self._held.get(number) == stored.get(number):
                continue
            first = number * BLOCK_SIZE
            rows = _rows(self.model).filter(
                wording_id__gte=first, wording_id__lt=first + BLOCK_SIZE
            )
            self.matrix.replace_block(number, ((pk, bytes(data)) for pk, data in rows))
            if number in stored:
                self._held[number] = stored[number]
            else:
                del self._held[number]


def _rows(model: str) -> "QuerySet[Embedding, tuple[int, bytes | memoryview[int]]]":
    return Embedding.objects.filter(model=model).values_list("wording_id", "vector")


def _stored(model: str) -> dict[int, tuple[int, int]]:
    """For each block of ids how many vectors there are and a sum that tells which: read from the
    index alone, so a million rows cost a fraction of a second and no vector is touched."""
    pk = Cast(F("wording_id"), BigIntegerField())
    blocks = Embedding.objects.filter(model=model).order_by().annotate(block=pk / BLOCK_SIZE)
    sums = blocks.values("block").annotate(
        n=Count("*"), which=Sum((pk % BLOCK_SIZE) * (pk % BLOCK_SIZE))
    )
    return {row["block"]: (row["n"], row["which"]) for row in sums}


_lock = threading.Lock()
_memory: list[_Memory] = []  # at most one
_asked: dict[tuple[str, bytes], list[Sequence[float]]] = {}  # at most one: the last text


def _vectors(text: str) -> tuple[str, list[Sequence[float]]] | None:
    """The model's name and the vectors of a text that looks for others, its own and those of its
    parts; None when there are none now. Only the last are kept, so no text that was purged stays
    behind."""
    model = embeddings.available_embedder() if text.strip() else None
    if model is None:
        return None
    key = (model.name, hashlib.sha256(text.encode("utf-8", "ignore")).digest())
    try:
        found = _asked.get(key) or model.queries([text, *split_segments(text)])
    except EmbedderError as error:
        embeddings.record_failure(error)
        return None
    _asked.clear()
    _asked[key] = found
    return model.name, found


def _fresh(model: str, dimension: int) -> VectorIndex:
    if not _memory or (_memory[0].model, _memory[0].matrix.dimension) != (model, dimension):
        _memory[:] = [_Memory(model, dimension)]
    _memory[0].refresh()
    return _memory[0].matrix


def neighbours(text: str, limit: int) -> list[tuple[int, float]]:
    """Wordings nearest in meaning: (wording id, likeness), nearest first; [] when the arm is off or
    fails. Only for work in the background: it may wait for a service, and holds all vectors."""
    with _lock:
        asked = _vectors(text)
        if asked is None:
            return []
        name, found = asked
        return _fresh(name, len(found[0])).nearest(found, limit)


def cosines(text: str, wording_ids: Iterable[int]) -> dict[int, float]:
    """How like in meaning a text is to each of these wordings that has a vector (``likeness``);
    {} when off. Reads the rows of these alone."""
    with _lock:
        asked = _vectors(text)
    if asked is None:
        return {}
    name, found = asked
    rows = _rows(name).filter(wording_id__in=list(wording_ids))
    sound = ((pk, bytes(data)) for pk, data in rows if len(data) == len(found[0]))
    return {pk: message_similarity(found, dequantise(data)) for pk, data in sound}
