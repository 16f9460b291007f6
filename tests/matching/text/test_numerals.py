import pytest

from matching.text.letters import unify
from matching.text.numerals import canonical_numbers


@pytest.mark.parametrize(
    "written",
    [
        "200.000đ", "200.000 đồng", "200k", "200 nghìn", "200 ngàn", "hai trăm nghìn", "0,2 triệu",
        "0,2tr", "hai tram nghin", "200,000 VND", "200.000 vnđ", "200 k",
    ],
)  # fmt: skip
def test_money_written_many_ways(written):
    assert canonical_numbers(unify(written)) == "200000 đồng"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("2tr5", "2500000 đồng"),
        ("2 triệu 500 nghìn", "2500000 đồng"),
        ("hai triệu rưỡi", "2500000 đồng"),
        ("1,5 tỷ", "1500000000 đồng"),
        ("200k/tháng", "200000 đồng mỗi tháng"),
        ("200 nghìn học sinh", "200000 học sinh"),
        ("sinh năm 2k6", "sinh năm 2k6"),
        ("5 đồng chí", "5 đồng chí"),
        ("84.500.000.000 đồng", "84500000000 đồng"),
        ("nửa triệu", "500000 đồng"),
        ("thu 500.000 tiền quạt", "thu 500000 đồng tiền quạt"),
        ("thu 1.500 học sinh", "thu 1500 học sinh"),
    ],
)
def test_money_edge_cases(written, canonical):
    assert canonical_numbers(unify(written)) == canonical


@pytest.mark.parametrize(
    "written",
    [
        "5/6/2026", "05/06/2026", "05-06-2026", "5.6.2026", "2026-06-05", "5/6/26",
        "ngày 5 tháng 6 năm 2026", "ngay 5 thang 6 nam 2026", "ngày 5 tháng 6/2026",
    ],
)  # fmt: skip
def test_date_written_many_ways_is_day_first(written):
    assert canonical_numbers(unify(written)) == "5/6/2026"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("0900 000 678", "0900000678"),
        ("+84 900.000.678", "0900000678"),
        ("147/SGD&ĐT-VP", "147/sgddt-vp"),
        ("147 / SGDĐT – VP", "147/sgddt-vp"),
        ("12 giờ 30 phút", "12h30"),
        ("12:30", "12h30"),
        ("50 phần trăm", "50%"),
        ("3.000 chốt", "3000 chốt"),
        ("10-15 ngày", "10 đến 15 ngày"),
        ("thứ 3 ngày 7-7", "thứ 3 7/7"),
        ("tháng 3 năm 2020", "tháng 3/2020"),
        ("tỉ số 31/2", "tỉ số 31/2"),
        ("ielts 6,5", "ielts 6.5"),
        ("khối 6,7", "khối 6,7"),
        ("0912***345", "0912xxx345"),
    ],
)
def test_other_forms(written, canonical):
    assert canonical_numbers(unify(written)) == canonical
