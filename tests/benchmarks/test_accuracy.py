import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import accuracy
from benchmarks.datasets import InvalidFileError
from tests.benchmarks.files import write_lines
from tests.services.program import ROOT, environment

CLAIMS = [
    {"id": "viweb:1", "text": "Bộ Y tế khuyên uống nước chanh nóng chữa ung thư", "lang": "vi"},
    {"id": "viweb:2", "text": "Nước máy thành phố Hoa Mai nhiễm độc thạch tín", "lang": "vi"},
    {"id": "vfnd:3", "text": "Học sinh cả nước nghỉ học từ ngày mai vì bão", "lang": "vi"},
    {
        "id": "hpv:1",
        "text": "Vaccine makes girls infertile",
        "title": "Does the HPV vaccine make girls infertile?",
        "lang": "en",
        "also": ["hpv:7"],
    },
    {"id": "hpv:2", "text": "", "lang": "en"},
    {"id": "hpv:3", "text": "Half of a letter \ud83d and a NUL \0 in it"},
]
QUERIES = [
    {"text": "nuoc may hoa mai nhiem doc thach tin", "relevant": ["viweb:2"], "pool": "viweb"},
    {"text": "Nghe nói mai học sinh nghỉ học vì bão", "relevant": ["vfnd:3"], "pool": "viweb"},
    {"text": "", "relevant": ["viweb:1"], "pool": "viweb"},
    {"text": "HPV vaccine: girls become infertile!", "relevant": ["hpv:7", "lost"], "pool": "hpv"},
    {"text": "girls infertile after the \ud83d vaccine", "relevant": ["hpv:1"]},
    {"text": "not to be counted", "relevant": [], "pool": "hpv"},
]
DISTRACTORS = [{"id": "s:1", "text": "Trời hôm nay đẹp quá"}]


def run(temporary: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.accuracy", *map(str, arguments)]
    # Its own temporary folder, to check that nothing is left in it.
    variables = environment({"TMPDIR": str(temporary)})
    temporary.mkdir()
    return subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=120
    )


def test_one_json_object_per_pool_on_stdout(tmp_path: Path) -> None:
    done = run(
        tmp_path / "tmp",
        *("--claims", write_lines(tmp_path / "claims.jsonl.gz", CLAIMS)),
        *("--queries", write_lines(tmp_path / "queries.jsonl", QUERIES)),
        *("--distractors", write_lines(tmp_path / "social.jsonl.gz", DISTRACTORS)),
        *("--json", "--found", tmp_path / "found"),
    )
    assert done.returncode == 0, done.stderr
    scores = json.loads(done.stdout)
    assert list(scores) == ["viweb", "hpv", "all"]
    for pool in scores.values():
        assert list(pool) == ["map5", "mrr", "recall50", "n", "p50_ms", "p95_ms"]
    assert [pool["n"] for pool in scores.values()] == [3, 1, 1]
    assert [pool["map5"] for pool in scores.values()] == [0.6667, 0.5, 1]
    assert [pool["recall50"] for pool in scores.values()] == [0.6667, 1, 1]
    assert "hpv: 1 queries without a right answer left out" in done.stderr
    assert "hpv: 1 right answers are not among its claims" in done.stderr
    rows = (tmp_path / "found" / "hpv.jsonl").read_text().splitlines()
    assert json.loads(rows[0])["found"][0] == "hpv:1"
    assert list((tmp_path / "tmp").iterdir()) == []


def test_sigterm_leaves_no_files_behind(tmp_path: Path) -> None:
    claims = write_lines(tmp_path / "claims.jsonl", CLAIMS)
    queries = write_lines(tmp_path / "queries.jsonl", QUERIES)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "benchmarks.accuracy", "--claims", str(claims)]
    with subprocess.Popen(
        [*command, "--queries", str(queries)],
        cwd=ROOT,
        env=environment({"TMPDIR": str(temporary)}),
        stderr=subprocess.PIPE,
    ) as process:
        deadline = time.monotonic() + 60
        while not list(temporary.glob("kt-bench-*/db.sqlite3")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.terminate()
        process.communicate(timeout=60)
    assert process.returncode == 143
    assert list(temporary.glob("kt-*")) == []


def test_a_bad_line_exits_with_one_clear_sentence(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a", "text": "b"}\n{"id": ')
    done = run(tmp_path / "tmp", "--claims", bad, "--queries", bad, "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"accuracy: {bad}, line 2: not JSON")
    assert done.stderr.count("\n") == 1


def test_no_query_with_an_answer_is_an_error(tmp_path: Path) -> None:
    claims = write_lines(tmp_path / "claims.jsonl", CLAIMS)
    queries = write_lines(tmp_path / "queries.jsonl", QUERIES)
    options = accuracy.parse_options(
        ["--claims", str(claims), "--queries", str(queries), "--pools", "nowhere"]
    )
    with pytest.raises(InvalidFileError, match="no query with a right answer"):
        accuracy.read_jobs(options)
