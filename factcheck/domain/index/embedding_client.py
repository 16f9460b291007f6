"""Client of a service with OpenAI's embeddings API, on this network or elsewhere.

It sends the wordings of reports and claims, nothing about who reported (see docs/production.md).
Called by workers only, with every wait bounded.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

import httpx

from matching.semantic.embedder import EmbedderError, TextRejectedError, truncate

BATCH = 32  # texts in a request
_MAX_BYTES = 16 * 1024 * 1024  # of a response: 32 vectors of 4,096 numbers are 3 MB
_TIMEOUT = httpx.Timeout(10.0, connect=3.0)  # seconds per phase (connect, read, write)
_TEXTS = (400, 413, 422, 500)  # how services refuse a text
_REASONS = {
    400: "it refused the request, perhaps for the model's name (EMBEDDER_MODEL)",
    401: "it refused the key (EMBEDDER_KEY)",
    403: "it refused the key (EMBEDDER_KEY)",
    404: "there is no /embeddings below that address (EMBEDDER), or no such model (EMBEDDER_MODEL)",
    429: "too many requests for now",
}


@dataclass(frozen=True)
class Endpoint:
    """``base`` is the part before ``/embeddings``. Prefixes are what the model was trained to see
    before a query and before a passage; most models need none."""

    base: str
    model: str
    key: str = ""
    query_prefix: str = ""
    passage_prefix: str = ""

    def __post_init__(self) -> None:
        """Raise EmbedderError for what is no web address."""
        if _host(self.base) is None:
            raise EmbedderError(
                "EMBEDDER must be off, bundled, or an address that begins with http:// or https://."
            )

    @property
    def name(self) -> str:
        """The model, and a digest of all that decides what its vectors are; never the key."""
        parts = (self.base, self.model, self.query_prefix, self.passage_prefix)
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
        return f"{self.model[:67]}@{digest}"

    @property
    def dimension(self) -> int:
        return 0  # the service decides; known from the first vector

    def queries(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return self._vectors([self.query_prefix + truncate(text) for text in texts])

    def passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return self._vectors([self.passage_prefix + truncate(text) for text in texts])

    def _vectors(self, texts: list[str]) -> list[Sequence[float]]:
        if not texts:
            return []
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        vectors: list[Sequence[float]] = []
        with httpx.Client(timeout=_TIMEOUT, headers=headers) as client:
            for start in range(0, len(texts), BATCH):
                vectors += self._request(client, texts[start : start + BATCH])
        return vectors

    def _request(self, client: httpx.Client, texts: list[str]) -> list[Sequence[float]]:
        body = {"model": self.model, "input": texts, "encoding_format": "float"}
        url = self.base.rstrip("/") + "/embeddings"
        try:
            with client.stream("POST", url, json=body) as response:
                if response.status_code != httpx.codes.OK:
                    raise self._refused(response.status_code)
                data = b"".join(_limited(response))
            return _read(httpx.Response(httpx.codes.OK, content=data).json(), len(texts))
        except httpx.TimeoutException:
            raise self._failed("it did not answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise self._failed("it cannot be reached") from None
        except (ValueError, KeyError, TypeError, OverflowError):
            raise self._failed(
                "its answer is not one vector for each text", TextRejectedError
            ) from None

    def _refused(self, status: int) -> EmbedderError:
        why = _REASONS.get(status, f"it answered with error {status}")
        return self._failed(why, TextRejectedError if status in _TEXTS else EmbedderError)

    def _failed(self, why: str, kind: type[EmbedderError] = EmbedderError) -> EmbedderError:
        return kind(f"The embeddings service at {_host(self.base)}: {why}.")


def _host(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        return parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None


def _limited(response: httpx.Response) -> Iterator[bytes]:
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > _MAX_BYTES:
            raise ValueError
        yield chunk


def _read(answer: Any, wanted: int) -> list[Sequence[float]]:
    """The vectors in the order of the texts; ValueError, KeyError or TypeError when they are not
    so many, not of one length, or no numbers."""
    rows = sorted(answer["data"], key=lambda row: row["index"])
    vectors = [[float(number) for number in row["embedding"]] for row in rows]
    sound = all(any(vector) and all(map(isfinite, vector)) for vector in vectors)
    indexes = [row["index"] for row in rows]
    if indexes != list(range(wanted)) or len({len(v) for v in vectors}) != 1 or not sound:
        raise ValueError
    return list(vectors)
