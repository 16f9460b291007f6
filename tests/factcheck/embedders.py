"""A fake embedder with a fixed table of meanings: words on one line mean the same."""

from collections.abc import Sequence

import pytest

from factcheck.domain.index import embeddings, semantic_search
from matching.semantic.embedder import EmbedderError, TextRejectedError

MEANINGS = [
    {"nghỉ", "học", "nhà", "ở", "đến", "lớp", "không", "phải"},
    {"bão", "lũ", "gió", "mưa", "thời", "tiết"},
    {"tiền", "học phí", "đóng", "thu", "khoản"},
    {"thuốc", "chữa", "bệnh", "uống", "khỏi"},
    {"chó", "mèo", "rắn"},
]


class FakeEmbedder:
    name = "fake"
    dimension = len(MEANINGS) + 1

    def __init__(self) -> None:
        self.asked: list[str] = []  # every text it has seen
        self.down = False
        self.refuses = ""

    def queries(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return self._vectors(texts)

    def passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> list[Sequence[float]]:
        if self.down:
            raise EmbedderError("The embeddings service at fake.example: it cannot be reached.")
        if self.refuses and any(self.refuses in text for text in texts):
            raise TextRejectedError(
                "The embeddings service at fake.example: it refused the request."
            )
        self.asked += texts
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        words = text.lower().split()
        counts = [sum(word in line for word in words) for line in MEANINGS]
        return [*map(float, counts), 0.1 + 0.01 * (len(text) % 7)]


def clear_caches() -> None:
    """Clear what a process caches between calls: one test must not see another's."""
    embeddings.circuit.close()
    embeddings._swept.clear()
    embeddings.build_embedder.cache_clear()
    semantic_search._loaded_vectors.clear()
    semantic_search._last_query.clear()


def embed_waiting(limit: int = 10) -> list[int]:
    """Compute vectors of about ``limit`` wordings that have none; return the ids done. A failure
    is recorded, what is stored stays."""
    done: list[int] = []
    model = embeddings.available_embedder()
    if model is None:
        return done
    try:
        for batch in embeddings.embed_in_batches(model):
            done += batch
            if len(done) >= limit:
                break
    except EmbedderError as error:
        embeddings.record_failure(error)
    return done


@pytest.fixture
def fake(settings: object, monkeypatch: pytest.MonkeyPatch) -> FakeEmbedder:
    """Matching by meaning switched on, with the fake."""
    model = FakeEmbedder()
    settings.EMBEDDER = "bundled"
    monkeypatch.setattr(embeddings, "embedder", lambda threads=1: model)
    return model
