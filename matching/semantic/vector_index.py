"""Vectors of one byte a number, kept in memory and compared with one vector exactly: no approximate
index to build, to tune or to forget a deleted text.

Needs numpy, which comes with the extra ``semantic``; importing this module does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

BLOCK_SIZE = 4_096  # ids in a block; what one comparison unpacks at a time: 6 MB at 384 dimensions


@cache
def _numpy() -> Any:
    return import_module("numpy")


@dataclass(frozen=True, slots=True)
class _Block:
    ids: Any  # int64, ascending
    rows: Any  # int8, one row an id
    lengths: Any  # float32, of the rows as they are


class VectorIndex:
    """Rows (id, ``embedder.quantise`` bytes) in blocks: block n holds the ids from n · BLOCK.

    A block is only ever replaced whole. 1 million rows of 384 numbers take 384 MB and 12 MB for
    ids and lengths; a search unpacks one block at a time.
    """

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._blocks: dict[int, _Block] = {}

    def __len__(self) -> int:
        return sum(len(block.ids) for block in self._blocks.values())

    def replace_block(self, number: int, rows: Iterable[tuple[int, bytes]]) -> None:
        """Make these the rows of a block, none of the former ones stays; those of another
        dimension are left out. No rows: the block is gone."""
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

    def nearest(self, asked: Sequence[Sequence[float]], limit: int) -> list[tuple[int, float]]:
        """Return the ``limit`` rows nearest to a message, given as its vector and those of its
        segments, with their ``embedder.message_similarity``, highest first; of equals the higher
        id. Linear in the number of rows: about 0.4 s a million."""
        np, wanted = _numpy(), self._units(asked)
        if wanted is None or limit <= 0:
            return []
        found: list[tuple[float, int]] = []
        for block in self._blocks.values():
            each = block.rows.astype(np.float32) @ wanted
            cosines = (each[:, 0] + each.max(axis=1)) / (2 * block.lengths)
            top = range(len(cosines))
            if len(cosines) > limit:
                top = np.argpartition(cosines, -limit)[-limit:]
            found += [(float(cosines[at]), int(block.ids[at])) for at in top]
            found = sorted(found, reverse=True)[:limit]
        return [(pk, cosine) for cosine, pk in found]

    def _units(self, asked: Sequence[Sequence[float]]) -> Any:
        """The vectors as columns of length 1; None when they cannot be compared with these rows."""
        np = _numpy()
        if not asked or any(len(vector) != self.dimension for vector in asked):
            return None
        wanted = np.asarray(asked, dtype=np.float32).T
        lengths = np.linalg.norm(wanted, axis=0)
        return wanted / lengths if lengths.all() else None
