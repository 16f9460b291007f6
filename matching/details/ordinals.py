"""Ordinals: ``liều thứ 2``, ``lần 3``, ``vòng 1``. "Thứ 2" after such a word is no Monday."""

from matching.text.letters import fold
from matching.text.patterns import MarkedText, compile_pattern

_ORDINAL = compile_pattern(
    r"(?P<head>liều|mũi|lần|đợt|vòng|học kì|kì|hạng|giải|đứng|xếp|ca|vụ|trường hợp|con|tập|tầng|"
    r"câu|"
    r"bài|trang|phần|lượt|người|nạn nhân|bệnh nhân|năm|tuần|tháng|đề|tiết|trận|vị trí|nguyện vọng|"
    r"giai đoạn|cơ sở|lứa|điều|thế hệ|khoá|mục) thứ (?P<n>[0-9]{1,3}|nhất|nhì)"
    r"|ngày thứ (?P<day>[0-9]{1,3})(?= (?:liên tiếp|liên tục|kể từ|sau khi|sau))"
    r"|(?P<bare>liều|mũi|lần|đợt|vòng|hạng|nguyện vọng|giai đoạn|tiết|câu|tầng|điều) "
    r"(?P<k>[0-9]{1,3}|nhất|nhì)(?! (?:ngày|tuần|tháng|năm|giờ|phút|lần|%|đồng|em|người|học sinh))"
)
_WORDS = {"nhất": "1", "nhì": "2", "nhat": "1", "nhi": "2"}


def extract_ordinals(marked: MarkedText) -> tuple[set[str], MarkedText]:
    """Return ordinals as head and number (``liều 2``), and the text without them."""
    matches, marked = _ORDINAL.extract(marked)
    values: set[str] = set()
    for match in matches:
        number = match["n"] or match["k"] or match["day"]
        head = match["head"] or match["bare"] or "ngày thứ"
        values.add(f"{head} {_WORDS.get(number, number)}")
    return values, marked


def same_ordinal(left: str, right: str) -> bool:
    """Whether two ordinals are equal but for diacritics: dose 2 and injection 2 are one."""
    one, other = fold(left), fold(right)
    return one.replace("mui", "lieu") == other.replace("mui", "lieu")
