"""Vector index: quantised vectors in memory, searched exactly. No approximate index to build, to
tune or to purge of a deleted text.

Needs numpy, which comes with the extra ``semantic``; importing this module does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

BLOCK_SIZE = 4_096  # ids; a search unpacks one block at a time: 6 MB at 384 dimensions


@cache
def _numpy() -> Any:
    return import_module("numpy")


@dataclass(frozen=True, slots=True)
class _Block:
    ids: Any  # int64, ascending
    rows: Any  # int8, one row an id
    lengths: Any  # float32, Euclidean lengths of the rows


class VectorIndex:
    """Rows (id, ``embedder.quantise`` bytes) in blocks: block n contains the ids from
    n · BLOCK_SIZE.

    A block is always replaced whole. 1 million rows of 384 numbers take 384 MB and 12 MB for
    ids and lengths; a search unpacks one block at a time.
    """

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._blocks: dict[int, _Block] = {}

    def __len__(self) -> int:
        return sum(len(block.ids) for block in self._blocks.values())

    def replace_block(self, number: int, rows: Iterable[tuple[int, bytes]]) -> None:
        """Replace all rows of a block; rows of another dimension are left out. Without rows the
        block is removed."""
        kept = sorted((pk, data) for pk, data in rows if len(data) == self.dimension)
        self._blocks.pop(number, None)
        if not kept:
            return
        np = _numpy()
        packed = np.frombuffer(b"".join(data for _pk, data in kept), dtype=np.int8)
        packed = packed.reshape(len(kept), self.dimension)
        lengths = np.sqrt(np.square(packed, dtype=np.float32).sum(axis=1))
        ids = np.array([pk for pk, _data in kept], dtype=np.int64)
        self._blocks[number] = _Block(ids, packed, lengths)

    def nearest(self, message: Sequence[Sequence[float]], limit: int) -> list[tuple[int, float]]:
        """Return the ``limit`` rows nearest to a message, given as its vector and those of its
        segments, with their ``embedder.message_similarity``, highest first; of equals the higher
        id. Linear in the number of rows: about 0.4 s a million."""
        np, units = _numpy(), self._unit_columns(message)
        if units is None or limit <= 0:
            return []
        best: list[tuple[float, int]] = []
        for block in self._blocks.values():
            each = block.rows.astype(np.float32) @ units
            cosines = (each[:, 0] + each.max(axis=1)) / (2 * block.lengths)
            top = range(len(cosines))
            if len(cosines) > limit:
                top = np.argpartition(cosines, -limit)[-limit:]
            best += [(float(cosines[row]), int(block.ids[row])) for row in top]
            best = sorted(best, reverse=True)[:limit]
        return [(pk, cosine) for cosine, pk in best]

    def _unit_columns(self, message: Sequence[Sequence[float]]) -> Any:
        """Return the vectors as unit columns; None if they cannot be compared with the rows."""
        np = _numpy()
        if not message or any(len(vector) != self.dimension for vector in message):
            return None
        columns = np.asarray(message, dtype=np.float32).T
        lengths = np.linalg.norm(columns, axis=0)
        return columns / lengths if lengths.all() else None
