import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.details.slot_extraction import extract_slots
from matching.details.slot_set import SLOT_NAMES, Slots


@pytest.mark.parametrize(
    ("text", "slot", "values"),
    [
        ("Công văn 1482/SGDĐT-VP ngày 5/6/2026", "documents", ("1482/SGDDT-VP",)),
        ("Công văn số 147/SGD&ĐT-VP", "documents", ("147/SGDDT-VP",)),
        ("Thu 200k mỗi em", "money", ("200000",)),
        ("thu 0,2 triệu và hai triệu rưỡi", "money", ("200000", "2500000")),
        ("Phí 200 nghìn/tháng", "periods", ("mỗi tháng",)),
        ("cách ly 14 ngày", "periods", ("14 ngày",)),
        ("nghỉ 10-15 ngày", "periods", ("10–15 ngày",)),
        ("gọi 0900.000.678 hoặc 19001234", "phones", ("0900000678", "19001234")),
        ("có 20 em, 50% lớp, lúc 7h30", "numbers", ("20", "50%", "7h30")),
        ("Học sinh Hoà Bình, nay thuộc Phú Thọ", "places", ("Hòa Bình",)),
        ("hs tp hcm và Sài Gòn", "places", ("TP. Hồ Chí Minh",)),
        ("hoc sinh ha noi nghi hoc", "places", ("Hà Nội",)),
        ("Sở Y tế TP Đà Nẵng cho TP 36h", "places", ("Đà Nẵng",)),
        ("quán bún bò Huế", "places", ()),
        ("tư tưởng Hồ Chí Minh", "places", ()),
        ("xã An Bình và phường 12", "places", ("phường 12", "xã An Bình")),
        ("Bộ chưa cho phép nghỉ", "negation", ("chưa cho phép",)),
        ("khong duoc nghi", "negation", ("không duoc nghi",)),
        ("Mai có được nghỉ không?", "negation", ()),
        ("tin này đúng không ạ", "negation", ()),
        ("ô nhiễm không khí, hàng không", "negation", ()),
        ("Sở bác bỏ tin nghỉ học", "rebuttal", ("bác bỏ",)),
        ("thông tin trên là sai sự thật", "rebuttal", ("bác bỏ",)),
        ("giả danh giáo viên gọi điện", "rebuttal", ()),
        ("tang hoc phi", "polarity", ()),
        ("khai giảng sớm", "polarity", ("sớm",)),
        ("hs toan tinh nghi hoc", "quantifier", ("toàn tỉnh",)),
        ("một trường đóng cửa", "quantifier", ("một",)),
        ("Đăng ký: http://www.a.example/x/?fbclid=1", "links", ("https://a.example/x",)),
    ],
)
def test_extract_slot(text, slot, values):
    assert extract_slots(text).get(slot) == values


WORDS = (
    "0 1 12 31/2 29/2 99/99 5/6/0000 tháng 13 thứ năm 2020 đến hết ngày mai - / . , ? % k tr đồng "
    "trường tiểu học xã lớp tuổi từ không chưa hai trăm nghìn 147/a-b http://a.example"
)
PIECES = st.sampled_from(WORDS.split())


@given(
    st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join)),
    st.one_of(st.none(), st.dates()),
)
@settings(max_examples=300, deadline=None)
def test_extract_slots_of_any_text_is_sorted_and_json_round_trips(text, seen_on):
    slots = extract_slots(text, seen_on)
    assert Slots.from_json(json.loads(json.dumps(slots.to_json()))) == slots
    assert extract_slots(text, seen_on) == slots
    assert all(list(slots.get(name)) == sorted(set(slots.get(name))) for name in SLOT_NAMES)
