import json
from pathlib import Path

import pytest

from benchmarks import labelled_pairs

FOLDER = Path(__file__).parent.parent / "matching" / "labelled"


@pytest.mark.parametrize("name", ["pairs_first"])
def test_labelled_pairs_keep_their_figures(name):
    pairs = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    counts = labelled_pairs.totals([labelled_pairs.judge(pair) for pair in pairs])
    assert counts["wrong_links"] == 0
    assert counts["suggested"] >= 0.97 * counts["same"]
    assert counts["forwards_linked"] >= 0.9 * counts["forwards"]
    assert counts["reasons_named"] >= 0.95 * counts["with_reason"]


def test_a_failure_is_named(capsys, monkeypatch, tmp_path):
    pairs = [
        {"id": "1", "kind": "K6", "a": "37 em trường Nậm Rốm nghỉ học", "same": False,
         "b": "73 em trường Nậm Rốm nghỉ học", "differs": [["37", "73"]]},
        {"id": "2", "kind": "K6", "a": "37 em trường Nậm Rốm nghỉ học", "same": False,
         "b": "37 em trường Nậm Rốm nghỉ học!", "differs": [["37", "73"]]},
        {"id": "3", "kind": "forward", "a": "37 em trường Nậm Rốm nghỉ học", "same": True,
         "b": "Trường Hoa Mai bán trú", "differs": []},
    ]  # fmt: skip
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps(pairs), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["labelled_pairs", "--pairs", str(path), "--failures"])
    labelled_pairs.main()
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "| pairs | 1 of 2 | 0 of 1 | 0 of 1 | 1 of 2 |"
    assert shown[1:] == ["wrong link: 2 link/link", "not suggested: 3 new/new"]
    monkeypatch.setattr("sys.argv", ["labelled_pairs", "--pairs", str(path), "--json"])
    labelled_pairs.main()
    assert json.loads(capsys.readouterr().out)["forwards"] == 1
