import time

from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.word_diff import Piece, diff_words, shared_ratio

LEFT = "Học sinh toàn tỉnh nghỉ học từ ngày 23/11, các mẹ ơi"
RIGHT = "học sinh sáu xã nghỉ học từ ngày 19/11"


def marked(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.differs]


def test_diff_words_marks_the_words_the_other_lacks() -> None:
    left, right = diff_words(LEFT, RIGHT)
    assert marked(left) == ["toàn tỉnh", "23/11, các mẹ ơi"]
    assert marked(right) == ["sáu xã", "19/11"]


def test_diff_words_ignores_case_punctuation_and_tone_placement() -> None:
    assert marked(diff_words("HOÀ BÌNH nghỉ học!!!", "hòa bình: nghỉ học")[0]) == []


def test_diff_words_compares_tones_unless_a_text_has_none() -> None:
    assert marked(diff_words("trường tăng học phí", "trường tặng học phí")[0]) == ["tăng"]
    assert marked(diff_words("truong tang hoc phi", "trường tặng học phí")[0]) == []


def test_diff_words_of_an_empty_text() -> None:
    assert diff_words("", "") == ((), ())
    assert diff_words("", "một hai")[1] == (Piece("một hai", True),)
    assert shared_ratio(()) == 0.0


def test_shared_ratio_is_the_share_of_common_words() -> None:
    left, right = diff_words("một hai ba bốn", "một hai năm sáu bảy tám chín mười")
    assert shared_ratio(left) == 0.5
    assert shared_ratio(right) == 0.25


@given(st.text(max_size=200), st.text(max_size=200))
def test_diff_words_joined_is_the_text(left: str, right: str) -> None:
    from matching.text.normalisation import clean

    for text, pieces in zip((left, right), diff_words(left, right), strict=True):
        assert "".join(piece.text for piece in pieces) == clean(text).lstrip()


def test_diff_words_of_the_longest_texts_is_fast() -> None:
    left = " ".join(f"a{index % 977}" for index in range(5_000))
    right = " ".join(f"a{index % 991}" for index in range(5_000))
    started = time.perf_counter()
    diff_words(left, right)
    assert time.perf_counter() - started < 1
