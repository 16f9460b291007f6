"""Rebuttals: texts that deny the claim they are about."""

import re

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
# Denials as people type them. "Ở đâu có bán" asks, "phải làm gì" asks, "bịa điểm" is a claim.
_COLLOQUIAL = compile_pattern(
    r"(?<!ở )(?<!từ )(?<!chỗ )(?<!nơi )đâu (?:có|phải)(?! (?:bán|không|ạ|thế|vậy))|"
    r"(?:làm gì|lấy đâu ra|lấy gì) có(?! (?:ai biết|thể giúp))|"
    r"(?<!phải )(?<!cần )(?<!nên )(?<!biết )(?<!muốn )(?<!để )làm gì "
    r"(?!(?:để|khi|nếu|với|đây|tiếp|bây|là|cho|mà)\b)(?:[^\W_]+ ){1,8}được(?! (?:không|ạ|hả))|"
    r"(?:không|chẳng|chả|hổng|hông)(?: có| phải| hề){0,2}(?: (?!biết|ở|đi|từ)[^\W_]+){0,6} "
    r"(?<!ở )(?<!đi )(?<!từ )(?<!biết )đâu(?= (?:[.,!:;]|nha|nhé|mà|ạ|nghen|nhe|mọi|các)|$)|"
    r"(?:chẳng|chả|hổng|hông|không|chưa từng|chưa hề) (?:có chuyện|có vụ|có thật|hề|thật|đúng)"
    r"(?! (?:không|ạ))|"
    r"(?:là |ba |nói |toàn |đồ )?xạo(?: ke)?|(?:nói|đồn|tin) (?:dóc|láo|bậy|nhảm|xàm|bừa|điêu|"
    r"phét)|"
    r"bốc phét|tào lao|nhảm nhí|vớ vẩn|xàm xí|"
    r"(?:là|toàn|chuyện|tin|thông tin|hoàn toàn|đồ|tự|ai|người ta) bịa(?! điểm)|"
    r"bịa (?:đó|đấy|nha|nhé|thôi|ra|chuyện|mà|hết|rồi|tạc)|bịa(?= [.,!]|$)|"
    r"tin (?:sai|đểu|rác|bịp|lừa|đồn nhảm|không thật|fake)|fake(?= (?:đó|đấy|nha|nhé|rồi|thôi|"
    r"[.,!])|$)|"
    r"(?:tin|thông tin|điều|chuyện|vụ|cái)(?: đồn)?(?: này| đó| trên| kia| ấy) (?:là )?(?:sai|"
    r"giả|fake|bịa)|"
    r"là (?:tin )?(?:sai|láo|nhảm|ảo|fake)(?= (?:[.,!]|nha|nhé|đó|đấy|rồi|nghen|mọi|các|hoàn)|$)|"
    r"hoàn toàn sai|sai (?:bét|hoàn toàn|toét|100%)|"
    r"đừng (?:có )?(?:tin|nghe)(?= (?:nha|nhé|mọi|các|nghe|lời|tin|[.,!])|$)"
)
# "Sai" alone denies the text beside it as a mark of its own, or with a particle.
_MARK_OF_FALSE = re.compile(
    r"(?:^|[.,?!:;] )(?:sai|fake|giả|tin giả|false|không đúng)"
    r"(?= (?:[.,!:;]|rồi|nhé|nha|nhe|đó|đấy|hết|sự|mọi|các)|$)"
)
_FALSE_AT_THE_END = re.compile(
    r"(?<![^ ])(?P<what>[^ ]+) sai (?:rồi|nhé|nha|nhe|đó|đấy|nghen)(?= |$)"
)
# "In sai rồi", "chấm sai nhé": what was done wrongly is the claim.
_DONE_WRONG = frozenset(
    [
        "in",
        "làm",
        "dạy",
        "ghi",
        "viết",
        "tính",
        "chấm",
        "đọc",
        "nghe",
        "hiểu",
        "báo",
        "gửi",
        "chép",
        "đề",
        "đáp",
        "án",
        "trả",
        "lời",
        "nhập",
        "chuyển",
        "cộng",
        "đi",
        "mua",
        "tiêm",
        "phát",
        "uống",
        "kê",
        "dịch",
        "giải",
        "soạn",
        "khai",
        "kí",
        "đóng",
        "xếp",
        "đo",
        "bị",
        "cho",
    ]
)
_QUESTION_AFTER = (" không ", " khong ", " à ", " a ?", " hả ", " hay ")
_QUESTION_BEFORE = ("có phải ", "có phải là ", "hay là ", "hay ", "hoặc ", "sợ ", "co phai ")
REBUTTAL_VALUE = "bác bỏ"


def find_rebuttal(marked: MarkedText) -> set[str]:
    """Return ``{"bác bỏ"}`` if the text rebuts the claim it is about, else an empty set.

    "Có phải tin giả không?" is a question, not a rebuttal.
    """
    if _MARK_OF_FALSE.search(marked.text) or _ends_with_false(marked.text):
        return {REBUTTAL_VALUE}
    for match in (*_REBUTTAL.find(marked), *_COLLOQUIAL.find(marked)):
        after = marked.text[match.end() : match.end() + 8] + " "
        if not after.startswith(_QUESTION_AFTER) and not marked.text.endswith(
            _QUESTION_BEFORE, 0, match.start()
        ):
            return {REBUTTAL_VALUE}
    return set()


def _ends_with_false(text: str) -> bool:
    return any(match["what"] not in _DONE_WRONG for match in _FALSE_AT_THE_END.finditer(text))


def one_side_rebuts(a: Slots, b: Slots) -> bool:
    """Whether exactly one side is a rebuttal: the texts are related, never duplicates."""
    return bool(a.rebuttal) != bool(b.rebuttal)
