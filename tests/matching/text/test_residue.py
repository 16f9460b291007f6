import pytest

from matching.text.normalisation import SIGN, exact_key, fingerprint, marked_key
from matching.text.residue import mark_signs


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Lớp 1️⃣ nghỉ 🔟 ngày, giảm 5️⃣0️⃣%", "lớp 1 nghỉ 10 ngày , giảm 50%"),
        ("Cổng số ② và ❸, khối 🅰", "cổng số 2 và 3 , khối a"),
        ("#KimĐồng #TrườngTHCSHoaMai #LớpHai1", "kim đồng trường thcs hoa mai lớp 2 1"),
        ("#lop_6A @TruongHoaMai", "lop 6a truong hoa mai"),
        ("#tingia #chiase @all nghỉ học", "tin giả ; nghỉ học"),
        ("n̶g̶h̶ỉ̶ ̶ học", "nghỉ học"),
    ],
)
def test_digits_and_words_in_signs_are_read(written, key):
    assert marked_key(written).replace("; ; ", "; ").strip(" ;,") == key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("trẻ <16 tuổi", "trẻ >16 tuổi"), ("trẻ ≤16 tuổi", "trẻ ≥16 tuổi"),
        ("nhiệt độ -3 độ", "nhiệt độ 3 độ"), ("cộng +2 điểm", "cộng 2 điểm"),
        ("thu 50$ một em", "thu 50€ một em"), ("7h → 8h", "7h ← 8h"), ("7h -> 8h", "7h <- 8h"),
        ("thi ≠ xét tuyển", "thi = xét tuyển"), ("✅ đi học", "❌ đi học"),
        ("🚫 ăn quà", "👍 ăn quà"), ("n̶g̶h̶ỉ̶ học", "nghỉ học"), ("10² lần", "102 lần"),
        ('trường "tự nguyện" thu', "trường tự nguyện thu"),
        ("trường 'mời' phụ huynh", "trường mời phụ huynh"),
        ("@lananh đánh bạn", "@minhthu đánh bạn"), ("đi học 5*3 buổi", "đi học 5 3 buổi"),
        ("sữa 🇨🇳 độc", "sữa 🇻🇳 độc"), ("trẻ 🟢 đi học", "trẻ 🔴 đi học"),
        ("#NguyễnVănAn đánh bạn", "#NguyễnVănBình đánh bạn"), ("½ lớp nghỉ", "⅓ lớp nghỉ"),
        ("nghỉ học¹ nhé", "nghỉ học nhé"), ("vào http://[x đi", "vào http://[y đi"),
    ],
)  # fmt: skip
def test_texts_with_another_sign_have_other_fingerprints(left, right):
    assert fingerprint(left) != fingerprint(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("“Học sinh trường Hoa Mai được nghỉ học”", "Học sinh trường Hoa Mai được nghỉ học"),
        ("Cả lớp nghỉ học 😱😱", "Cả lớp nghỉ học"), ("• Cả lớp nghỉ học!!!", "cả lớp nghỉ học."),
        ("*Cả lớp* nghỉ học", "Cả lớp nghỉ học"), ("căng-tin lớp", "căng tin lớp"),
        ("7h ➡ 8h", "7h → 8h"), ("7h => 8h", "7h → 8h"), ("50.000₫", "50.000đ"),
        ("Bão số 3 về 🌪️", "Bão số 3 về"), ("⚠️ Cả lớp nghỉ học", "Cả lớp nghỉ học"),
        ("-----\nCả lớp nghỉ học", "Cả lớp nghỉ học"), ("+ Cả lớp nghỉ", "Cả lớp nghỉ"),
        ("Từ 10-15/3 nghỉ", "Từ 10 - 15/3 nghỉ"), ("Gọi +84 912 345 678", "Gọi 0912345678"),
    ],
)  # fmt: skip
def test_allowed_signs_do_not_count(left, right):
    assert fingerprint(left) == fingerprint(right)


def test_person_in_a_tag_is_a_sign_and_no_word():
    key = exact_key("#NguyễnVănAn và @lan.anh đánh bạn")
    assert "lan" not in key.replace(SIGN, " ").split()
    assert "nguyễn" not in key.split()
    assert marked_key("@lananh đánh bạn") == "đánh bạn"


def test_plain_text_is_returned_as_it_is():
    text = "Học sinh toàn tỉnh được nghỉ học từ 17/2 (thứ Hai)"
    assert mark_signs(text) is text


@pytest.mark.parametrize("sign", ["🔥", '"', "<", "-", "😱 ", "#a", "̶", "'"])
def test_flood_of_signs_takes_linear_time(sign):
    assert isinstance(exact_key(sign * 2_500), str)
