"""Durations, and how often something is due: ``14 ngày``, ``10–15 ngày``, ``mỗi tháng``."""

import re

from matching.text.patterns import MarkedText, compile_pattern

_FEE_UNIT = r"(?P<unit>ngày|tuần|tháng|năm học|năm|học kì|kì|buổi|tiết|môn|bữa|suất)"
_FEE_PERIOD = compile_pattern(rf"(?:mỗi|hàng|hằng|1) {_FEE_UNIT}")
_FREQUENCY = compile_pattern(r"(?:mỗi|hàng|hằng) (?P<unit>ngày|tuần|tháng|năm học|năm|học kì|kì)")
_DURATION = compile_pattern(
    r"(?P<a>[0-9]{1,4})(?: (?:đến|tới|hoặc) (?P<b>[0-9]{1,4}))? "
    r"(?P<unit>ngày|tuần|tháng|năm|buổi|tiết|học kì|phút|giây|giờ)"
    r"|nửa (?P<half>tháng|năm)"
)
_UNITS = {
    "ngay": "ngày", "tuan": "tuần", "thang": "tháng", "nam": "năm", "buoi": "buổi", "tiet": "tiết",
    "hoc ki": "học kì", "ki": "học kì", "kì": "học kì", "phut": "phút", "giay": "giây",
    "gio": "giờ", "mon": "môn", "nam hoc": "năm", "năm học": "năm",
}  # fmt: skip
_HALVES = {"tháng": "15 ngày", "thang": "15 ngày", "năm": "6 tháng", "nam": "6 tháng"}
_DAYS = {"ngày": 1, "tuần": 7}
_MONTHS = {"tháng": 1, "năm": 12}
_LENGTH = re.compile(r"([0-9]+) (\S+)")


def extract_durations(marked: MarkedText) -> tuple[set[str], MarkedText]:
    """Return durations, and the text without them."""
    matches, marked = _DURATION.extract(marked)
    values: set[str] = set()
    for match in matches:
        if match["half"]:
            values.add(_HALVES[match["half"]])
            continue
        unit = _UNITS.get(match["unit"], match["unit"])
        values.add(f"{match['a']}–{match['b']} {unit}" if match["b"] else f"{match['a']} {unit}")
    return values, marked


def extract_frequencies(marked: MarkedText, of_sum: bool = False) -> tuple[set[str], MarkedText]:
    """Return how often something happens or, ``of_sum``, is due; and the text without that."""
    matches, marked = (_FEE_PERIOD if of_sum else _FREQUENCY).extract(marked)
    return {f"mỗi {_UNITS.get(match['unit'], match['unit'])}" for match in matches}, marked


def same_duration(left: str, right: str) -> bool:
    """Whether two durations are equal: two weeks are 14 days, a year is 12 months."""
    if left == right:
        return True
    one, other = _LENGTH.fullmatch(left), _LENGTH.fullmatch(right)
    if not one or not other:
        return False
    for scale in (_DAYS, _MONTHS):
        if one[2] in scale and other[2] in scale:
            return int(one[1]) * scale[one[2]] == int(other[1]) * scale[other[2]]
    return False
