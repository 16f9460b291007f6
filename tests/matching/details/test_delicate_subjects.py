"""Texts that the people whom they are about should not be the first to read."""

import pytest

from matching.details.delicate_subjects import is_delicate


@pytest.mark.parametrize(
    "text",
    [
        "Trường mình có 12 cháu đau bụng sau bữa trưa phải không?",
        "Lớp con tôi bị thu 500.000 đồng tiền quỹ, có đúng quy định không?",
        "Nghe nói cô chủ nhiệm ép học thêm",
        "Hiệu trưởng bắt phụ huynh ký giấy tự nguyện",
        "Thầy giáo tát học sinh lớp 7",
        "Bếp ăn dùng thực phẩm ôi thiu",
        "co giao danh hoc sinh lop 3",
        "truong thu tien quy lop",
        "The teacher hits pupils",
        "Ở trường có dịch sởi",
    ],
)
def test_illness_violence_money_and_conduct_are_delicate(text: str) -> None:
    assert is_delicate(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mai cả tỉnh nghỉ học tránh lũ phải không?",
        "Trường thay đổi giờ vào lớp từ thứ Hai?",
        "Kết quả đánh giá học sinh cuối kỳ gửi qua Zalo phải không?",
        "Trường bắt đầu năm học mới ngày 5/9?",
        "Thứ sáu học sinh lao động vệ sinh sân trường?",
        "ngay mai hoc sinh nghi hoc phai khong",
        "Is school closed tomorrow?",
        "",
    ],
)
def test_other_questions_are_not(text: str) -> None:
    assert not is_delicate(text)
