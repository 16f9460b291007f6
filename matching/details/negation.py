"""Negated phrases in a text."""

import re

from matching.text.letters import fold
from matching.text.patterns import MarkedText, compile_pattern

# "không khí", "không gian" contain no negation; "phải không?", "đúng không ạ" are questions; "không
# rõ thật giả", "không tin lắm" are about the sender.
_NEGATION = compile_pattern(
    r"(?P<no>không|chưa|chẳng|chả|đừng|chớ|suýt|hổng|hông)"
    r"(?! (?:khí|gian|quân|trung|lưu|chỉ|những|biết|rõ|hiểu|hạn|may|dấu|[.,?!:;¦]|ạ|vậy|nhỉ|hả|thế|"
    r"nhé|mọi|các|bạn|cả|ad|em|anh|chị|ta|mình|đấy|cô|thầy|nha|ai|hay|không|chưa|z|zậy|zạ|v|hen|nè|"
    r"bác|mẹ|cụ|tin lắm|kể)(?!\S))"
    r"(?! (?:quá|dưới|hơn|đến|tới|đầy|ít hơn) [0-9])"
    r" (?P<what>[^\W\d]+(?: [^\W\d]+)?)",
    match_unaccented=False,
)
_UNACCENTED_NEGATION = compile_pattern(
    r"(?P<no>khong(?! (?:khi|gian|quan|trung|luu|chi|nhung|biet|ro|hieu|dau|[.,?!:;¦]|a|vay|nhi|ha|"
    r"the|nhe|moi|cac|ban|ca|ad|em|anh|chi|ta|minh|day|co|thay|nha|ai|hay|z|zay|v|hen|ne|bac|tin)(?!\S))"
    r"|chua(?= (?:cho|duoc|phai|bi|thong bao|quyet dinh|xac)))"
    r" (?P<what>[^\W\d]+(?: [^\W\d]+)?)"
)
# "khỏi ký", "khỏi phải đóng" mean "need not". "chữa khỏi", "ra khỏi" do not.
_NOT_REQUIRED = compile_pattern(
    r"(?P<no>khỏi)(?: phải| cần)? "
    r"(?P<what>kí|kí tên|đóng|nộp|thi|học|đi học|làm|mua|tiêm|test|đeo)",
    match_unaccented=False,
)
_BEFORE_NOT_REQUIRED = ("ra ", "chữa ", "rời ", "thoát ", "bảo vệ ")
_ENGLISH_NEGATION = compile_pattern(
    r"(?:is|are|was|were|does|do|did|will|would|has|have|had|can|could|should|must|may)"
    r"(?:n? t| not) (?P<what>[a-z]+)|(?:cannot|can t|won t|don t|never) (?P<other>[a-z]+)"
)
_WITH_DIACRITICS = {
    "khong": "không", "chua": "chưa", "hổng": "không", "hông": "không", "chẳng": "không",
    "chả": "không",
}  # fmt: skip
# "Đừng cho con ăn" and "không cho trẻ ăn" forbid the same.
_FORBIDS = re.compile(r"^(?:dung|cho|khong)(?: nen| duoc)? ")
_CHILDREN = re.compile(r"\b(?:con|chau|be|em|cac con|hoc sinh)\b")
_BEFORE_NOT_NEGATED = ("hàng ", "hang ", "có hay ", "phải hay ", "hoặc ", "hay ")


def find_negations(marked: MarkedText) -> set[str]:
    """Return negated phrases, e.g. ``chưa cho phép``; the *không* of a question is not one."""
    phrases: set[str] = set()
    for match in (_UNACCENTED_NEGATION if marked.unaccented else _NEGATION).find(marked):
        before = marked.text[max(0, match.start() - 8) : match.start()]
        if not before.endswith(_BEFORE_NOT_NEGATED):
            phrases.add(f"{_WITH_DIACRITICS.get(match['no'], match['no'])} {match['what']}")
    for match in _NOT_REQUIRED.find(marked):
        if not marked.text.endswith(_BEFORE_NOT_REQUIRED, 0, match.start()):
            phrases.add(f"không phải {match['what']}")
    if " t " in marked.text or "not " in marked.text or "never " in marked.text:
        phrases.update(f"not {m['what'] or m['other']}" for m in _ENGLISH_NEGATION.find(marked))
    return phrases


def _canonical(phrase: str) -> str:
    return _CHILDREN.sub("tre", _FORBIDS.sub("khong ", fold(phrase)))


def same_negation(left: str, right: str) -> bool:
    """Whether two negated phrases deny the same; one may be cut short by the end of its clause."""
    one, other = sorted((_canonical(left), _canonical(right)), key=len)
    return other == one or other.startswith(one + " ")
