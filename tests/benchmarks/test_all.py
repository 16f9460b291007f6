import argparse
import json
from pathlib import Path

import pytest

from benchmarks import all as everything


def test_pairs_are_decided_by_ours_and_by_the_peers_rules(tmp_path: Path) -> None:
    output = tmp_path / "pairs.json"
    everything.STEPS["pairs"](argparse.Namespace(), output)
    found = json.loads(output.read_text())
    assert found["linked_wrong"] == 0
    assert found["n_same"] >= 14
    assert len(found["rules"]) == 3
    for rule in found["rules"].values():
        assert (rule["n_same"], rule["n_different"]) == (found["n_same"], found["n_different"])
        assert rule["linked_wrong"] > 0  # what the slots are for


def test_an_unknown_step_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["all", "--data", str(tmp_path), "--only", "speed"])
    with pytest.raises(SystemExit):
        everything.main()
    assert "unknown steps: speed" in capsys.readouterr().err


def test_a_package_that_is_missing_is_named_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["all", "--data", str(tmp_path)])
    monkeypatch.setattr(everything, "find_spec", lambda name: None if name == "tantivy" else True)
    with pytest.raises(SystemExit):
        everything.main()
    assert "tantivy; pip install -r requirements/bench.txt" in capsys.readouterr().err
