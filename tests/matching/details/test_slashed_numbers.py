import pytest

from matching.details.slot_extraction import extract_slots


@pytest.mark.parametrize(
    ("text", "slot", "values"),
    [
        ("Lớp 10/3 trường Kim Đồng có ca sởi", "levels", ("lớp 10/3",)),
        ("Phụ huynh lớp 6/2, 6/3 và 6/4 họp", "levels", ("lớp 6/2", "lớp 6/3", "lớp 6/4")),
        ("Lớp 6.3 bị phạt", "levels", ("lớp 6/3",)),
        ("hoc sinh 12/4 danh nhau", "levels", ("lớp 12/4",)),
        ("2/3 học sinh được ăn bán trú", "fractions", ("2/3",)),
        ("tỉ lệ chọi 1/10", "fractions", ("1/10",)),
        ("15/40 học sinh lớp này bị sởi", "fractions", ("15/40",)),
        ("chỉ đạt 7/10 điểm", "scores", ("7/10",)),
        ("Nhà số 12/4 hẻm 5/3 bị cháy", "addresses", ("12/4", "5/3")),
        ("đường 3/2 ngập sâu", "addresses", ("3/2",)),
        ("Cổng trường có camera 24/7", "periods", ("24/7",)),
        ("Đường dây nóng trực 12/7", "periods", ("12/7",)),
        ("Mở cửa 24/24 đón trẻ", "periods", ("24/24",)),
    ],
)
def test_number_with_a_stroke_is_read_by_its_kind(text, slot, values):
    slots = extract_slots(text)
    assert slots.get(slot) == values
    assert slots.dates == ()


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Học sinh ngày 12/4 nghỉ học", ("--04-12",)),
        ("Học sinh 17/2 nghỉ học", ("--02-17",)),
        ("Từ 2/3 học sinh đi học lại", ("--03-02",)),
        ("Ngày 2/3 học sinh toàn tỉnh nghỉ", ("--03-02",)),
        ("2/9 học sinh được nghỉ 4 ngày", ("--09-02",)),
        ("24/7 thi tốt nghiệp", ("--07-24",)),
        ("nghỉ đến hết 24/7", ("--07-24",)),
        ("Khám sức khỏe 12 tháng một lần", ()),
        ("Đóng 9 tháng 5 triệu đồng", ()),
        ("Ngày 12 tháng 1 lần đầu tiên mở cửa", ("--01-12",)),
        ("Từ mùng 3 tới mùng 7 tháng 2", ("--02-03/--02-07",)),
        ("Mùng 6 Tết đi học lại", ("mùng 6 tết",)),
        ("15/8 âm lịch", ("15/8 âm lịch",)),
        ("nghỉ từ T2 đến T6", ("thứ 2/thứ 6",)),
    ],
)
def test_date_stays_a_date(text, dates):
    assert extract_slots(text).dates == dates
