from typing import Any

import pytest
from django.utils import timezone, translation

from matching.details.slot_diff import Difference
from publishing.domain.detail_values import conflict_sentences, values_in_words


@pytest.fixture(autouse=True)
def _vietnamese() -> Any:
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(
    ("slot", "value", "words"),
    [
        ("dates", "--12-05/--12-10", "05/12–10/12"),
        ("dates", "2031-12-05", "05/12/2031"),
        ("dates", "ngày mai", "ngày mai"),
        ("money", "180000", "180.000 đồng"),
        ("schools", "THCS Đồi Sim", "THCS Đồi Sim"),
        ("negation", "không nghỉ", "“không nghỉ”"),
        ("a new kind", "3/4", "3/4"),
    ],
)
def test_value_is_shown_as_a_parent_reads_it(slot: str, value: str, words: str) -> None:
    assert values_in_words(slot, [value]) == words


def test_day_of_this_year_has_no_year() -> None:
    year = timezone.localdate().year
    assert values_in_words("dates", [f"{year}-12-05"]) == "05/12"


def test_conflict_has_both_values_and_no_slot_name() -> None:
    difference = Difference("numbers", ("30",), ("12",))
    assert conflict_sentences([difference], "", "") == [
        "Bản của anh/chị ghi 30; bản đã kiểm là 12."
    ]


def test_what_only_one_side_says_is_no_conflict() -> None:
    missing = Difference("schools", ("THCS Đồi Sim",), (), "missing")
    tense = Difference("polarity", ("sắp",), ("đã",))
    assert conflict_sentences([missing, tense], "", "") == []


def test_denial_is_a_conflict_where_the_other_side_affirms_it() -> None:
    denied = Difference("negation", (), ("không phải đóng",))
    assert conflict_sentences([denied], "phải đóng học phí", "không phải đóng học phí")
    assert not conflict_sentences([denied], "miễn học phí", "không phải đóng học phí")
