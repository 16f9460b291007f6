"""Bounds of numbers and days: ``hơn 100``, ``ít nhất 50``, ``trước 5/6``, ``từ 5/6``.

A value is a canonical word and the number or day as written, without a year.
"""

import re

from matching.text.letters import fold
from matching.text.patterns import MarkedText, compile_lexicon, compile_pattern

_SCALE = r"[0-9]+(?:\.[0-9]+)?%?"
_BEFORE_NUMBER: tuple[tuple[str, str, bool], ...] = (
    (r"(?:nhiều )?hơn|trên|vượt(?: quá)?|(?<!không )quá", "hơn", True),
    (r"gần|ngót|xấp xỉ|suýt soát", "gần", True),
    (r"khoảng|chừng|ước tính|ước chừng", "khoảng", True),
    (r"tầm|cỡ|độ", "khoảng", False),
    (r"dưới|(?:chưa|không) (?:đến|tới|đầy)|ít hơn|thấp hơn|kém", "dưới", True),
    (r"ít nhất|tối thiểu|không (?:dưới|ít hơn)|thấp nhất", "ít nhất", True),
    (r"nhiều nhất|tối đa|không (?:quá|hơn)|cao nhất|lên (?:đến|tới)", "nhiều nhất", True),
)
_NUMBER_BOUND = compile_lexicon(
    (
        rf"(?:{words})(?: (?:là|có))? {_SCALE}(?= |$)(?! (?:tuổi|đến|tới))",
        value,
        unambiguous,
    )
    for words, value, unambiguous in _BEFORE_NUMBER
)
_AT_LEAST = compile_pattern(
    rf"(?P<n>{_SCALE})(?: [^\W\d]+){{0,2}} trở (?P<way>lên|xuống)(?! (?:lớp|trường))"
)
_LAST_NUMBER = re.compile(rf"({_SCALE})$")
_DAY_WORDS = (
    (re.compile(r"(?:^| )(?:trước|truoc) (?:ngày |ngay )?$"), "trước"),
    (re.compile(r"(?:^| )sau (?:khi )?(?:ngày |ngay )?$"), "sau"),
    (re.compile(r"(?:^| )(?:(?:kể|bắt đầu) )?(?:từ|tu) (?:hết )?(?:ngày |ngay )?$"), "từ"),
    (
        re.compile(
            r"(?:^| )(?:đến|den|tới|muộn nhất|chậm nhất|hạn chót|hạn cuối|hạn)"
            r"(?: (?:là|vào))?(?: hết| het)? (?:ngày |ngay )?$"
        ),
        "đến",
    ),
)
_TO_NEXT = re.compile(r" (?:cho )?(?:đến|tới|den|toi) ")
_TO_HERE = re.compile(r"(?:[0-9]|¦) (?:đến|tới|den|toi)(?: hết| het)?(?: ngày| ngay)? $")
_WINDOW = 24  # characters before a day that are read
_RANGE_GAP = 16  # at most between the two days of a range


def find_number_bounds(marked: MarkedText) -> set[str]:
    """Return the bounds of numbers: ``hơn 100``, ``ít nhất 50``."""
    values: set[str] = set()
    for match, word in _NUMBER_BOUND.find(marked):
        number = _LAST_NUMBER.search(match.group())
        if number:
            values.add(f"{word} {number[1]}")
    for match in _AT_LEAST.find(marked):
        word = "ít nhất" if fold(match["way"]) == "len" else "nhiều nhất"
        values.add(f"{word} {match['n']}")
    return values


def find_day_bounds(dates: list[re.Match[str]], text: str) -> set[str]:
    """Return the bounds of days; a range (``từ 3/2 đến 7/2``) has none.

    ``dates``: matches of ``date_expressions`` in the text, in order.
    """
    values: set[str] = set()
    last_end = -_WINDOW
    for match in dates:
        before = text[max(0, last_end, match.start() - _WINDOW) : match.start()]
        closes_range = 0 <= match.start() - last_end <= _RANGE_GAP
        last_end = match.end()
        word = next((word for pattern, word in _DAY_WORDS if pattern.search(before)), "")
        opens_range = word == "từ" and _TO_NEXT.match(text, match.end())
        if not word or opens_range:
            continue
        earlier = text[max(0, match.start() - _WINDOW) : match.start()]
        if word == "đến" and (closes_range or _TO_HERE.search(earlier)):
            continue
        values.add(f"{word} {_day(match)}")
    return values


def _day(match: re.Match[str]) -> str:
    if match["d"]:
        return f"{int(match['d'])}/{int(match['m'])}"
    return f"tháng {int(match['mm'])}" if match["mm"] else match.group()


def bounded_number(value: str) -> str:
    """Return the number or day of a bound."""
    words = value.split(" ")
    return " ".join(words[2 if words[1] in ("nhất", "nhat") else 1 :])
