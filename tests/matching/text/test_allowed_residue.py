"""The allow-list changes only together with these tests."""

import hashlib
import re
import unicodedata
from datetime import date

import pytest

from matching.details.slot_extraction import extract_slots
from matching.scoring.core_text import core_text
from matching.scoring.policy import Action, decide
from matching.scoring.ranking import Candidate, Query, rank
from matching.text import allowed_residue, packaging_words
from matching.text.normalisation import exact_key

# Of the modules. Who changes the list adds the text that shows the need below, reads the rules in
# the modules' docstrings, and writes the new digest here.
DIGEST = "6eb069ac74c499b4"
CLAIM = "Nhà máy hoá chất Đại Phát ở xã An Bình rò rỉ khí độc"
DAY = date(2026, 11, 26)

OPENINGS = [
    "[Chuyển tiếp] ", "Fwd: ", "Chuyển tiếp\n\n", "CẢ NHÀ ƠI… ", "Mn ơi, ", "Các mẹ ơi!!! ",
    "Các bố các mẹ ơi 😭 ", "Anh chị em ơi: ", "🙏 Chia sẻ giúp em ạ: ", "KHẨN!!! ", "Tin nóng 📢 ",
    "Cảnh báo cả nhà 🚨 ", "Cho em hỏi ", "Mọi người cho mình hỏi chút: ", "Nghe nói ", "Dạ ",
    "Alo ", "Chào cả nhà, ", "Các mẹ xem giúp em với: ", "Có ai nghe tin này chưa ạ: ",
    "Cứu với mn ơi ", "🔥🔥 HÓNG 🔥🔥\n", "📌📌 ", "➡️ Chuyển tiếp: ", "Bạn em gửi, ", "ơ ",
    "#chiase ",
    "Thấy bảo ", "Nghe đâu ", "Hỏi cả nhà chút ạ: ", "Em xin phép hỏi: ", "Sợ quá! ",
    "Nhờ các mẹ xác nhận: ", "Bà con coi nè: ", "Tin mới nhận: ", "🔁 ", "Huhu, ",
    "=====\n", "⚠️⚠️ ", "Mọi người lưu ý: ", "Ê ", "Ủa, ", "fw ", "@Mọi người ", "@all ",
    "Mấy má ơi ", "Copy từ nhóm lớp: ", "Tin nhắn từ nhóm cư dân: ",
]  # fmt: skip
CLOSINGS = [
    " đúng không ạ?", " có đúng không mọi người?", ", thiệt hông ta 🤔", " ạ", " nhé", " 😢🙏🙏",
    ". Có phải không ạ?", ". Mọi người chia sẻ nhé", "\nMọi người nghĩ sao ạ", " thật hay giả vậy?",
    ". Em cảm ơn cả nhà", ". Ai biết xác nhận giúp em với", " 🤢🤢 ai biết xác nhận giúp với",
    " vậy mọi người?", " 🤦‍♀️", ". Nguồn: Facebook", ". Cho em xin ý kiến ạ", ". Hóng",
    ". Hãy gửi cho bạn bè và người thân", ". Hoang mang quá", " phải hông ta", ". (Sưu tầm)",
    "!!!", " #share", ". Nhờ các mẹ kiểm tra giúp", ". Chia sẻ cho mọi người cùng biết",
    ". Share gấp ạ", ", đúng không vậy cả nhà?", " có ai biết vụ này không ạ", " hở mấy chị",
    " có thật hay không", " vậy là sao?", " kìa trời ơi", ", mọi người nghĩ sao",
    " - nguồn facebook",
    ", ai rõ cho mình biết với", ", chả biết sao nữa", " đấy cả nhà", " cái ni thiệt hả",
    " — copy từ facebook", " (Nguồn: group phụ huynh)", ", em cảm ơn mọi người",
]  # fmt: skip
# A name, number, day, addressee, issuer, negation, rebuttal or a sign with a meaning.
NOT_ALLOWED = [
    "Chuyển tiếp từ Sở GD&ĐT: {}", "Kính gửi phụ huynh lớp 1: {}", "Các thầy cô ơi, {}",
    "Cô Lan gửi: {}", "Chủ nhật: {}", "Không phải {}", "❌ {}", "✅ {}", "[SAI] {}", "#tingia {}",
    "{} ❌", "{}. Sai rồi nhé mọi người", "{} 🤥", "{}. Gửi từ nhóm Hội mẹ bỉm", "{} không",
    "{} 3 lần", "Phụ huynh ơi, {}", "{}. Không được chia sẻ", "@hieutruong {}", "{} → tin giả",
    "Tin từ bạn làm trong ngành: {}", "{} 👎", "🚫 {}",
]  # fmt: skip


def _action(left: str, right: str) -> Action:
    ranked = rank(Query(left, seen_on=DAY), [Candidate(1, right, seen_on=DAY)])
    return decide(ranked).action


@pytest.mark.parametrize("opening", OPENINGS)
def test_forward_with_an_allowed_opening_is_linked(opening):
    assert _action(opening + CLAIM, CLAIM) is Action.LINK
    assert _action(CLAIM, opening + CLAIM + CLOSINGS[0]) is Action.LINK


@pytest.mark.parametrize("closing", CLOSINGS)
def test_forward_with_an_allowed_closing_is_linked(closing):
    assert _action(CLAIM + closing, CLAIM) is Action.LINK
    assert _action(CLAIM, OPENINGS[0] + CLAIM + closing) is Action.LINK


@pytest.mark.parametrize(
    "sentence",
    [
        "Mọi người đọc kĩ rồi cho em xin ý kiến với ạ",
        "Các chị ơi xem giúp em vụ này với",
        "Có ai nghe chuyện này chưa mọi người",
        "Thấy nhiều người chia sẻ quá",
        "Lo quá các mẹ ạ",
        "Em mới nhận được trên Zalo",
        "Bài này đang lan truyền trên mạng",
        "Thật không vậy",
        "Ai biết tin này có đúng không ạ",
        "Share nhanh cho mọi người cùng biết để đề phòng",
    ],
)
def test_sentence_of_words_that_say_nothing_may_stand_before_or_after(sentence):
    assert _action(f"{sentence}: {CLAIM}", CLAIM) is Action.LINK
    assert _action(f"{CLAIM}. {sentence}!", CLAIM) is Action.LINK


@pytest.mark.parametrize(
    "sentence",
    [
        "Tin này không đúng",
        "Không phải đâu mọi người",
        "Tin đồn đấy mọi người ơi",
        "Sai rồi",
        "Chưa đúng đâu các mẹ",
        "Cô Lan nói vậy",
        "Hôm qua em thấy",
        "Có 3 người thấy rồi",
        "Không chia sẻ nhé",
        "Chưa ai xác nhận",
        "Ở trường Hoa Mai nhé",
        "Mai nhé mọi người",
    ],
)
def test_sentence_with_any_other_word_stays(sentence):
    assert _action(f"{sentence}: {CLAIM}", CLAIM) is not Action.LINK
    assert _action(f"{CLAIM}. {sentence}!", CLAIM) is not Action.LINK


def test_question_around_the_whole_claim_is_removed_at_both_ends_or_not_at_all():
    assert _action(f"Có phải {CLAIM} không ạ?", CLAIM) is Action.LINK
    assert _action(f"Không biết có đúng là {CLAIM} không mọi người", CLAIM) is Action.LINK
    assert _action(f"Có phải {CLAIM}", CLAIM) is Action.SUGGEST
    assert _action(f"{CLAIM} không", CLAIM) is Action.SUGGEST


@pytest.mark.parametrize("frame", NOT_ALLOWED)
def test_text_with_anything_else_around_the_claim_is_not_linked(frame):
    assert _action(frame.format(CLAIM), CLAIM) is Action.SUGGEST
    assert _action(CLAIM, frame.format(CLAIM)) is Action.SUGGEST


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Học sinh trường Hoa Mai không được chia sẻ", "Học sinh trường Hoa Mai không được đăng"),
        ("Trường Hoa Mai trả lại tiền cho các bạn", "Trường Hoa Mai trả lại tiền cho các mẹ"),
        ("Kiểm tra học kì trường Hoa Mai bị huỷ", "Học kì trường Hoa Mai bị huỷ"),
        ("Phụ huynh trường Hoa Mai vào phải 😷 nhé", "Phụ huynh trường Hoa Mai vào phải nhé"),
        ("Cả xã có 5 nhà thầy cô Mai ở đấy", "Cả xã có 5 nhà thầy cô Mai ở"),
        ("Trường Hoa Mai sửa lại cống hở", "Trường Hoa Mai sửa lại cống"),
        ("Trường Hoa Mai sáng nay 🔥", "Trường Hoa Mai sáng nay 💧"),
    ],
)
def test_word_of_the_claim_that_looks_like_a_phrase_stays(left, right):
    assert _action(left, right) is not Action.LINK
    assert _action(right, left) is not Action.LINK


@pytest.mark.parametrize("phrase", [*OPENINGS, *CLOSINGS])
def test_phrase_holds_no_detail(phrase):
    slots = extract_slots(phrase.strip(), DAY)
    assert slots.to_json() == {}
    assert core_text(exact_key(f"{phrase} {phrase}")) is not None


def test_no_decorative_sign_is_a_letter_digit_or_sign_of_arithmetic():
    signs = (
        allowed_residue.PUNCTUATION | allowed_residue.ATTENTION | allowed_residue.EDGE_DECORATION
    )
    for sign in signs:
        assert not sign.isalnum()
        assert unicodedata.category(sign) != "Sc"
        assert sign not in "<>≤≥+=≠±%°/→←✅❌🚫⛔👍👎✔✖×"


def test_allow_list_has_the_digest_of_these_tests():
    values = {
        f"{module.__name__}.{name}": sorted(value) if isinstance(value, frozenset) else value
        for module in (allowed_residue, packaging_words)
        for name, value in vars(module).items()
        if re.fullmatch("_?[A-Z_]+", name)
    }
    digest = hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:16]
    assert digest == DIGEST
