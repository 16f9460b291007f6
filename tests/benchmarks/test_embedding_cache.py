from collections.abc import Sequence
from pathlib import Path

from benchmarks.embedding_cache import CachedEmbedder, text_key


class Counting:
    """An embedder that records its calls."""

    name, dimension = "counting", 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def queries(self, texts: Sequence[str]) -> list[Sequence[float]]:
        self.asked += texts
        return [[1.0, len(text)] for text in texts]

    passages = queries


def test_each_text_is_embedded_once(tmp_path: Path) -> None:
    model = Counting()
    for _run in range(2):
        cached = CachedEmbedder("counting", 2, lambda: model, tmp_path)
        assert [list(v) for v in cached.passages(["a", "bb", "a"])] == [[1, 1], [1, 2], [1, 1]]
        assert [list(v) for v in cached.queries(["a"])] == [[1, 1]]
    assert model.asked == ["a", "bb"]


def test_embedder_is_not_built_if_all_is_cached(tmp_path: Path) -> None:
    CachedEmbedder("counting", 2, Counting, tmp_path).queries(["a"])
    never = Counting()
    cached = CachedEmbedder("counting", 2, lambda: never, tmp_path)
    assert [list(v) for v in cached.queries(["a"])] == [[1, 1]]
    assert cached.computed == 0
    assert never.asked == []


def test_key_reads_what_the_model_reads() -> None:
    assert text_key("a\0b") == text_key("a b")
    assert text_key("x" * 1000) == text_key("x" * 2000)
    assert text_key("a") != text_key("b")
    assert len(text_key("\ud800")) == 16
