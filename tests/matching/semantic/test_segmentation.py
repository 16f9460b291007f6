import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.semantic.segmentation import MAX_SEGMENTS, split_segments


def test_sentences_are_segments() -> None:
    text = "Mọi người chú ý nhé. Ngày mai các trường nghỉ học hết!\nNhớ mang theo nước uống cho con"
    assert split_segments(text) == [
        "Mọi người chú ý nhé.",
        "Ngày mai các trường nghỉ học hết!",
        "Nhớ mang theo nước uống cho con",
    ]


@pytest.mark.parametrize("text", ["", "Nghỉ học", "Ngày mai các trường cho nghỉ học", "a. b. c."])
def test_a_text_of_one_segment_has_none(text: str) -> None:
    assert split_segments(text) == []


def test_a_long_sentence_is_split_into_clauses() -> None:
    text = (
        "Nhà trường vừa họp xong và thống nhất thu thêm hai trăm nghìn tiền nước, ai chưa đóng "
        "thì ngày mai không được vào lớp, còn lịch thi thì vẫn giữ nguyên như cũ"
    )
    assert split_segments(text) == [
        "Nhà trường vừa họp xong, thống nhất thu thêm hai trăm nghìn tiền nước",
        "ai chưa đóng thì ngày mai không được vào lớp",
        "còn lịch thi thì vẫn giữ nguyên như cũ",
    ]


@given(st.text(max_size=3_000))
def test_any_text_has_at_most_eight_distinct_segments(text: str) -> None:
    segments = split_segments(text)
    assert len(segments) <= MAX_SEGMENTS
    assert len(set(segments)) == len(segments)
    assert all(part == part.strip() and part for part in segments)
