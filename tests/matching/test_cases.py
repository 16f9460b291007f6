"""Cases that once were read wrongly: ``cases.json``, kinds K1 to K6."""

import json
from pathlib import Path

import pytest

from matching.details.slot_extraction import extract_slots
from matching.scoring.policy import Action, decide
from matching.scoring.ranking import Candidate, Query, rank

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))


def _cases(kind, pair=True):
    rows = [row for row in CASES if row["kind"].startswith(kind) and bool(row["b"]) is pair]
    return [pytest.param(row, id=row["id"]) for row in rows]


def _ranked(row, turned):
    a, b = (row["b"], row["a"]) if turned else (row["a"], row["b"])
    return rank(Query(a), [Candidate(1, b)])


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("row", _cases("K2"))
def test_difference_of_classes_fractions_and_ordinals_is_named_but_not_as_a_date(row, turned):
    ranked = _ranked(row, turned)
    assert decide(ranked).action is Action.SUGGEST
    slots = {d.slot for d in ranked[0].differences if d.kind == "conflict"}
    assert slots
    assert "dates" not in slots


@pytest.mark.parametrize("row", _cases("K2", pair=False))
def test_text_has_no_date(row):
    assert extract_slots(row["a"]).dates == ()


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("row", _cases("K3"))
def test_same_detail_in_another_spelling_is_no_conflict(row, turned):
    ranked = _ranked(row, turned)
    assert decide(ranked).action is Action.SUGGEST
    assert not ranked[0].conflicts


@pytest.mark.parametrize("row", _cases("K4", pair=False))
def test_text_has_no_place(row):
    assert extract_slots(row["a"]).places == ()


@pytest.mark.parametrize("row", _cases("K5", pair=False))
def test_text_does_not_say_that_somebody_passed_an_exam(row):
    assert "đỗ" not in extract_slots(row["a"]).polarity


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("row", _cases("K6"))
def test_changed_detail_is_named(row, turned):
    ranked = _ranked(row, turned)
    assert decide(ranked).action is not Action.LINK
    assert ranked[0].conflicts or ranked[0].rebuts


DROPPED = [case for case in CASES if case["kind"].startswith("K1")]
# What changed, as a person must see it, by case: words of a and words of b.
CHANGED = {
    "BUG001": ("<16", ">16"), "BUG003": ("-3", "3"), "BUG005": ("1️⃣", "9️⃣"),
    "BUG007": ("5️⃣0️⃣%", "2️⃣0️⃣%"), "BUG009": ("#KimĐồng", "#LêLợi"), "BUG011": ("#tingia", ""),
    "BUG013": ("➡", "⬅"), "BUG015": ("n̶g̶h̶ỉ̶", "nghỉ"), "BUG017": ("🚫", "👍"),
    "BUG019": ("#LớpHai1", "#LớpHai5"), "BUG021": ("→", "≠"),
}  # fmt: skip


@pytest.mark.parametrize("case", DROPPED, ids=lambda case: case["id"])
@pytest.mark.parametrize("turned", [False, True])
def test_dropped_sign_is_never_linked_and_is_the_reason(case, turned):
    a, b = (case["b"], case["a"]) if turned else (case["a"], case["b"])
    changed = CHANGED[case["id"]][::-1] if turned else CHANGED[case["id"]]
    (ranked,) = rank(Query(a), [Candidate(1, b)])
    assert decide([ranked]).action is Action.SUGGEST
    assert any(
        changed[0] in " ".join(reason.left) and changed[1] in " ".join(reason.right)
        for reason in ranked.reasons
    )
