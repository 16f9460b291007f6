import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.details.pointing import ReportUnit
from matching.details.slot_diff import Difference
from matching.scoring.policy import (
    MIN_PUBLIC_RELEVANCE,
    Action,
    Audience,
    candidates_to_show,
    decide,
    explain,
)
from matching.scoring.ranking import Candidate, LinkUse, Query, RankedCandidate, rank

HERE = Path(__file__).parent.parent
PAIRS = json.loads((HERE / "pairs_vi.json").read_text(encoding="utf-8"))
HARD = json.loads((HERE / "hard_pairs.json").read_text(encoding="utf-8"))
SAME_WORDS = {"S02", "S03", "S04", "S06", "S07", "S08"}
REASONS = {
    "D01": "dates", "D02": "dates", "D03": "negation", "D04": "rebuttal", "D05": "schools",
    "D06": "money", "D07": "periods", "D08": "polarity", "D09": "places", "D10": "levels",
    "D11": "levels", "D12": "levels", "D13": "polarity", "D14": "dates", "D15": "phones",
    "D16": "quantifier",
}  # fmt: skip
LINK = "https://tin.example/bai-1"
SCHOOL = ReportUnit(1, "school", "Trường Tiểu học Nắng Mai")


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
def test_look_alike_pair_is_never_linked_and_has_a_reason(pair, turned):
    a, b = (pair["b"], pair["a"]) if turned else (pair["a"], pair["b"])
    ranked = rank(Query(a), [Candidate(1, b)])
    assert decide(ranked).action is not Action.LINK
    conflicts = [d.slot for d in ranked[0].differences if d.kind == "conflict"]
    assert REASONS[pair["id"]] in conflicts


@pytest.mark.parametrize("pair", _ids("same"))
@pytest.mark.parametrize("turned", [False, True])
def test_pair_same_claim_is_found_without_conflict(pair, turned):
    a, b = (pair["b"], pair["a"]) if turned else (pair["a"], pair["b"])
    ranked = rank(Query(a, unit=SCHOOL), [Candidate(1, b, unit=SCHOOL)])
    expected = Action.LINK if pair["id"] in SAME_WORDS else Action.SUGGEST
    assert decide(ranked).action is expected
    assert not ranked[0].conflicts


@pytest.mark.parametrize(
    "pair", [p for p in HARD if p["label"] == "different"], ids=lambda p: p["id"]
)
def test_hard_pair_that_only_looks_alike_is_never_linked(pair):
    assert _decide(pair["a"], pair["b"]).action is not Action.LINK
    assert _decide(pair["b"], pair["a"]).action is not Action.LINK


def test_hard_pairs_of_one_claim_are_nearly_all_found():
    same = [p for p in HARD if p["label"] == "same"]
    lost = [
        p["id"]
        for p in same
        if Action.NEW in (_decide(p["a"], p["b"]).action, _decide(p["b"], p["a"]).action)
    ]
    assert len(same) > 125
    assert len(lost) <= len(same) * 0.05, lost


def test_hard_pairs_not_tuned_on_are_found_as_well():
    odd = [p for p in HARD if int(p["id"][1:]) % 2 and p["label"] == "same"]
    count = [p for p in odd if _decide(p["a"], p["b"]).action is not Action.NEW]
    assert len(count) >= len(odd) * 0.95


def test_nearly_the_same_text_is_suggested_in_a_young_archive():
    earlier = Candidate(1, PAIRS[14]["b"], lexical=0.9, coverage=0.02)
    assert _decide(PAIRS[14]["a"], earlier).action is Action.SUGGEST


def test_rebuttal_is_suggested_and_never_linked():
    claim = "Vỡ đập thuỷ điện Nậm Pông, dân chạy lũ trong đêm"
    decision = _decide(f"Không có chuyện {claim}", claim)
    assert decision.action is Action.SUGGEST
    assert decision.suggestions[0].rebuts
    assert explain(decision.suggestions[0])["related"] is True


def test_copy_of_a_short_message_without_diacritics_is_suggested():
    short, long = "truong hoa mai nghi hoc", "hoc sinh truong hoa mai nghi hoc tu 17/2 den 20/2"
    assert _decide(short, short).action is Action.SUGGEST
    assert _decide(long, long).action is Action.LINK  # an identical copy
    typed = "Học sinh trường Hoa Mai nghỉ học từ 17/2 đến 20/2"
    assert _decide(long, typed).action is Action.SUGGEST


def test_copy_without_diacritics_of_words_with_an_opposite_reading_is_suggested():
    raised_or_given = "truong tieu hoc hoa mai tang hoc phi 200k cho hoc sinh ca lop 6"
    assert _decide(raised_or_given, raised_or_given).action is Action.SUGGEST


def test_same_core_text_with_other_greetings_is_linked():
    claim = "Nhà máy hoá chất Đại Phát ở xã An Bình rò rỉ khí độc"
    assert _decide(f"Mọi người ơi, {claim} có đúng không ạ?", claim).action is Action.LINK
    other = claim.replace("An Bình", "An Lạc")
    assert _decide(f"Mọi người ơi, {other} có đúng không ạ?", claim).action is Action.SUGGEST


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


def test_claim_does_not_match_junk():
    others = ("test", "đúng không ạ", "học sinh", "nghỉ học", "Học sinh nghỉ học")
    assert _decide(PAIRS[0]["a"], *others).action is Action.NEW


def test_link_only_message_to_a_page_that_anybody_may_have_named_is_suggested():
    decision = _decide(LINK, Candidate(3, "", url=LINK))
    assert (decision.action, decision.suggestions[0].key) == (Action.SUGGEST, 3)
    ignored = Candidate(3, "", url=LINK, link_use=LinkUse.IGNORE)
    assert _decide(LINK, ignored).action is Action.NEW


def test_link_only_message_to_the_confirmed_page_is_linked():
    earlier = Candidate(3, "", url=LINK + "/?fbclid=1", link_use=LinkUse.KEY)
    assert _decide(LINK, earlier).target == 3
    assert _decide("đúng không ạ", earlier, url=LINK).target == 3


def test_link_only_message_to_a_page_of_two_cases_is_suggested():
    first, second = Candidate(3, "", url=LINK), Candidate(4, "Trường đóng cửa", url=LINK)
    decision = _decide(LINK, first, second)
    assert decision.action is Action.SUGGEST
    assert [r.key for r in decision.suggestions] == [3, 4]


def test_link_only_message_to_a_home_page_is_not_linked():
    assert _decide(
        "https://facebook.com", Candidate(3, "", url="https://facebook.com/")
    ).action in (
        Action.NEW,
        Action.SUGGEST,
    )


def test_other_text_with_the_same_link_is_suggested():
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


def test_checker_is_shown_what_would_be_linked_first_then_the_suggestions():
    text = "Học sinh Yên Bái nghỉ học từ 17/2 đến hết tháng 2"
    near = [Candidate(n, f"{text} nha {n}") for n in range(2, 12)]
    ranked = rank(Query(text), [*near, Candidate(1, text)])
    assert decide(ranked).target == 1
    keys = [candidate.key for candidate in candidates_to_show(ranked, Audience.CHECKER)]
    assert keys[0] == 1
    assert len(keys) == len(set(keys)) == 6


def test_checker_is_shown_only_the_suggestions_where_nothing_would_be_linked():
    ranked = rank(Query(PAIRS[-1]["a"]), [Candidate(1, PAIRS[-1]["b"])])
    shown = candidates_to_show(ranked, Audience.CHECKER)
    assert shown == list(decide(ranked).suggestions) == ranked


@pytest.mark.parametrize("audience", Audience)
def test_nobody_is_shown_anything_where_there_are_no_candidates(audience):
    assert candidates_to_show([], audience) == []


def _near(key: int, **fields: Any) -> RankedCandidate:
    return RankedCandidate(key, score=0.9, same_fingerprint=False, same_url=False, **fields)


def test_public_is_shown_the_same_claim_then_what_is_relevant_enough():
    same = RankedCandidate(1, score=1.0, same_fingerprint=True, same_url=False)
    linked = RankedCandidate(2, score=0.1, same_fingerprint=False, same_url=True, link_only=True)
    below = _near(3, relevance=MIN_PUBLIC_RELEVANCE - 0.01)
    near, nearer = _near(4, relevance=MIN_PUBLIC_RELEVANCE), _near(5, relevance=0.9)
    ranked = [same, linked, below, near, nearer]
    assert candidates_to_show(ranked, Audience.PUBLIC) == [same, nearer, near]


def test_public_is_shown_another_place_only_where_the_place_conflicts():
    place = Difference("schools", ("THCS Suối Ngân",), ("THCS Đồi Sim",))
    number = Difference("numbers", ("30",), ("12",))
    other, named = (
        _near(key, relevance=0.9, elsewhere=True, differences=(difference,))
        for key, difference in ((1, number), (2, place))
    )
    assert candidates_to_show([other, named], Audience.PUBLIC) == [named]


def test_public_is_never_shown_the_claim_that_a_text_denies():
    assert candidates_to_show([_near(1, relevance=0.9, rebuts=True)], Audience.PUBLIC) == []


def test_explain_is_json_and_names_slots_and_words():
    ranked = rank(Query(PAIRS[-1]["a"]), [Candidate(1, PAIRS[-1]["b"])])[0]
    why = json.loads(json.dumps(explain(ranked)))
    assert why["differs"] == [
        {"slot": "quantifier", "left": ["tất cả"], "right": ["một"], "kind": "conflict"},
        {"slot": "words", "left": ["Tất cả trường"], "right": ["Một trường"], "kind": "words"},
    ]
    assert why["same"] == ["dates", "places", "polarity"]
    assert (why["same_text"], why["same_url"]) == (False, False)
    assert 0.8 < why["score"] <= 1


@pytest.mark.parametrize(("cosine", "action"), [(0.5, Action.SUGGEST), (0.3, Action.NEW)])
def test_the_same_in_another_language_is_suggested_by_its_meaning(cosine, action):
    query = Query("Students in the whole city stay at home from tomorrow")
    claim = "Ngày mai học sinh toàn thành phố nghỉ học ở nhà"
    (ranked,) = rank(query, [Candidate(1, claim, lexical=0.0, cosine=cosine)])
    assert ranked.cross_language
    assert decide([ranked]).action is action
    (same,) = rank(
        Query("Ngày mai trời nắng to lắm"), [Candidate(1, claim, lexical=0.0, cosine=0.4)]
    )
    assert not same.cross_language
