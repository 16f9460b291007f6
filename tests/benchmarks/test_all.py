import argparse
import json
from pathlib import Path

import pytest

from benchmarks import all as everything


def test_pairs_are_decided_by_the_product_and_by_the_peers_rules(tmp_path: Path) -> None:
    output = tmp_path / "pairs.json"
    everything.STEPS["pairs"](argparse.Namespace(), output)
    results = json.loads(output.read_text())
    assert results["linked_wrong"] == 0
    assert results["n_same"] >= 14
    assert len(results["rules"]) == 3
    for rule in results["rules"].values():
        assert (rule["n_same"], rule["n_different"]) == (results["n_same"], results["n_different"])
        assert rule["linked_wrong"] > 0  # what the slots are for


def test_error_names_an_unknown_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["all", "--data", str(tmp_path), "--only", "speed"])
    with pytest.raises(SystemExit):
        everything.main()
    assert "unknown steps: speed" in capsys.readouterr().err


def test_error_names_a_missing_package_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["all", "--data", str(tmp_path)])
    monkeypatch.setattr(everything, "find_spec", lambda name: None if name == "tantivy" else True)
    with pytest.raises(SystemExit):
        everything.main()
    assert "tantivy; pip install -r requirements/bench.txt" in capsys.readouterr().err
