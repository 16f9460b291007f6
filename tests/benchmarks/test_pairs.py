import json
import sys

import pytest

from benchmarks import pairs

TWO = [
    {"id": "S1", "label": "same", "a": "Xã An Bình mất điện từ 5/6 đến 7/6 vì bão", "why": ""},
    {"id": "D1", "label": "different", "a": "Xã An Bình mất điện từ 5/6 đến 7/6 vì bão", "why": ""},
]
TWO[0]["b"] = "XÃ AN BÌNH MẤT ĐIỆN từ 05/06 đến 07/06 vì bão!!!"
TWO[1]["b"] = "Xã An Bình mất điện từ 5/6 đến 8/6 vì bão"


@pytest.fixture
def two(tmp_path):
    path = tmp_path / "two.json"
    path.write_text(json.dumps(TWO), encoding="utf-8")
    return path


def test_json_contains_every_decision_and_the_counts(two, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["pairs", "--pairs", str(two), "--pairs", str(two), "--json"])
    pairs.main()
    printed = json.loads(capsys.readouterr().out)
    assert [row["decision"] for row in printed["pairs"]] == ["link", "suggest"] * 2
    assert printed["pairs"][1]["conflicts"] == ["dates"]
    counts = {k: printed[k] for k in ("linked_wrong", "suggested_same", "n_same", "n_different")}
    assert counts == {"linked_wrong": 0, "suggested_same": 2, "n_same": 2, "n_different": 2}


def test_table_measures_the_peers_in_the_same_run(two, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["pairs", "--pairs", str(two)])
    pairs.main()
    rows = capsys.readouterr().out.splitlines()
    assert rows[2].startswith("| ours | 0 of 1 | 1 of 1 | 1 of 1 |")
    assert len(rows) == 3 + len(pairs.PEERS)


def test_peers_on_texts_without_words_find_nothing():
    assert pairs.word_overlap("", "a") == 0
    assert pairs.bigram_dice("", "") == 0
    assert pairs.bigram_dice("bão số 3", "bão số 3") == 1
