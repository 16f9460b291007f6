import json
from pathlib import Path

from benchmarks import report, report_learning_curve, report_scale

SCORES = {"map5": 0.75, "map5_in_pool": 0.8, "mrr": 0.8, "recall50": 0.9, "n": 40, "ceiling": 0.95}
TIMES = {"p50_ms": 1.0, "p95_ms": 2.5}
ACCURACY = {"clef2a": SCORES | TIMES, "other": SCORES | TIMES}
PEERS = {
    "clef2a": {
        "tantivy": SCORES | TIMES | {"map5": 0.728},
        "check": SCORES | TIMES | {"map5": 0.006},
        "rapidfuzz": SCORES | TIMES | {"n": 10},
    }
}
PAIRS = {
    "n_same": 14,
    "n_different": 16,
    "linked_wrong": 0,
    "linked_same": 6,
    "suggested_same": 14,
    "suggested_different": 16,
}
KINDS = ("messages", "unrelated", "english", "english_unrelated")
TALLY = {"n": 40, "right": 28, "first": 20, "some": 30, "suggestions": 50}
MS = {"p50": 1.0, "p95": 4.0, "max": 9.0, "pace": 1.25}
SCALE = {
    "figures": [
        {
            "database": "sqlite",
            "claims": size,
            "first_ms": MS,
            "candidates_ms": MS | {"p95": size / 10_000},
            "decided_ms": MS,
            "published_ms": MS,
            "add_ms": MS,
            "index_s": 10.0,
            "blocks_mb": 5.0,
            "wordings_mb": 6.0,
            "rss_mb": 90,
            "peer": {"peer": "FTS5", "index_s": 1.0, "late": 3, **MS},
        }
        for size in (10_000, 100_000)
    ]
}


def write(folder: Path) -> list[str]:
    files = {
        "accuracy": ACCURACY,
        "peers": PEERS,
        "pairs": PAIRS | {"rules": {"Check": PAIRS | {"linked_wrong": 12}}},
        "scale": SCALE,
        "meaning": {"clef2a": SCORES | TIMES | {"map5": 0.9}},
        "curve": {"clef2a": {"0.0": SCORES | {"map5": 0.61}, "1.0": SCORES | {"map5": 0.84}}},
        "suggestions": {"words, from 0.07": dict.fromkeys(KINDS, TALLY)},
    }
    fit = {"model": "lexical", "pool": "clef2a", "map5": 0.7, "mrr": 0.7, "recall50": 0.8, "n": 40}
    (folder / "fit.json").write_text(json.dumps(fit) + '\n{\n  "bias": -1\n}\n')
    arguments = ["--fit", str(folder / "fit.json")]
    for name, content in files.items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(content))
        arguments += [f"--{name}", str(path)]
    return arguments


def test_the_page_gets_every_table_and_plot(tmp_path: Path) -> None:
    out = tmp_path / "out"
    report.main([*write(tmp_path), "--out", str(out)])
    page = (out / "matching.md").read_text()
    assert "| words, from 0.07 | 28 of 40 | 20 | 75.0% | 1.25 | 28 of 40 | 75.0% |" in page
    assert "| **ours, words** | 0.750 | 0.800 | 0.800 | 0.900 | 40 | 1.0 | 2.5 |" in page
    assert "| the same, cross-validated | 0.700 | – | 0.700 | 0.800 | 40 | – | – |" in page
    assert "| ours, words and meaning (it was trained on these) | 0.900 |" in page
    assert "| BM25, English stems (tantivy) | 0.728 |" in page
    assert "| Check: 70 % of the words, BM25 | 0.006 | 0.800 | 0.800 | 0.900 | 40 | – | – |" in page
    assert "| 10 of 40 |" in page
    assert "40 messages. Perfect answers would get MAP@5 0.950: some right" in page
    assert "To reach: 0.74 by words, 0.82 with meaning; goal 0.90." in page
    assert "| **ours** | 0 of 16 | 6 of 14 | 14 of 14 | 16 of 16 |" in page
    assert "| Check | 12 of 16 |" in page
    assert "SQLite 10.0 × from 10,000 to 100,000." in page
    assert "| 10 | 5 | 6 | 90 | 1.25 |" in page
    assert "| FTS5 on SQLite | 100,000 | 1.0 / 4.0 | 3 | 1.0 / 10.0 | 1 | 10 |" in page
    plots = {path.name for path in out.glob("*.svg")}
    names = ("map5", "recall50", "curve", "scale")
    assert plots == {f"matching-{name}.svg" for name in names}
    assert all(f"]({name})" in page for name in plots)
    curve = (out / "matching-curve.svg").read_text()
    assert all(f">{shown}<" in curve for shown in ("0%", "0.610", "100%", "0.840"))


def test_text_around_the_marks_stays(tmp_path: Path) -> None:
    page = tmp_path / "matching.md"
    page.write_text(
        f"# Matching\n\nAbove.\n\n{report.BEGIN}\nformer figures\n{report.END}\n\nBelow.\n"
    )
    arguments = [*write(tmp_path), "--out", str(tmp_path)]
    report.main(arguments)
    first = page.read_text()
    assert first.startswith("# Matching\n\nAbove.\n\n<!-- measured: begin")
    assert first.endswith("<!-- measured: end -->\n\nBelow.\n")
    assert "former figures" not in first
    report.main(arguments)
    assert page.read_text() == first


def test_sections_without_measurements_are_left_out() -> None:
    assert report_learning_curve.section({}) == ""
    assert report_learning_curve.plots({}, {"clef2a": 0.82}) == {}
    assert report_scale.section({}) == ""
    assert report_scale.plots({}) == {}
