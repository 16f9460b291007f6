import json

import pytest

from benchmarks.forward_decorations import CLAIMS, FILE, decorated, main, outcomes, totals


@pytest.mark.parametrize("half", ["first", "second"])
def test_nine_of_ten_forwards_are_linked_and_nothing_else(half):
    counts = totals(outcomes(half, CLAIMS[1:3]))
    assert counts["forwards_linked"] >= 0.9 * counts["forwards"]
    assert counts["wrong_links"] == 0
    assert (counts["forwards"], counts["kept"]) == (120, 80)


def test_each_half_has_its_own_decorations():
    data = json.loads(FILE.read_text(encoding="utf-8"))
    assert (len(data["forward"]), len(data["kept"])) == (120, 40)
    texts = [(d["before"], d["after"], d.get("form")) for d in data["forward"] + data["kept"]]
    assert len(set(texts)) == len(texts)


def test_form_of_a_decoration_changes_how_the_claim_is_typed():
    frame = {"before": "", "after": ""}
    assert decorated(frame | {"form": "upper"}, "Nghỉ học") == "NGHỈ HỌC"
    assert decorated(frame | {"form": "lines"}, "Nghỉ học") == "Nghỉ\nhọc"
    assert decorated(frame | {"form": "lines_bullets"}, "Nghỉ\nhọc") == "- Nghỉ\n- học"


def test_totals_are_printed(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["forward_decorations", "--half", "first", "--json"])
    monkeypatch.setattr("benchmarks.forward_decorations.outcomes", lambda half: [])
    main()
    assert json.loads(capsys.readouterr().out)["half"] == "first"
