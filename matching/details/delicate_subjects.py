"""Delicate subjects: illness, violence, money and conduct, which the people whom they are about
should not be the first to read."""

from matching.details.danger_signs import find_danger
from matching.details.grave_subjects import GraveSubject, grave_subjects
from matching.text.letters import fold
from matching.text.normalisation import clean, is_unaccented, marked_key
from matching.text.patterns import GAP, MarkedText, compile_pattern

MAX_CHARACTERS = 5_000  # characters of a text that are read

# Compounds of which one syllable alone would be a grave word.
_HARMLESS = compile_pattern(
    r"đánh (?:giá|máy|số|dấu|cầu|bóng|đàn|vần|răng|trống)|lao động|lao công|dao động|nổ lực|"
    r"bắt (?:đầu|nhịp|tay|kịp)|tiền (?:học kì|đề|lệ|tiến|thân|sử)|thay đổi",
    match_unaccented=False,
)
_MONEY = compile_pattern(
    r"tiền|học phí|lạm thu|(?:khoản|mức) thu|thu (?:phí|quĩ|thêm|chi|sai)|"
    r"quĩ (?:lớp|trường|phụ huynh|hội)|đóng góp|phong bì|hối lộ|tham (?:nhũng|ô)|bớt xén|ăn chặn|"
    r"biên lai|hoá đơn|chuyển khoản|chạy (?:trường|lớp|điểm)|vận động tài trợ|[0-9]+ đồng|"
    r"fees?|money|bribes?|donations?"
)
_STAFF = (
    r"cô|thầy|giáo viên|hiệu trưởng|hiệu phó|ban giám hiệu|trường|bảo mẫu|bảo vệ|nhân viên|cán bộ|"
    r"lãnh đạo|teachers?|principals?|headteachers?|school"
)
_DEEDS = (
    r"ép|bắt|phạt|mắng|chửi|xúc phạm|sỉ nhục|đuổi|doạ|thiên vị|giấu|che giấu|nhận quà|bỏ mặc|"
    r"bỏ bê|nhốt|véo|tát|đánh|kỉ luật|say xỉn|bị tố|gạ|sàm sỡ|forced?|forces|punish(?:ed|es)?|"
    r"insult(?:ed|s)?|hides?|cheat(?:ed|s)?|beats?|hits?"
)
_CONDUCT = compile_pattern(
    rf"(?:{_STAFF})(?: \S+){{0,4}} (?:{_DEEDS})|"
    r"dạy thêm|học thêm|ép học|trù dập|bao che|gian lận|lộ đề|mua điểm|nâng điểm|sửa điểm|sai phạm|"
    r"tố cáo|bếp ăn|suất ăn|bữa ăn bán trú|thực phẩm bẩn|ôi thiu|có giòi|extra classes|corruption"
)
_GRAVE = frozenset({GraveSubject.ILLNESS, GraveSubject.VIOLENCE})


def is_delicate(text: str) -> bool:
    """Whether a text (its first 5,000 characters) speaks of illness, violence, money or conduct;
    rather once too often than once too rarely."""
    text = clean(text[:MAX_CHARACTERS])
    danger = find_danger(text)
    if danger.harm or danger.scam:
        return True
    key = marked_key(text)
    if is_unaccented(text):  # "noi", "danh", "lao" are too much without their accents
        marked = MarkedText(fold(key), True)
        return danger.unsure or _speaks_of(marked)
    marked = MarkedText(_HARMLESS.accented.sub(GAP.strip(), key), False)
    return _speaks_of(marked) or bool(grave_subjects(marked.text) & _GRAVE)


def _speaks_of(marked: MarkedText) -> bool:
    return any(pattern.find(marked) for pattern in (_MONEY, _CONDUCT))
