import time

from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.word_diff import Piece, diff_words, shared_ratio

OURS = "Học sinh toàn tỉnh nghỉ học từ ngày 23/11, các mẹ ơi"
THEIRS = "học sinh sáu xã nghỉ học từ ngày 19/11"


def marked(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.differs]


def test_differ_marks_the_words_the_other_has_not() -> None:
    left, right = diff_words(OURS, THEIRS)
    assert marked(left) == ["toàn tỉnh", "23/11, các mẹ ơi"]
    assert marked(right) == ["sáu xã", "19/11"]


def test_differ_leaves_case_marks_and_tone_placement_alone() -> None:
    assert marked(diff_words("HOÀ BÌNH nghỉ học!!!", "hòa bình: nghỉ học")[0]) == []


def test_differ_keeps_tones_apart_unless_one_text_is_typed_without() -> None:
    assert marked(diff_words("trường tăng học phí", "trường tặng học phí")[0]) == ["tăng"]
    assert marked(diff_words("truong tang hoc phi", "trường tặng học phí")[0]) == []


def test_differ_of_nothing_marks_everything_or_nothing() -> None:
    assert diff_words("", "") == ((), ())
    assert diff_words("", "một hai")[1] == (Piece("một hai", True),)
    assert shared_ratio(()) == 0.0


def test_share_is_the_part_of_the_words_that_both_have() -> None:
    left, right = diff_words("một hai ba bốn", "một hai năm sáu bảy tám chín mười")
    assert shared_ratio(left) == 0.5
    assert shared_ratio(right) == 0.25


@given(st.text(max_size=200), st.text(max_size=200))
def test_differ_joined_again_is_the_text(left: str, right: str) -> None:
    from matching.text.normalisation import clean

    for text, pieces in zip((left, right), diff_words(left, right), strict=True):
        assert "".join(piece.text for piece in pieces) == clean(text).lstrip()


def test_differ_of_the_longest_texts_takes_no_time() -> None:
    ours = " ".join(f"a{at % 977}" for at in range(5_000))
    theirs = " ".join(f"a{at % 991}" for at in range(5_000))
    started = time.perf_counter()
    diff_words(ours, theirs)
    assert time.perf_counter() - started < 1
