import json
from datetime import date
from pathlib import Path

import pytest

from matching.engine import Candidate, Query, rank
from matching.policy import Action, decide, explain

PAIRS = json.loads((Path(__file__).parent / "pairs_vi.json").read_text(encoding="utf-8"))
SAME_WORDS = {"S02", "S03", "S04", "S06", "S07", "S08"}
REASONS = {
    "D01": "dates", "D02": "dates", "D03": "negation", "D04": "rebuttal", "D05": "schools",
    "D06": "money", "D07": "periods", "D08": "polarity", "D09": "places", "D10": "levels",
    "D11": "levels", "D12": "levels", "D13": "polarity", "D14": "dates", "D15": "phones",
    "D16": "quantifier",
}  # fmt: skip
LINK = "https://tin.example/bai-1"


def _ids(label):
    return [pytest.param(p, id=p["id"]) for p in PAIRS if p["label"] == label]


def _decide(text, *others, url="", seen_on=None):
    candidates = [
        other if isinstance(other, Candidate) else Candidate(key, other)
        for key, other in enumerate(others, 1)
    ]
    return decide(rank(Query(text, url, seen_on), candidates))


@pytest.mark.parametrize("pair", _ids("different"))
@pytest.mark.parametrize("turned", [False, True])
def test_pair_look_alike_is_never_linked_and_says_why(pair, turned):
    a, b = (pair["b"], pair["a"]) if turned else (pair["a"], pair["b"])
    ranked = rank(Query(a), [Candidate(1, b)])
    assert decide(ranked).action is not Action.LINK
    conflicts = [d.slot for d in ranked[0].differences if d.kind == "conflict"]
    assert REASONS[pair["id"]] in conflicts


@pytest.mark.parametrize("pair", _ids("same"))
@pytest.mark.parametrize("turned", [False, True])
def test_pair_same_claim_is_found_without_conflict(pair, turned):
    a, b = (pair["b"], pair["a"]) if turned else (pair["a"], pair["b"])
    ranked = rank(Query(a), [Candidate(1, b)])
    expected = Action.LINK if pair["id"] in SAME_WORDS else Action.SUGGEST
    assert decide(ranked).action is expected
    assert not ranked[0].conflicts


def test_same_words_seen_on_another_day_are_not_linked():
    text = "Ngày mai toàn bộ học sinh trong xã được nghỉ học"
    earlier = Candidate(7, text, seen_on=date(2026, 9, 11))
    assert _decide(text, earlier, seen_on=date(2026, 9, 11)).target == 7
    assert _decide(text, earlier).action is Action.SUGGEST  # the day is unknown
    later = _decide(text, earlier, seen_on=date(2026, 10, 2))
    assert later.action is Action.SUGGEST
    assert later.suggestions[0].differences[0].slot == "dates"


@pytest.mark.parametrize(
    "junk", ["test", "đúng không ạ", "alo ad ơi", "!!!", "", "cái này thật ko"]
)
def test_junk_opens_its_own_case(junk):
    assert _decide(junk, junk, *(p["a"] for p in PAIRS), f"{junk} nữa").action is Action.NEW


def test_claim_is_not_attracted_by_junk():
    others = ("test", "đúng không ạ", "học sinh", "nghỉ học", "Học sinh nghỉ học")
    assert _decide(PAIRS[0]["a"], *others).action is Action.NEW


def test_bare_link_to_the_same_page_is_linked():
    earlier = Candidate(3, "", url=LINK + "/?fbclid=1")
    assert _decide(LINK, earlier).target == 3
    assert _decide("đúng không ạ", earlier, url=LINK).target == 3


def test_bare_link_to_a_page_of_two_cases_is_suggested():
    first, second = Candidate(3, "", url=LINK), Candidate(4, "Trường đóng cửa", url=LINK)
    decision = _decide(LINK, first, second)
    assert decision.action is Action.SUGGEST
    assert [r.key for r in decision.suggestions] == [3, 4]


def test_bare_link_to_a_home_page_is_not_linked():
    assert _decide(
        "https://facebook.com", Candidate(3, "", url="https://facebook.com/")
    ).action in (
        Action.NEW,
        Action.SUGGEST,
    )


def test_text_of_its_own_with_the_same_link_is_suggested():
    earlier = Candidate(3, "Trường Hoa Mai đóng cửa vì dịch", url=LINK)
    text = "Phụ huynh phải nộp hai triệu đồng quỹ lớp trước thứ Sáu"
    assert _decide(text, earlier, url=LINK).action is Action.SUGGEST


def test_same_words_with_another_link_are_not_linked():
    text = "Đăng ký nhận học bổng của Bộ cho học sinh nghèo tại {}"
    decision = _decide(text.format("https://bo.example/a"), text.format("https://bo-gia.example/a"))
    assert decision.action is Action.SUGGEST
    assert "links" in [d.slot for d in decision.suggestions[0].differences]


def test_suggestions_are_at_most_five_and_one_per_key():
    text = "Học sinh Yên Bái nghỉ học từ 17/2 đến hết tháng 2"
    same_key = [Candidate(1, f"{text} nhé {n}") for n in range(4)]
    others = [Candidate(n, f"{text} nha {n}") for n in range(2, 12)]
    decision = _decide(text, *same_key, *others)
    keys = [r.key for r in decision.suggestions]
    assert len(keys) == len(set(keys)) == 5


def test_decide_without_candidates_is_new():
    assert decide([]).action is Action.NEW


def test_explain_is_json_and_names_slots_only():
    ranked = rank(Query(PAIRS[-1]["a"]), [Candidate(1, PAIRS[-1]["b"])])[0]
    why = json.loads(json.dumps(explain(ranked)))
    assert why["differs"] == [
        {"slot": "quantifier", "left": ["tất cả"], "right": ["một"], "kind": "conflict"}
    ]
    assert why["same"] == ["dates", "places", "polarity"]
    assert (why["same_text"], why["same_url"]) == (False, False)
    assert 0.9 < why["score"] <= 1
