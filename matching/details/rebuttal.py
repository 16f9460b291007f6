"""Rebuttals: texts that deny the claim they are about."""

from matching.details.slot_set import Slots
from matching.text.patterns import MarkedText, compile_pattern

_REBUTTAL = compile_pattern(
    r"bác bỏ|bác (?:thông )?tin|phủ nhận|đính chính|cải chính|tin giả|tin (?:đồn )?thất thiệt|"
    r"(?:là|thông tin|văn bản|công văn) giả(?: mạo)?(?! (?:danh|làm))|sai sự thật|tin vịt|"
    r"không (?:đúng(?: sự thật)?|chính xác|có chuyện|có việc|có căn cứ|có cơ sở|phải sự thật|hề có)"
    r"(?! (?:không|ạ))|"
    r"không có (?:(?!thì)[^\W_]+ ){1,6}nào (?:bị|được|đã|phải|tử|mất|mắc|nhiễm|chết)|"
    r"chưa có (?:căn cứ|cơ sở)|hoàn toàn bịa đặt|bịa đặt|tin đồn thất thiệt|tung tin|fake news|"
    r"(?:police|officials|ministry|school|authorities|hospital|who) (?:deny|denies|denied)|"
    r"debunk(?:s|ed|ing)?|hoax|fact ?check(?:s|ed|ers)?|"
    r"(?:is|are|was|were) (?:completely )?(?:false|untrue|fake)|"
    r"false claims?|not true|no evidence|misinformation"
)
_QUESTION_AFTER = (" không ", " khong ", " à ", " a ?", " hả ", " hay ")
_QUESTION_BEFORE = ("có phải ", "có phải là ", "hay là ", "hay ", "hoặc ", "sợ ", "co phai ")
REBUTTAL_VALUE = "bác bỏ"


def find_rebuttal(marked: MarkedText) -> set[str]:
    """Return ``{"bác bỏ"}`` if the text rebuts the claim it is about, else an empty set.

    "Có phải tin giả không?" is a question, not a rebuttal.
    """
    for match in _REBUTTAL.find(marked):
        after = marked.text[match.end() : match.end() + 8] + " "
        if not after.startswith(_QUESTION_AFTER) and not marked.text.endswith(
            _QUESTION_BEFORE, 0, match.start()
        ):
            return {REBUTTAL_VALUE}
    return set()


def one_side_rebuts(a: Slots, b: Slots) -> bool:
    """Whether exactly one side is a rebuttal: the texts are related, never duplicates."""
    return bool(a.rebuttal) != bool(b.rebuttal)
