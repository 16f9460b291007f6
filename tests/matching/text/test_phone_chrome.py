import pytest

from matching.text.phone_chrome import strip_chrome


@pytest.mark.parametrize(
    "line",
    [
        "20:41",
        "9:41 Viettel 4G 87%",
        "< Nhóm phụ huynh lớp 2A 42 thành viên",
        "Hội PHHS trường Nắng Mai · 310 members",
        "Hôm nay, 20:41",
        "Thứ Hai 19:05",
        "Đã xem",
        "Thích · Trả lời · 5 giờ",
        "Nhập tin nhắn",
        "12 bình luận 3 lượt chia sẻ",
        "Truy cập 5 phút trước",
        "• • •",
    ],
)
def test_chrome_is_left_out(line):
    message = "Mai toàn trường nghỉ học vì bão"
    assert strip_chrome(f"{line}\n{message}") == message
    assert strip_chrome(line) == ""


@pytest.mark.parametrize(
    "message",
    [
        "20:41 tối nay cúp điện toàn phường",
        "Lớp 2A có 42 học sinh nghỉ ốm",
        "Thứ Hai nghỉ học",
        "Chia sẻ gấp cho mọi người biết",
        "Thu 300k tiền quạt",
        "12/4 thi học kì",
    ],
)
def test_words_of_a_message_stay(message):
    assert strip_chrome(message) == message
