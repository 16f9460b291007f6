import pytest

from matching.scoring.core_text import core_text
from matching.scoring.packaging import is_packaging, mark_names, without_unmarked_closing
from matching.scoring.policy import Action, decide
from matching.scoring.prepared_text import prepare_text
from matching.scoring.ranking import Candidate, Query, rank
from matching.text.normalisation import exact_key

CLAIM = "Nhà máy hoá chất Đại Phát ở xã An Bình rò rỉ khí độc"

FORWARDERS_OWN = [
    "Em mới đọc bên nhóm chung cư ạ", "Chồng em vừa gửi", "Đọc mà rùng mình",
    "Có mẹ nào biết vụ này không ạ", "Ai rành chỉ em với", "Ủa thiệt hả mấy ní",
    "Em lượm được trên mạng", "Xin phép ad cho em đăng lại ạ", "Nhờ ad duyệt bài giúp",
    "Thấy người ta đăng vầy nè bà con", "Mấy chế coi dùm em cái ni có thiệt không",
    "Bớ bà con ơi, đọc đi nè", "Nghe hàng xóm kể vậyyy", "Mọi người nghĩ sao ạ",
]  # fmt: skip
NOT_OWN = [
    # an addressee, an issuer, a place
    "Cả lớp ơi", "Phụ huynh ơi xem này", "Sở gửi", "Nhà trường nhắn", "Cô gửi", "Ở Hà Nội ạ",
    "Nhóm Hội mẹ Hà Nội", "Bên báo Tuổi Trẻ đăng", "Trong nhóm lớp 3A",
    # a day, a number, a limit
    "Mai xem nhé", "Hôm qua em đọc", "Có 2 người gửi", "Chỉ các bạn con em", "Hết rồi ạ",
    "Mấy hôm trước em đọc",
    # a negation, a rebuttal, a doubt
    "Em nghe nói là không", "Ai cũng biết là không ạ", "Em thấy không đúng", "Chưa ai thấy",
    "Tin này cũ rồi", "Chưa chắc đúng ạ", "Hình như nhầm ngày", "Trường khác ạ", "Xạo nha",
    "Vẫn đi học bình thường nhé", "Em không tin", "Làm gì có",
    # only people or a medium
    "Cho các chị", "Facebook", "Nhóm lớp con em",
]  # fmt: skip
NAMES = "Lan Minh Thông Thương Mạnh Chi Ni Tí Đăng Chuẩn Toàn Hoài Hương Ba Tư Kinh Thật Anh Tin Lo"
NAMED = [
    "Chị {} gửi: <>", "Nghe bác {} nói: <>", "Em thấy anh {} đăng thế này:\n<>", "Dì {} ơi, <>",
    "Chuyển tiếp từ {}: <>", "<>. Nghe chị {} kể ạ", "<>. Em cảm ơn chị {}", "<>. Nguồn: {}",
    "<> Nghe anh {} nói ạ",
]  # fmt: skip


def _actions(left: str, right: str) -> set[Action]:
    return {
        decide(rank(Query(a), [Candidate(1, b)])).action for a, b in ((left, right), (right, left))
    }


@pytest.mark.parametrize("sentence", FORWARDERS_OWN)
def test_sentence_of_closed_classes_links_before_and_after_the_claim(sentence):
    assert is_packaging(exact_key(sentence))
    assert _actions(f"{sentence}: {CLAIM}", CLAIM) == {Action.LINK}
    assert _actions(f"{CLAIM}. {sentence}!", CLAIM) == {Action.LINK}


@pytest.mark.parametrize("sentence", NOT_OWN)
def test_sentence_with_a_protected_word_stays(sentence):
    assert not is_packaging(exact_key(sentence))
    for text in (f"{sentence}: {CLAIM}", f"{sentence}, {CLAIM}", f"{CLAIM}. {sentence}!"):
        assert Action.LINK not in _actions(text, CLAIM)


@pytest.mark.parametrize("name", NAMES.split())
def test_name_stays_though_it_is_a_word_of_the_classes(name):
    for frame in NAMED:
        text = frame.format(name).replace("<>", CLAIM)
        assert prepare_text(text).core_fingerprint != prepare_text(CLAIM).core_fingerprint, text


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("Trường Hoa Mai trả tiền cho các bố, các mẹ", "Trường Hoa Mai trả tiền cho các bố"),
        ("Học sinh trường Hoa Mai cấm đăng, chia sẻ", "Học sinh trường Hoa Mai cấm đăng"),
        ("Lừa đảo học sinh qua các kênh: zalo, facebook", "Lừa đảo học sinh qua các kênh: zalo"),
        ("Xin Sở cho học sinh toàn tỉnh nghỉ học", "Sở cho học sinh toàn tỉnh nghỉ học"),
        ("Học sinh mất tích không có ai biết", "Học sinh mất tích không"),
    ],
)
def test_item_of_a_list_and_a_verb_of_the_claim_stay(longer, shorter):
    assert Action.LINK not in _actions(longer, shorter)


def test_closing_without_a_mark_is_told_by_its_capital():
    assert without_unmarked_closing(f"{CLAIM} Có ai biết vụ này k ạ?") == f"{CLAIM} "
    assert _actions(f"{CLAIM} Mọi người cẩn thận nhé!!!", CLAIM) == {Action.LINK}
    for text in (f"{CLAIM} Có người chết", f"{CLAIM} có xem", "Trường Hoa Mai Cho Học Sinh Xem"):
        assert without_unmarked_closing(text) == text


def test_kin_terms_with_capitals_are_no_names():
    assert mark_names("Các Anh Chị ơi, Chị Em mình xem") == "Các Anh Chị ơi, Chị Em mình xem"
    assert mark_names("Chị Thật gửi") != "Chị Thật gửi"


def test_quotation_marks_and_marks_of_a_reply_around_the_whole_text_go():
    for text in (f"> {CLAIM}", f">> {CLAIM}", f"==> {CLAIM}", f"《{CLAIM}》", f"「{CLAIM}」"):
        assert _actions(text, CLAIM) == {Action.LINK}
    assert Action.LINK not in _actions("> 16 tuổi được tiêm ở trường", "16 tuổi được tiêm ở trường")


def test_core_text_of_packaging_alone_is_not_searched_for_ever():
    assert core_text(exact_key("Em gửi ạ. " * 60)) is not None
