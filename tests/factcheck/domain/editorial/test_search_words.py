import pytest

from factcheck.domain.editorial.search_words import asked_words, notice_words

NOTICE = notice_words(
    "Ăn trứng gà trước nửa đêm thì không nhiễm bệnh.",
    "Đập thủy điện trên sông Mây đã vỡ.",
    "Yêu cầu phụ huynh chuyển 50 triệu đồng.",
    "Công văn 1482/SGDĐT-VP của Sở GD&ĐT Thanh Giang cho học sinh nghỉ học.",
    "Học sinh trường công lập không phải đóng học phí.",
)


@pytest.mark.parametrize(
    "words",
    [
        *("trứng gà?", "trứng gà,", "“trứng gà”", "'trứng gà'", "TRỨNG GÀ"),
        *("trung ga", "trứng gà!!!"),
        *("Ðập sông mây", "đập sông mây", "dap song may"),
        *("50.000.000đ", "50tr", "50 triệu", "50000000 đồng"),
        *("cv 1482", "công văn 1482", "CV1482/SGDĐT-VP", "1482/sgddt-vp"),
        *("ko đóng học phí", "không đóng học phí", "k phải đóng học phí"),
        *("sở giáo dục thanh giang", "sở GD&ĐT", "Sở GDĐT", "sở gd-đt", "hs nghỉ học"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_are_one_word(words: str) -> None:
    missing = [word for word in asked_words(words) if f" {word} " not in NOTICE]
    assert not missing


def test_words_that_only_ask_are_left_out() -> None:
    assert asked_words("trứng gà có đúng không ạ?") == asked_words("trứng gà")
    assert asked_words("đúng không?")  # nothing else to look for


def test_other_words_are_not_in_it() -> None:
    assert any(f" {word} " not in NOTICE for word in asked_words("xoài"))


@pytest.mark.parametrize("text", ["", "?!", "\0", "“”", "🙂"])
def test_marks_alone_are_no_words(text: str) -> None:
    assert asked_words(text) == []
