"""Vectors kept between measurements, so that each text is embedded once on a machine."""

import hashlib
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from matching.semantic.embedder import MAX_CHARACTERS, Embedder

_AT_ONCE = 500  # keys in one statement
Vector = Sequence[float]


def key(text: str) -> bytes:
    """What a vector is kept under: 16 bytes of SHA-256 over what of the text is read."""
    read = text[:MAX_CHARACTERS].replace("\0", " ")
    return hashlib.sha256(read.encode("utf-8", "replace")).digest()[:16]


class Kept:
    """The vectors of one model in a file; several processes may use it at once."""

    def __init__(self, folder: Path, model: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(folder / f"{model}.sqlite3", timeout=60)
        with self._file:
            self._file.execute(
                "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, vector BLOB)"
            )

    def read(self, keys: Sequence[bytes]) -> dict[bytes, Vector]:
        """Those of the vectors that are there."""
        found: dict[bytes, Vector] = {}
        for at in range(0, len(keys), _AT_ONCE):
            part = keys[at : at + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            rows = self._file.execute(
                f"SELECT key, vector FROM kept WHERE key IN ({marks})",  # noqa: S608 only marks
                part,
            )
            found |= {name: array("f", data) for name, data in rows}
        return found

    def write(self, vectors: Iterable[tuple[bytes, Vector]]) -> None:
        """Keep them for the next time."""
        rows = ((name, array("f", vector).tobytes()) for name, vector in vectors)
        with self._file:
            self._file.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)


class Cached:
    """An embedder that computes only what was not kept; ``made`` makes the real one, to which all
    texts are of one kind."""

    def __init__(self, name: str, dimension: int, made: Callable[[], Embedder], folder: Path):
        self.name, self.dimension = name, dimension
        self._made, self._kept = made, Kept(folder, name)
        self.computed = 0

    @cached_property
    def _embedder(self) -> Embedder:
        return self._made()

    def queries(self, texts: Sequence[str]) -> list[Vector]:
        keys = [key(text) for text in texts]
        found = self._kept.read(keys)
        missing = {name: text for name, text in zip(keys, texts, strict=True) if name not in found}
        if missing:
            computed = self._embedder.queries(list(missing.values()))
            new = dict(zip(missing, computed, strict=True))
            self._kept.write(new.items())
            self.computed += len(new)
            found |= new
        return [found[name] for name in keys]

    passages = queries
