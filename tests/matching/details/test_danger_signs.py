import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.details.danger_signs import find_danger

LABELLED = Path(__file__).parents[2] / "factcheck/domain/cases/labelled/danger_first.json"
ROWS = json.loads(LABELLED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in ROWS])
def test_labelled_text_is_dangerous_or_not(row):
    danger = find_danger(row["text"])
    assert (danger.scam or danger.harm) is row["urgent"]


@pytest.mark.parametrize(
    "text",
    [
        "Nhà trường thông báo cập nhật ứng dụng Sổ liên lạc điện tử phiên bản mới, phụ huynh bấm "
        "link và nhập mã OTP để không bị khóa tài khoản",
        "Phụ huynh cần xác thực mã định danh mức 2 cho con gấp trong ngày, liên hệ anh công an "
        "phường qua số 0900000678",
        "Hoàn tiền học phí đã đóng, phụ huynh cung cấp số tài khoản và mã OTP để nhận 1.200.000đ",
        "Bộ GD&ĐT phát quà Tết 500k cho học sinh, đăng ký tại qua-tang-hs.top",
        "mn có ai nhận tin cập nhật học bạ số bắt nhập thẻ ngân hàng ko",
        "Con chị bị tai nạn đang mổ, chuyển 30 triệu gấp",
        "Zalo cô giáo chủ nhiệm nhắn mượn 14 triệu sáng mai trả",
        "Người ta tự xưng cán bộ phường hẹn làm định danh mức 2 qua Zalo",
    ],
)
def test_scam_on_parents_is_seen(text):
    assert find_danger(text).scam


@pytest.mark.parametrize(
    "text",
    [
        "Thử thách nhịn thở trên TikTok, lớp con có bạn ngất",
        "Trend uống thuốc ngủ tập thể lớp 8",
        "Có nhóm rủ học sinh cắt tay theo thử thách cá voi xanh",
        "Thuốc lá điện tử vị kẹo bán trước cổng trường làm học sinh co giật",
        "Suất ăn bán trú có giòi, 20 cháu đau bụng",
        "Nghe nói có người bắt cóc trẻ trước cổng trường chiều nay",
        "Phát hiện bom ở trường THPT Bến Trăng",
        "Tường rào trường tiểu học đổ đè 2 em",
        "hoc sinh bi dien giat o san truong",
        "Trong buổi diễn tập chữa cháy, hai em bị bỏng phải nhập viện",
        "Học sinh đi tham quan bị lật xe",
    ],
)
def test_bodily_harm_is_seen(text):
    assert find_danger(text).harm


@pytest.mark.parametrize(
    "text",
    [
        "Nộp bản sao căn cước và giấy khai sinh để nhập học",
        "Phụ huynh đóng tiền học phí kỳ 2 qua ngân hàng",
        "Trường phát thưởng học sinh giỏi cuối năm",
        "Con thi chạy về nhất mệt xỉu",
        "Thầy giáo được khen vì cứu học sinh đuối nước năm ngoái",
        "Web xem điểm của Sở bị sập",
        "Đề Toán năm nay hóc búa quá",
        "",
    ],
)
def test_ordinary_text_shows_no_danger(text):
    danger = find_danger(text)
    assert not danger.scam
    assert not danger.harm


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("Cứu em với, em đang bị nhốt trong kho trường", True),
        ("con dang bi nhot trong phong hoc cuu con voi", True),
        ("chú hàng xóm đang đánh em, em trốn dưới gầm giường", True),
        ("bạn em nói muốn chết, chiều nay sẽ nhảy cầu", True),
        ("Phát hiện bom ở trường THPT Bến Trăng", False),
        ("Học sinh bị nhốt ngoài cổng vì đi trễ", False),
        ("Nắng muốn chết mà vẫn phải tập diễu hành", False),
    ],
)
def test_sender_in_danger_is_told_from_a_report_about_danger(text, personal):
    assert find_danger(text).personal is personal


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None)
def test_any_text_is_read_the_same_twice(text):
    danger = find_danger(text)
    assert find_danger(text) == danger
    assert not (danger.unsure and (danger.scam or danger.harm))
