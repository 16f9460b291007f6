"""Quotations: found word for word whatever the typography, and never with another word or digit."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text import quotations

LETTER = """SỞ GD&ĐT THANH GIANG
Số: 1482/SGDĐT-VP
Kính gửi: Các trường học.
Các đơn vị rà soát phòng học, cây xanh, đường dây điện; hiệu trưởng quyết định việc nghỉ học
của trường mình khi có ngập và báo cáo về Sở. Học sinh toàn tỉnh vẫn học từ 05/12 – 10/12.
Không trường nào được thu quá 1.500 đồng. Bệnh “tay chân miệng” và COVID-
19 không liên quan. Nơi nhận: như trên."""


@pytest.mark.parametrize(
    "quote",
    [
        "Học sinh toàn tỉnh vẫn học từ 05/12 – 10/12.",
        "Học sinh toàn tỉnh vẫn học từ 05/12-10/12",
        "“Học sinh  toàn tỉnh\nvẫn học từ 05/12 — 10/12.”",
        "HỌC SINH TOÀN TỈNH VẪN HỌC TỪ 05/12 – 10/12.",
        unicodedata.normalize("NFD", "Học sinh toàn tỉnh vẫn học từ 05/12 – 10/12."),
        'Bệnh "tay chân miệng" và COVID-19 không liên quan.',
        "Không trường nào được thu quá 1.500 đồng.",
        "Học sinh toàn tỉnh vẫn học từ 05/12 – 10/12. Không trường nào được thu quá 1.500 đồng.",
        "Các đơn vị rà soát phòng học, cây xanh, đường dây điện; hiệu trưởng quyết định việc nghỉ "
        "học của trường mình khi có ngập và báo cáo về Sở.",
    ],
)
def test_whole_sentence_is_found_whatever_the_typography(quote: str) -> None:
    place = quotations.find(quote, LETTER)
    assert place is not None
    assert place.whole


@pytest.mark.parametrize(
    "quote",
    [
        "Hoc sinh toan tinh van hoc tu 05/12 – 10/12.",  # without diacritics
        "Học sinh toàn tỉnh vẫn học từ 05/12 – 11/12.",  # another day
        "Học sinh toàn tỉnh vẫn học từ 05/12 – 10/1",  # inside a number
        "Không trường nào được thu quá 1",
        "Học sinh toàn tỉnh vẫn không học từ 05/12 – 10/12.",
        "Các đơn vị rà soát phòng học. Nơi nhận: như trên.",  # stitched together
        "Các đơn vị rà soát phòng học … Học sinh toàn tỉnh vẫn học từ 05/12 – 10/12.",
        "inh toàn tỉnh vẫn học từ 05/12 – 10/12.",  # inside a word
        "",
    ],
)
def test_other_words_are_not_found(quote: str) -> None:
    assert quotations.find(quote, LETTER) is None


@pytest.mark.parametrize(
    "quote",
    [
        "hiệu trưởng quyết định việc nghỉ học của trường mình",
        "Học sinh toàn tỉnh vẫn học",
        "nào được thu quá 1.500 đồng. Bệnh “tay chân miệng”",
    ],
)
def test_part_of_a_sentence_is_found_and_is_not_whole(quote: str) -> None:
    place = quotations.find(quote, LETTER)
    assert place is not None
    assert not place.whole


def test_surroundings_are_the_sentences_before_and_after() -> None:
    place = quotations.find("Học sinh toàn tỉnh vẫn học từ 05/12 – 10/12.", LETTER)
    before, middle, after = quotations.surroundings(LETTER, place.start, place.end)
    assert before.startswith("Các đơn vị rà soát")
    assert middle == "Học sinh toàn tỉnh vẫn học từ 05/12 – 10/12."
    assert after == "Không trường nào được thu quá 1.500 đồng."


def test_range_of_days_divided_by_a_line_is_no_longer_number() -> None:
    assert quotations.find("Nghỉ từ ngày 510/12.", "Nghỉ từ ngày 5-\n10/12.") is None
    assert quotations.find("Nghỉ từ ngày 5-10/12.", "Nghỉ từ ngày 5-\n10/12.") is not None


_TEXT = st.text(alphabet="aăâđêơư ắậ.,-–\n“”0123", min_size=1, max_size=60)


@given(text=_TEXT, start=st.integers(0, 60), length=st.integers(1, 60))
def test_place_always_lies_in_the_text(text: str, start: int, length: int) -> None:
    place = quotations.find(text[start : start + length], text)
    if place is not None:
        assert 0 <= place.start < place.end <= len(text)
        assert quotations.surroundings(text, place.start, place.end)[1]


@given(digit=st.sampled_from("0123456789"), place=st.integers(0, 200))
def test_changed_digit_is_never_found(digit: str, place: int) -> None:
    quote = "Học sinh toàn tỉnh vẫn học từ 05/12 – 10/12."
    digits = [index for index, letter in enumerate(quote) if letter.isdigit()]
    index_of_digit = digits[place % len(digits)]
    if quote[index_of_digit] != digit:
        changed = quote[:index_of_digit] + digit + quote[index_of_digit + 1 :]
        assert quotations.find(changed, LETTER) is None
