import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.text.normalisation import (
    clean,
    fingerprint,
    is_unaccented,
    marked_key,
    normalise,
    one_line,
)

CLAIM = "Học sinh toàn tỉnh được nghỉ học từ 17/2 đến hết 29/2"
VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợ"
    "ùủũúụừửữứựỳỷỹýỵ 0123456789.,/-!?:",
    max_size=80,
)
ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(codec=None), st.sampled_from("aàđ\u0300\u0323ο1/ #@.\n")),
    max_size=120,
)


def test_clean_text_with_invisible_characters():
    assert clean("a\x00b\u200bc\ufeffd\ud800\u202ee\tf\r\ng") == "abcde\tf\ng"


def test_clean_keeps_wording_emoji_and_case():
    assert clean("KHẨN!!! Bão 🌪️ số 3") == "KHẨN!!! Bão 🌪️ số 3"


def test_clean_composes_decomposed_letters():
    assert clean(unicodedata.normalize("NFD", CLAIM)) == CLAIM


def test_clean_flood_of_marks_is_cut():
    assert len(clean("a" + "\u0323\u0300" * 50_000)) < 40


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("hoà thuý uỷ ban", normalise("hòa thúy ủy ban")),
        ("HỌC SINH NGHỈ HỌC!!!", "học sinh nghỉ học"),
        ("hs ko dc nghỉ nha mn", "học sinh không được nghỉ nha mọi người"),
        ("Nghỉỉỉỉ học nhaaaa", "nghỉ học nha"),
        ("Học kỳ III", "học kì iii"),
        ("𝐓𝐢𝐧 𝗻𝗼́𝗻𝗴 học sinh", "tin nóng học sinh"),
        ("Trườnɡ Hoɑ Mɑi ϲó 3 ϲɑ", "trường hoa mai có 3 ca"),
        ("Hа Nоi", "ha noi"),  # Cyrillic а and о
        ("#canhbao @all học sinh nghỉ", "học sinh nghỉ"),
        ("[Chuyển tiếp] KHẨN!!! Cảnh báo: trường đóng cửa", "trường đóng cửa"),
        ("Xem https://a.example/x?utm_source=z nhé", "xem nhé"),
        ("Sở GD&ĐT, Sở GD-ĐT", "sở giáo dục và đào tạo sở giáo dục và đào tạo"),
        ("vaccine vắc-xin vacxin", "vắc xin vắc xin vắc xin"),
        ("hp", "hp"),  # ambiguous: học phí or Hải Phòng
        ("TP.HCM", "thành phố hồ chí minh"),
        ("", ""),
        ("🌪️🌪️ !!!", ""),
    ],
)
def test_normalise_forms(written, key):
    assert normalise(written) == key


def test_normalise_header_word_inside_a_sentence_stays():
    assert normalise("Sở cảnh báo phụ huynh") == "sở cảnh báo phụ huynh"


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_clean_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    once.encode()  # contains no lone surrogate


@given(st.one_of(ANY_TEXT, VIETNAMESE))
@settings(max_examples=300, deadline=None)
def test_normalise_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.one_of(ANY_TEXT, VIETNAMESE))
@settings(max_examples=200, deadline=None)
def test_keys_are_the_same_for_nfc_and_nfd(text):
    text = clean(text)
    decomposed = unicodedata.normalize("NFD", text)
    assert normalise(decomposed) == normalise(text)
    assert fingerprint(decomposed) == fingerprint(text)


@given(VIETNAMESE, st.integers(0, 80), st.sampled_from("\u200b\u200d\ufeff\u00ad\u2060"))
@settings(max_examples=200, deadline=None)
def test_fingerprint_ignores_case_and_zero_width(text, position, invisible):
    shown = text[:position] + invisible + text[position:]
    assert fingerprint(shown.upper()) == fingerprint(text)


@pytest.mark.parametrize(
    "wording",
    [
        "HỌC SINH TOÀN TỈNH ĐƯỢC NGHỈ HỌC TỪ 17/2 ĐẾN HẾT 29/2!!!",
        "hs toàn tỉnh đc nghỉ học từ 17/02 đến hết 29/02 😱🙏",
        "Học sinh toàn tỉnh được nghỉ học từ ngày 17-2 đến hết ngày 29-2.",
    ],
)
def test_fingerprint_same_words_are_equal(wording):
    assert fingerprint(wording) == fingerprint(CLAIM)


@pytest.mark.parametrize(
    "wording",
    [
        "Học sinh toàn tỉnh được nghỉ học từ 17/2 đến hết 28/2",
        "Học sinh toàn tỉnh không được nghỉ học từ 17/2 đến hết 29/2",
        "Học sinh toàn tình được nghỉ học từ 17/2 đến hết 29/2",
        "Học sinh toàn tỉnh được nghỉ học từ 17/2 đến hết 29/2 https://tin.example/a",
    ],
)
def test_fingerprint_digit_negation_tone_or_link_differs(wording):
    assert fingerprint(wording) != fingerprint(CLAIM)


def test_fingerprint_tracking_parameters_do_not_count():
    with_tracking = "Đăng ký: http://www.qua.example/dk/?fbclid=1&utm_source=zalo"
    assert fingerprint(with_tracking) == fingerprint("Đăng ký: https://qua.example/dk")
    assert fingerprint(with_tracking) != fingerprint("Đăng ký: https://qua-that.example/dk")


def test_fingerprint_of_nothing_is_empty():
    assert fingerprint("🌪️ … !!!\u200b") == ""
    assert len(fingerprint("bão")) == 32


def test_text_without_diacritics_is_unaccented():
    assert is_unaccented("hoc sinh nghi hoc")
    assert not is_unaccented("học sinh nghỉ học")


def test_marked_key_keeps_sentence_marks_as_tokens():
    assert marked_key("Nghỉ học không? Đúng.") == "nghỉ học không ? đúng ."


def test_one_line_is_cleaned_and_cut():
    assert one_line("  Nghỉ\u200b học\n\tngày  mai ") == "Nghỉ học ngày mai"
    assert one_line(" a\n\tb\x00 ") == "a b"
    assert one_line("Nghỉ học", 4) == "Nghỉ"
