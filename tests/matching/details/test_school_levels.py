import pytest

from matching.details.slot_extraction import extract_slots


@pytest.mark.parametrize(
    ("text", "slot", "values"),
    [
        ("Trường THCS Nguyễn Thị Minh Khai thu tiền", "schools", ("THCS Nguyễn Thị Minh Khai",)),
        ("trường th hoa mai thu tiền", "schools", ("Tiểu học Hoa Mai",)),
        ("TRƯỜNG TIỂU HỌC HOA MAI CÓ CA MẮC", "schools", ("Tiểu học Hoa Mai",)),
        ("trường tiểu học được nghỉ", "schools", ()),
        ("trẻ dưới 5 tuổi, lớp 4a, khối 9", "levels", ("dưới 5 tuổi", "lớp 4A", "lớp 9")),
        ("học sinh từ 5 đến 11 tuổi", "levels", ("5–11 tuổi",)),
        ("thi vào lớp 10 và thi tốt nghiệp THPT", "levels", ("thi tốt nghiệp", "thi vào lớp 10")),
        ("lớp 1, 2 và 3 nghỉ", "levels", ("lớp 1", "lớp 2", "lớp 3")),
    ],
)
def test_levels_and_schools(text, slot, values):
    assert extract_slots(text).get(slot) == values
