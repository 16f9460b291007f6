import pytest

from matching.scoring.core_text import cautions, core_fingerprint, is_unaccented_vietnamese
from matching.text.normalisation import exact_key

CLAIM = "Nhà máy hoá chất Đại Phát ở xã An Bình rò rỉ khí độc"


def _key(text):
    return core_fingerprint(exact_key(text), [])


@pytest.mark.parametrize(
    "text",
    [
        f"Mọi người ơi, {CLAIM}!!!",
        f"Các mẹ ơi cho em hỏi: {CLAIM} có đúng không ạ?",
        f"Mọi người chia sẻ gấp giúp em với ạ!!! {CLAIM}",
        f"Nghe nói {CLAIM} thật không các bác ạ",
        f"{CLAIM.upper()} ạ 😱. Em cảm ơn mọi người",
    ],
)
def test_greetings_and_questions_around_a_claim_do_not_change_the_core_text(text):
    assert _key(text) == _key(CLAIM) != ""


@pytest.mark.parametrize(
    "text",
    [
        CLAIM.replace("khí độc", "nước thải"),
        f"{CLAIM} không",
        f"Không có chuyện {CLAIM}",
        CLAIM.replace("xã", "phường"),
        f"{CLAIM} là tin giả",
        "Ở xã An Bình nhà máy hoá chất Đại Phát rò rỉ khí độc",
    ],
)
def test_any_word_of_the_claim_changes_the_core_text(text):
    assert _key(text) != _key(CLAIM)


@pytest.mark.parametrize(
    "text", ["", "Học sinh nghỉ học ạ", "truong hoa mai nghi hoc tu ngay mai den het tuan"]
)
def test_short_or_unaccented_text_has_no_core_fingerprint(text):
    assert _key(text) == ""


@pytest.mark.parametrize(
    ("key", "unaccented"),
    [
        ("hoc sinh toan tinh duoc nghi hoc", True),
        ("học sinh toàn tỉnh được nghỉ học", False),
        ("the school is closed because of the flood", False),
        ("nghi hoc", False),
        ("", False),
    ],
)
def test_unaccented_vietnamese(key, unaccented):
    assert is_unaccented_vietnamese(key) is unaccented


def test_cautions_of_unaccented_text_and_rebuttal():
    assert cautions("hoc sinh nghi hoc", "học sinh nghỉ học", False) == ("plain",)
    assert cautions("học sinh", "học sinh", True) == ("rebuttal",)
    assert cautions("school is closed", "school is closed", False) == ()
