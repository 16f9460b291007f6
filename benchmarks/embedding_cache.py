"""Cache of vectors between measurements, so that each text is embedded once on a machine."""

import hashlib
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from matching.semantic.embedder import MAX_CHARACTERS, Embedder

_AT_ONCE = 500  # keys in one statement
Vector = Sequence[float]


def text_key(text: str) -> bytes:
    """Return the key of a text: 16 bytes of SHA-256 over what the embedder reads of it."""
    read = text[:MAX_CHARACTERS].replace("\0", " ")
    return hashlib.sha256(read.encode("utf-8", "replace")).digest()[:16]


class VectorStore:
    """The vectors of one model in a file; several processes may use it at once."""

    def __init__(self, folder: Path, model: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(folder / f"{model}.sqlite3", timeout=60)
        with self._file:
            self._file.execute(
                "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, vector BLOB)"
            )

    def read(self, keys: Sequence[bytes]) -> dict[bytes, Vector]:
        """Return the stored vectors among these keys."""
        vectors: dict[bytes, Vector] = {}
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            rows = self._file.execute(
                f"SELECT key, vector FROM kept WHERE key IN ({marks})",  # noqa: S608 only marks
                part,
            )
            vectors |= {name: array("f", data) for name, data in rows}
        return vectors

    def write(self, vectors: Iterable[tuple[bytes, Vector]]) -> None:
        """Store vectors under their keys."""
        rows = ((name, array("f", vector).tobytes()) for name, vector in vectors)
        with self._file:
            self._file.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)


class CachedEmbedder:
    """An embedder that computes only what is not stored; ``build`` builds the real one, which must
    embed queries and passages alike."""

    def __init__(self, name: str, dimension: int, build: Callable[[], Embedder], folder: Path):
        self.name, self.dimension = name, dimension
        self._build, self._store = build, VectorStore(folder, name)
        self.computed = 0

    @cached_property
    def _embedder(self) -> Embedder:
        return self._build()

    def queries(self, texts: Sequence[str]) -> list[Vector]:
        keys = [text_key(text) for text in texts]
        vectors = self._store.read(keys)
        missing = {
            name: text for name, text in zip(keys, texts, strict=True) if name not in vectors
        }
        if missing:
            computed = self._embedder.queries(list(missing.values()))
            new = dict(zip(missing, computed, strict=True))
            self._store.write(new.items())
            self.computed += len(new)
            vectors |= new
        return [vectors[name] for name in keys]

    passages = queries
